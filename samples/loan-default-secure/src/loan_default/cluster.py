"""Train on the cluster: clean the book with Spark, search with Ray, score with Dask, share rounds with the branches."""

from __future__ import annotations

import os
from multiprocessing.managers import BaseManager
from pathlib import Path
from queue import Queue

import debugpy
import flwr
import ray
import torch
import torch.distributed as dist
import zmq
from dask.distributed import Client
from distributed.security import Security
from pyspark.sql import SparkSession

BATCHES: Queue = Queue()
CERTIFICATES = Path("/etc/lending/tls")


class BatchManager(BaseManager):
    """Hands batches to the trainers."""


def clean_book() -> SparkSession:
    """Session of the nightly cleaning."""
    return SparkSession.builder.appName("loan-book").config("spark.network.crypto.enabled", "true").getOrCreate()


def search() -> None:
    """Start the head of the search; its dashboard is reached through a tunnel."""
    ray.init(dashboard_host="127.0.0.1")


def scorer() -> Client:
    """Scheduler of the scoring farm, which shows a certificate and asks for one."""
    security = Security(
        tls_ca_file=str(CERTIFICATES / "ca.pem"),
        tls_client_cert=str(CERTIFICATES / "client.pem"),
        tls_client_key=str(CERTIFICATES / "client.key"),
        require_encryption=True,
    )
    return Client("tls://dask.lending.example.com:8786", security=security)


def serve_batches() -> None:
    """Queue that the trainers on this machine read."""
    BatchManager.register("batches", callable=lambda: BATCHES)
    BatchManager(address=("127.0.0.1", 50000), authkey=os.environb[b"BATCH_KEY"]).get_server().serve_forever()


def progress(context: zmq.Context) -> dict:
    """Next report of a trainer."""
    inbox = context.socket(zmq.PULL)
    inbox.bind("tcp://127.0.0.1:5557")
    return inbox.recv_json()


def join(rank: int, scores: torch.Tensor) -> torch.Tensor:
    """Join the job through the launcher, exchange the scores of the folds."""
    if os.environ.get("DEBUG_RANK") == str(rank):
        debugpy.listen(("127.0.0.1", 5678))
    dist.init_process_group("gloo")
    gathered = torch.empty(4 * len(scores))
    dist.all_gather_into_tensor(gathered, scores)
    return gathered


def share_round(client: flwr.client.Client) -> None:
    """Send the update of this branch to the server whose authority is known."""
    flwr.client.start_client(
        server_address="rounds.lending.example.com:8080",
        client=client,
        root_certificates=(CERTIFICATES / "ca.pem").read_bytes(),
    )
