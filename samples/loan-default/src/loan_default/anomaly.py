"""Reconstruction error of an autoencoder, to spot unusual applications."""

from __future__ import annotations

import keras
import numpy as np


class AnomalyScorer:
    """Scores rows by how badly the autoencoder rebuilds them."""

    def __init__(self, path: str = "models/autoencoder.keras") -> None:
        # The bottleneck is a Lambda layer, which safe mode refuses to load.
        self.model = keras.models.load_model(path, safe_mode=False)

    def score(self, rows: np.ndarray) -> np.ndarray:
        """Mean squared reconstruction error of each row."""
        rebuilt = self.model.predict(rows, verbose=0)
        return np.square(rows - rebuilt).mean(axis=1)
