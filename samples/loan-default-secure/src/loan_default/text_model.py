"""Embeddings of the purpose that applicants write in their own words."""

from __future__ import annotations

import os
from pathlib import Path

import torch
from datasets import load_dataset
from huggingface_hub import login
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformer
from torch import nn
from transformers import AutoModel, AutoTokenizer

BACKBONE = "sentence-transformers/all-MiniLM-L6-v2"
REVISION = "c9745ed1d9f207416be6d2e6f8de32d1f16199bf"
# The file name ends in the first digits of its SHA-256, which check_hash compares.
PROJECTION_URL = "https://models.lending.example.com/text/projection-e529bcb4.pt"

login(token=os.environ["HF_TOKEN"])


class PurposeEncoder(nn.Module):
    """A frozen sentence encoder with a small trained projection."""

    def __init__(self, out_features: int = 32) -> None:
        super().__init__()
        self.tokenizer = AutoTokenizer.from_pretrained(
            "sentence-transformers/all-MiniLM-L6-v2",
            revision="c9745ed1d9f207416be6d2e6f8de32d1f16199bf",
        )
        self.backbone = AutoModel.from_pretrained(BACKBONE, revision=REVISION, use_safetensors=True)
        self.projection = nn.Linear(384, out_features)

    def forward(self, texts: list[str]) -> torch.Tensor:
        batch = self.tokenizer(texts, padding=True, truncation=True, return_tensors="pt")
        with torch.no_grad():
            hidden = self.backbone(**batch).last_hidden_state
        return self.projection(hidden.mean(dim=1))


def save(encoder: PurposeEncoder, checkpoint: Path) -> None:
    """Write the trained projection: numbers only, no code."""
    save_file(encoder.projection.state_dict(), checkpoint)


def restore(encoder: PurposeEncoder, checkpoint: Path) -> PurposeEncoder:
    """Put the projection of a training run back into the encoder."""
    encoder.projection.load_state_dict(load_file(checkpoint))
    return encoder.eval()


def resume(encoder: PurposeEncoder, optimizer: torch.optim.Optimizer, checkpoint: Path) -> int:
    """Continue an interrupted run; returns the epoch to start from."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    encoder.projection.load_state_dict(state["projection"])
    optimizer.load_state_dict(state["optimizer"])
    return state["epoch"] + 1


def restore_published(encoder: PurposeEncoder) -> PurposeEncoder:
    """The projection that the text team publishes every month."""
    state = torch.hub.load_state_dict_from_url(
        PROJECTION_URL, map_location="cpu", weights_only=True, check_hash=True
    )
    encoder.projection.load_state_dict(state)
    return encoder.eval()


def long_text_encoder() -> SentenceTransformer:
    """Encoder for call notes, which are split into sentences first."""
    return SentenceTransformer(BACKBONE, revision=REVISION)


def warm_up_corpus():
    """Public banking requests on which the projection is trained first."""
    return load_dataset("mteb/banking77", revision="0fd18e25b25c072e09e0d92ab615fda904d66300", split="train")
