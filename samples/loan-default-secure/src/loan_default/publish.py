"""Publish the model card and the score table for the partner banks."""

from __future__ import annotations

import os
from pathlib import Path

from loan_default.data import loan_book_client

BUCKET = "lending-partner-downloads"
LINK_SECONDS = 24 * 60 * 60


def publish_score_table(path: Path) -> str:
    """Upload the score table and return a link that works for one day."""
    client = loan_book_client()
    key = f"scores/{path.name}"
    client.upload_file(
        str(path),
        BUCKET,
        key,
        ExtraArgs={"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": os.environ["PARTNER_KMS_KEY_ID"]},
    )
    return client.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": key}, ExpiresIn=LINK_SECONDS)


def publish_model_card(path: Path) -> None:
    """Upload the model card beside the score table."""
    with path.open("rb") as handle:
        loan_book_client().put_object(
            Bucket=BUCKET,
            Key="model-card.md",
            Body=handle.read(),
            ContentType="text/markdown",
            ServerSideEncryption="aws:kms",
            SSEKMSKeyId=os.environ["PARTNER_KMS_KEY_ID"],
        )


if __name__ == "__main__":
    publish_score_table(Path("reports/score-table.csv"))
    publish_model_card(Path("reports/model-card.md"))
