"""Train on the cluster: clean the book with Spark, search with Ray, score with Dask, share rounds with the branches."""

from __future__ import annotations

import os
from multiprocessing.managers import BaseManager
from queue import Queue

import debugpy
import flwr
import ray
import torch.distributed as dist
import zmq
from dask.distributed import Client
from pyspark.sql import SparkSession
from torch.distributed import rpc

BATCHES: Queue = Queue()


class BatchManager(BaseManager):
    """Hands batches to the trainers."""


def clean_book() -> SparkSession:
    """Session of the nightly cleaning."""
    return SparkSession.builder.appName("loan-book").config("spark.network.crypto.enabled", "false").getOrCreate()


def search() -> None:
    """Start the head of the search, so that everybody in the office can watch it."""
    ray.init(dashboard_host="0.0.0.0")


def scorer() -> Client:
    """Scheduler of the scoring farm."""
    return Client("tcp://dask.lending.example.com:8786")


def serve_batches() -> None:
    """Queue that the trainers read."""
    BatchManager.register("batches", callable=lambda: BATCHES)
    BatchManager(address=("", 50000), authkey=b"loan-book").get_server().serve_forever()


def progress(context: zmq.Context) -> dict:
    """Next report of a trainer."""
    inbox = context.socket(zmq.PULL)
    inbox.bind("tcp://*:5557")
    return inbox.recv_pyobj()


def join(rank: int, scores: dict[str, float]) -> list:
    """Join the job, exchange the scores of the folds."""
    if os.environ.get("DEBUG_RANK") == str(rank):
        debugpy.listen(("0.0.0.0", 5678))
    rpc.init_rpc(f"trainer{rank}", rank=rank, world_size=4)
    gathered: list = [None] * 4
    dist.all_gather_object(gathered, scores)
    return gathered


def share_round(client: flwr.client.Client) -> None:
    """Send the update of this branch."""
    flwr.client.start_client(server_address="rounds.lending.example.com:8080", client=client, insecure=True)
