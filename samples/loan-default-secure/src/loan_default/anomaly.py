"""Reconstruction error of an autoencoder, to spot unusual applications."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np

from loan_default.integrity import verified

MODEL = Path("models/autoencoder.keras")
MODEL_SHA256 = "9edd07588778686d06eaef007154184b7c5cd0438963818521243cda475f4d7f"


class AnomalyScorer:
    """Scores rows by how badly the autoencoder rebuilds them."""

    def __init__(self, path: Path = MODEL) -> None:
        # The bottleneck is a Dense layer since release 1.7, so safe mode stays on.
        self.model = keras.models.load_model(verified(path, MODEL_SHA256))

    def score(self, rows: np.ndarray) -> np.ndarray:
        """Mean squared reconstruction error of each row."""
        rebuilt = self.model.predict(rows, verbose=0)
        return np.square(rows - rebuilt).mean(axis=1)
