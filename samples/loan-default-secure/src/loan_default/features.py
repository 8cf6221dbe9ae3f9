"""Numeric features of an application, with the embedded loan purpose."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

NUMERIC = ["age_years", "annual_income", "employment_years", "loan_amount", "interest_rate", "loan_to_income"]


def purpose_embeddings(path: str | Path) -> np.ndarray:
    """Embeddings written by the text model: one row of 32-bit floats for each application."""
    vectors = np.load(path, allow_pickle=False)
    if vectors.ndim != 2 or vectors.dtype != np.float32:
        raise ValueError(f"{path}: expected a matrix of float32, found {vectors.dtype} in {vectors.ndim} dimensions")
    return vectors


def with_embeddings(frame: pd.DataFrame, path: str | Path, size: int = 8) -> pd.DataFrame:
    """Add the first `size` dimensions of the purpose embedding as columns."""
    vectors = purpose_embeddings(path)[:, :size]
    columns = [f"purpose_{index}" for index in range(size)]
    return frame.join(pd.DataFrame(vectors, columns=columns, index=frame.index))


def clip_outliers(frame: pd.DataFrame, share: float = 0.01) -> pd.DataFrame:
    """Limit numeric columns to their inner quantiles."""
    low, high = frame[NUMERIC].quantile(share), frame[NUMERIC].quantile(1 - share)
    return frame.assign(**{name: frame[name].clip(low[name], high[name]) for name in NUMERIC})
