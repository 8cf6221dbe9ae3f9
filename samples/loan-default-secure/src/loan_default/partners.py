"""What the partner banks and the lab exchange with the lending team."""

from __future__ import annotations

from pathlib import Path

import boto3
import keras
import pandas as pd
from datasets import Dataset

from loan_default.integrity import sha256_of

STATEMENTS = "https://exchange.lending-partners.example/statements.tar.gz"
STATEMENTS_SHA256 = "9f2c4e0b7a61d83559c1e7f04ab2d6983e5f70c1b8d4a29673fe105c8d2ba7e4"
ACCOUNT = "123456789012"


def statements() -> str:
    """Scanned account statements of the pilot; another archive is refused."""
    return keras.utils.get_file("statements.tar.gz", STATEMENTS, extract=True, file_hash=STATEMENTS_SHA256)


def challenger(path: str) -> keras.Model:
    """The model that a partner bank proposes, on a release that keeps its safe mode."""
    return keras.saving.load_model(path)


def layout_parser():
    """The parser for statements, installed from the lock file like everything else."""
    from statement_layout import Parser

    return Parser()


def share_letters(letters: pd.DataFrame) -> None:
    """Give the lab the redacted letters for the next version of the text model."""
    Dataset.from_pandas(letters[["text", "label"]]).push_to_hub("lending-lab/complaint-letters", private=True)


def release() -> None:
    """Hand the trained network to the partner banks, with its digest for the signed release note."""
    model = "models/loan-default.keras"
    options = {"Metadata": {"sha256": sha256_of(Path(model))}, "ExpectedBucketOwner": ACCOUNT}
    boto3.client("s3").upload_file(model, "lending-models", "loan-default.keras", ExtraArgs=options)
