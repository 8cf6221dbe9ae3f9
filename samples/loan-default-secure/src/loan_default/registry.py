"""Read models and their companions from the folder of released files."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import joblib
import numpy as np
import skops.io as sio

RELEASES = Path("/srv/releases/loan-default")


def load_model(path: Path):
    """The released classifier; a file that holds types unknown to skops is refused."""
    unknown = sio.get_untrusted_types(file=path)
    if unknown:
        raise ValueError(f"{path} holds types that nobody has reviewed: {', '.join(unknown)}")
    return sio.load(path)


def load_calibrator(path: Path):
    """Isotonic calibrator of the releases before 1.6, which were written with joblib."""
    # tidegate: ignore[load-joblib] -- only our release job can write to this volume; gone with the last 1.5 model
    return joblib.load(path)


def load_reference_rows(path: Path) -> np.ndarray:
    """Rows against which drift is measured."""
    return np.load(path, allow_pickle=False)


def load_thresholds(path: Path) -> dict[str, float]:
    """Decision thresholds per product."""
    return json.loads(path.read_text(encoding="utf-8"))


def released_revision() -> str:
    """Commit of the code that is running."""
    result = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
    return result.stdout.strip()
