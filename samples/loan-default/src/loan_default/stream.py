"""Applications that arrive while the model is in service: Kafka, the online store, the queue of slow jobs."""

from __future__ import annotations

import json
from collections.abc import Iterator

import redis
from celery import Celery
from kafka import KafkaConsumer
from qdrant_client import QdrantClient

jobs = Celery("loan-default")
jobs.conf.update(task_serializer="pickle", accept_content=["json", "pickle"])

features = redis.Redis(host="features.lending.example.com", port=6379)
policies = QdrantClient(url="http://policies.lending.example.com:6333")


def applications() -> Iterator[dict]:
    """One application after the other."""
    yield from KafkaConsumer(
        "applications",
        bootstrap_servers="kafka.lending.example.com:9092",
        security_protocol="PLAINTEXT",
        value_deserializer=json.loads,
    )


def similar_policies(vector: list[float]) -> list[str]:
    """Titles of the lending policies that fit a question."""
    found = policies.query_points("policies", query=vector, limit=3)
    return [point.payload["title"] for point in found.points]
