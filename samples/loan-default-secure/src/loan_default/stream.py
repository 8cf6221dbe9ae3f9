"""Applications that arrive while the model is in service: Kafka, the online store, the queue of slow jobs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import redis
from celery import Celery
from kafka import KafkaConsumer
from qdrant_client import QdrantClient

jobs = Celery("loan-default")
jobs.conf.update(task_serializer="json", accept_content=["json"])

features = redis.Redis(host="features.lending.example.com", port=6380, ssl=True, ssl_ca_certs="/etc/lending/ca.pem")
policies = QdrantClient(url="https://policies.lending.example.com:6333", api_key=os.environ["POLICIES_KEY"])


def applications() -> Iterator[dict]:
    """One application after the other."""
    yield from KafkaConsumer(
        "applications",
        bootstrap_servers="kafka.lending.example.com:9093",
        security_protocol="SSL",
        ssl_cafile="/etc/lending/ca.pem",
        value_deserializer=json.loads,
    )


def similar_policies(vector: list[float]) -> list[str]:
    """Titles of the lending policies that fit a question."""
    found = policies.query_points("policies", query=vector, limit=3)
    return [point.payload["title"] for point in found.points]
