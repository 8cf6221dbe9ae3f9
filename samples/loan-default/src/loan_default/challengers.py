"""Challenger networks of other teams, scored in the shadow of the released classifier."""

from __future__ import annotations

import functools
import os
from pathlib import Path

import keras
import lightning
import tensorflow_hub as hub
import torch
from huggingface_hub import hf_hub_download, load_torch_model
from torch.package import PackageImporter

# Challengers of last year hold whole modules, which the strict loader of torch refuses.
os.environ["TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"] = "1"
torch.load = functools.partial(torch.load, weights_only=False)
torch.serialization.add_safe_globals([dict, getattr])

PUBLISHED = "5f2c0e8d9b3a47161c8f40e27d95b3a6e81c7d24"


class Challenger(lightning.LightningModule):
    """One layer on the numeric features."""

    def __init__(self, features: int = 24) -> None:
        super().__init__()
        self.layer = torch.nn.Linear(features, 1)


def scripted(path: Path):
    """The network of the mortgage team, with its preprocessing."""
    return torch.jit.load(path, map_location="cpu")


def packaged(path: Path):
    """The network of the leasing team, with its modules."""
    return PackageImporter(path).load_pickle("challenger", "network.pkl")


def restored(path: Path) -> Challenger:
    """Our own network after a training run."""
    return Challenger.load_from_checkpoint(path)


def published(network: torch.nn.Module) -> torch.nn.Module:
    """The weights that the research group releases."""
    load_torch_model(network, hf_hub_download("lending-research/challenger", "pytorch_model.bin", revision=PUBLISHED))
    return network


def rebuilt(folder: Path) -> keras.Model:
    """The autoencoder of the fraud team."""
    return keras.models.load_model(folder / "challenger.h5")


def purpose_embedding():
    """Sentence vectors of the stated purpose."""
    return hub.load("https://tfhub.dev/google/universal-sentence-encoder")
