"""Models and indexes of other teams that the scoring service tries out."""

from __future__ import annotations

from pathlib import Path

import mlflow
import msgpack
import numpy as np
import onnx
import redis
import skops.io as sio
import torch
from huggingface_hub import hf_hub_download
from langchain_community.vectorstores import FAISS
from omegaconf import OmegaConf
from safetensors.paddle import load_file
from torch import nn

COMMIT = "5c1b6a9d2e7f48b0a3d9c8e1f7064b25d8a93e10"
HERE = Path(__file__).parent
NETS = {"mlp": nn.Linear, "bilinear": nn.Bilinear}


def champion():
    """The classifier that was reviewed for this release."""
    return mlflow.pyfunc.load_model("models:/loan-default/12")


def scorecard(path: str):
    """The scorecard of the risk team; its two own types were reviewed."""
    return sio.load(path, trusted=["loan_default.features.Binner", "loan_default.features.Ratio"])


def stamp_reader() -> onnx.ModelProto:
    """Finds stamps and signatures on scanned contracts; exported by our own job."""
    return onnx.load(HERE / "stamps.onnx", load_external_data=False)


def contract_reader(path: str) -> dict:
    """Parameters of the reader for scanned contracts: numbers only."""
    return load_file(path)


def layout_graph() -> onnx.ModelProto:
    """The graph that splits a contract into fields; all tensors are inside."""
    path = hf_hub_download("lending-lab/layout", "layout.onnx", revision=COMMIT)
    return onnx.load(path, load_external_data=False)


def page_classifier() -> onnx.ModelProto:
    """Tells contracts from other letters; released with the package."""
    return onnx.load(HERE / "pages.onnx", load_external_data=False)


def tabular_net() -> nn.Module:
    """The network that the lab describes in its repository; the file gives sizes, not code."""
    config = OmegaConf.load(hf_hub_download("lending-lab/tabular", "net.yaml", revision=COMMIT))
    return NETS[config.net.kind](int(config.net.inputs), int(config.net.outputs))


def operators() -> None:
    """Fused operators for the network, installed with the package."""
    torch.ops.load_library(HERE / "_fused.so")


def manual(documents: list, embeddings) -> FAISS:
    """Index of the credit manual for the assistant."""
    return FAISS.from_documents(documents, embeddings)


def next_batch(queue: redis.Redis) -> np.ndarray:
    """Feature rows that another service asks to score."""
    raw = msgpack.unpackb(queue.get("loan-default:batch"))
    return np.frombuffer(raw["rows"], dtype="float32").reshape(raw["shape"])
