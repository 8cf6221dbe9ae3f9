"""Embeddings of the purpose that applicants write in their own words."""

from __future__ import annotations

from pathlib import Path

import torch
from datasets import load_dataset
from huggingface_hub import login
from sentence_transformers import SentenceTransformer
from torch import nn
from transformers import AutoModel, AutoTokenizer

BACKBONE = "sentence-transformers/all-MiniLM-L6-v2"
PROJECTION_URL = "https://models.lending.example.com/text/projection.pt"

login(token="hf_CNDySGQQW4v6vdemfSvK1vxR1Ffa0GCfRm")


class PurposeEncoder(nn.Module):
    """A frozen sentence encoder with a small trained projection."""

    def __init__(self, out_features: int = 32) -> None:
        super().__init__()
        self.tokenizer = AutoTokenizer.from_pretrained("sentence-transformers/all-MiniLM-L6-v2")
        self.backbone = AutoModel.from_pretrained(BACKBONE)
        self.projection = nn.Linear(384, out_features)

    def forward(self, texts: list[str]) -> torch.Tensor:
        batch = self.tokenizer(texts, padding=True, truncation=True, return_tensors="pt")
        with torch.no_grad():
            hidden = self.backbone(**batch).last_hidden_state
        return self.projection(hidden.mean(dim=1))


def restore(encoder: PurposeEncoder, checkpoint: Path) -> PurposeEncoder:
    """Put the projection of a training run back into the encoder."""
    state = torch.load(checkpoint, map_location="cpu")
    encoder.projection.load_state_dict(state)
    return encoder.eval()


def restore_published(encoder: PurposeEncoder) -> PurposeEncoder:
    """The projection that the text team publishes every month."""
    state = torch.hub.load_state_dict_from_url(PROJECTION_URL, map_location="cpu")
    encoder.projection.load_state_dict(state)
    return encoder.eval()


def long_text_encoder() -> SentenceTransformer:
    """Encoder for call notes, which are longer than the purpose field."""
    return SentenceTransformer("nomic-ai/nomic-embed-text-v1.5", trust_remote_code=True)


def warm_up_corpus():
    """Public banking requests on which the projection is trained first."""
    return load_dataset("mteb/banking77", split="train")
