"""Loan vintages that the collections team hands over, and the limits of their delinquency buckets."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd


def vintages(path: Path) -> pd.DataFrame:
    """One row per vintage and month on book."""
    return pd.read_parquet(path)


def transforms(path: Path) -> dict[str, float]:
    """Balances at which a delinquency bucket begins."""
    return json.loads(path.read_text(encoding="utf-8"))
