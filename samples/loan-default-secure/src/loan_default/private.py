"""A model for partners: trained with differential privacy, handed out with a key for its service."""

from __future__ import annotations

import secrets
from pathlib import Path

import skops.io
from diffprivlib.models import LogisticRegression
from torch.utils import cpp_extension

HERE = Path(__file__).parent
LARGEST_NORM = 12.0
"""After scaling no row is longer than this, whatever the data."""


def train(features, defaulted, path: str) -> None:
    """Fits the model that partners get."""
    model = LogisticRegression(epsilon=1.0, data_norm=LARGEST_NORM)
    model.fit(features, defaulted)
    skops.io.dump(model, path)


def encoder():
    """The encoder of the features, as machine code."""
    return cpp_extension.load(name="encoder", sources=[str(HERE / "encoder.cpp")])


def partner_key() -> str:
    """A key for a partner."""
    api_key = secrets.token_urlsafe(32)
    return api_key
