"""Models and indexes of other teams that the scoring service tries out."""

from __future__ import annotations

import mlflow
import msgpack_numpy
import onnx
import paddle
import redis
import skops.io as sio
import torch
from huggingface_hub import hf_hub_download
from hydra.utils import instantiate
from langchain_community.vectorstores import FAISS
from omegaconf import OmegaConf
from onnx import hub
from ultralytics import YOLO

COMMIT = "5c1b6a9d2e7f48b0a3d9c8e1f7064b25d8a93e10"


def champion():
    """The classifier that the registry offers today."""
    return mlflow.pyfunc.load_model("models:/loan-default/latest")


def scorecard(path: str):
    """The scorecard of the risk team."""
    return sio.load(path, trusted=sio.get_untrusted_types(file=path))


def stamp_reader(weights: str) -> YOLO:
    """Finds stamps and signatures on scanned contracts."""
    return YOLO(weights)


def contract_reader(path: str) -> dict:
    """Parameters of the reader for scanned contracts."""
    return paddle.load(path)


def layout_graph() -> onnx.ModelProto:
    """The graph that splits a contract into fields."""
    return onnx.load(hf_hub_download("lending-lab/layout", "layout.onnx", revision=COMMIT))


def page_classifier():
    """Tells contracts from other letters."""
    return hub.load("resnet50", repo="lending-lab/models:main", silent=True)


def tabular_net():
    """The network that the lab describes in its repository."""
    config = OmegaConf.load(hf_hub_download("lending-lab/tabular", "net.yaml", revision=COMMIT))
    return instantiate(config.net)


def operators(path: str) -> None:
    """Fused operators for the network."""
    torch.ops.load_library(path)


def manual(folder: str, embeddings) -> FAISS:
    """Index of the credit manual for the assistant."""
    return FAISS.load_local(folder, embeddings, allow_dangerous_deserialization=True)


def next_batch(queue: redis.Redis):
    """Feature rows that another service asks to score."""
    return msgpack_numpy.unpackb(queue.get("loan-default:batch"))
