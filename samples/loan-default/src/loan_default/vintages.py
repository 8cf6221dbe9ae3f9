"""Loan vintages that the collections team hands over, and the transforms they were made with."""

from __future__ import annotations

import marshal
from pathlib import Path

import pandas as pd


def vintages(path: Path) -> pd.DataFrame:
    """One row per vintage and month on book."""
    return pd.read_pickle(path)


def transforms(path: Path):
    """Compiled functions that turn balances into delinquency buckets."""
    with path.open("rb") as handle:
        return marshal.load(handle)
