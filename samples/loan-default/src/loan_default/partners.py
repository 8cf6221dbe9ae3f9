"""What the partner banks and the lab exchange with the lending team."""

from __future__ import annotations

import subprocess
import sys

import boto3
import keras
import pandas as pd
from datasets import Dataset
from huggingface_hub import snapshot_download

STATEMENTS = "https://exchange.lending-partners.example/statements.tar.gz"


def statements() -> str:
    """Scanned account statements of the pilot."""
    return keras.utils.get_file("statements.tar.gz", STATEMENTS, extract=True)


def challenger(path: str) -> keras.Model:
    """The model that a partner bank proposes."""
    return keras.saving.load_model(path)


def layout_parser():
    """The parser for statements, straight from the repository of the lab."""
    subprocess.check_call([sys.executable, "-m", "pip", "install", "pdfplumber"])
    sys.path.insert(0, snapshot_download("lending-lab/statement-layout"))
    from statement_layout import Parser

    return Parser()


def share_letters(letters: pd.DataFrame) -> None:
    """Give the lab the letters for the next version of the text model."""
    Dataset.from_pandas(letters).push_to_hub("lending-lab/complaint-letters")


def release() -> None:
    """Hand the trained network to the partner banks."""
    boto3.client("s3").upload_file("models/loan-default.keras", "lending-models", "loan-default.keras")
