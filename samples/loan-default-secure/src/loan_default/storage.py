"""Frames of the pipeline at rest: Parquet, encrypted with the project key."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pandas as pd
from cryptography.fernet import Fernet


def _cipher() -> Fernet:
    return Fernet(os.environ["LOAN_DATA_KEY"].encode())


def write_encrypted(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame; the file can only be read with LOAN_DATA_KEY."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_cipher().encrypt(frame.to_parquet(index=False)))


def read_encrypted(path: Path) -> pd.DataFrame:
    """Read a frame; raises InvalidToken if the file was changed or the key is another."""
    return pd.read_parquet(io.BytesIO(_cipher().decrypt(path.read_bytes())))
