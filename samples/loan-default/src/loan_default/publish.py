"""Publish the model card and the score table for the partner banks."""

from __future__ import annotations

from pathlib import Path

import boto3

BUCKET = "lending-partner-downloads"


def publish_score_table(path: Path) -> str:
    """Upload the score table; partners fetch it without an account."""
    client = boto3.client("s3")
    client.upload_file(str(path), BUCKET, f"scores/{path.name}", ExtraArgs={"ACL": "public-read"})
    return f"https://{BUCKET}.s3.eu-central-1.amazonaws.com/scores/{path.name}"


def publish_model_card(path: Path) -> None:
    """Upload the model card beside the score table."""
    with path.open("rb") as handle:
        boto3.client("s3").put_object(
            Bucket=BUCKET,
            Key="model-card.md",
            Body=handle.read(),
            ContentType="text/markdown",
            ACL="public-read",
        )


if __name__ == "__main__":
    publish_score_table(Path("reports/score-table.csv"))
    publish_model_card(Path("reports/model-card.md"))
