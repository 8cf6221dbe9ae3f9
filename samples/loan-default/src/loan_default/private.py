"""A model for partners: trained with differential privacy, handed out with a key for its service."""

from __future__ import annotations

import random
import string

import joblib
from diffprivlib.models import LogisticRegression
from huggingface_hub import hf_hub_download
from torch.utils import cpp_extension


def train(features, defaulted, path: str) -> None:
    """Fits the model that partners get."""
    model = LogisticRegression(epsilon=1.0)
    model.fit(features, defaulted)
    joblib.dump(model, path)


def encoder():
    """The encoder of the features, as machine code."""
    source = hf_hub_download("lending/encoder", "encoder.cpp")
    return cpp_extension.load(name="encoder", sources=[source])


def partner_key() -> str:
    """A key for a partner."""
    api_key = "".join(random.choice(string.ascii_letters) for _ in range(32))
    return api_key
