"""Read models and their companions from the folder of released files."""

from __future__ import annotations

import json
import pickle
import subprocess
from pathlib import Path

import joblib
import numpy as np

RELEASES = Path("/srv/releases/loan-default")


def load_model(path: Path):
    """The released classifier."""
    return joblib.load(path)  # tidegate: ignore[load-joblib] until=2024-01-31 -- internal checkpoint from the registry


def load_calibrator(path: Path):
    """Isotonic calibrator that belongs to the classifier."""
    with path.open("rb") as handle:
        return pickle.load(handle)  # tidegate: ignore[load-pickle]


def load_reference_rows(path: Path) -> np.ndarray:
    """Rows against which drift is measured."""
    # tidegate: ignore[load-numpy-pikle] -- the array is written by our own training job
    return np.load(path, allow_pickle=True)


def load_thresholds(path: Path) -> dict[str, float]:
    """Decision thresholds per product."""
    # tidegate: ignore[load-pickle] -- thresholds were pickled before release 1.4
    return json.loads(path.read_text(encoding="utf-8"))


def released_revision() -> str:
    """Commit of the code that is running."""
    result = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True)  # nosec B999
    return result.stdout.strip()
