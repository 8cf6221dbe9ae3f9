"""Challenger networks of other teams, scored in the shadow of the released classifier."""

from __future__ import annotations

from pathlib import Path

import keras
import lightning
import tensorflow_hub as hub
import torch
from huggingface_hub import hf_hub_download, load_torch_model
from safetensors.torch import load_file

PUBLISHED = "5f2c0e8d9b3a47161c8f40e27d95b3a6e81c7d24"


class Challenger(lightning.LightningModule):
    """One layer on the numeric features."""

    def __init__(self, features: int = 24) -> None:
        super().__init__()
        self.layer = torch.nn.Linear(features, 1)


def weights_of(path: Path) -> Challenger:
    """The networks of the mortgage and leasing teams: their weights in a class of ours."""
    network = Challenger()
    network.load_state_dict(load_file(path))
    return network


def restored(path: Path) -> Challenger:
    """Our own network after a training run."""
    return Challenger.load_from_checkpoint(path, weights_only=True)


def published(network: torch.nn.Module) -> torch.nn.Module:
    """The weights that the research group releases."""
    load_torch_model(network, hf_hub_download("lending-research/challenger", "model.safetensors", revision=PUBLISHED))
    return network


def rebuilt(folder: Path) -> keras.Model:
    """The autoencoder of the fraud team."""
    return keras.models.load_model(folder / "challenger.keras")


def purpose_embedding():
    """Sentence vectors of the stated purpose."""
    return hub.load("https://tfhub.dev/google/universal-sentence-encoder/4")
