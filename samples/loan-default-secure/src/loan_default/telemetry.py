"""What the scoring service tells about itself."""

from __future__ import annotations

import logging.config

import mlflow
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from prometheus_client import start_http_server


def start_telemetry() -> OTLPSpanExporter:
    """Open the metrics to the agent on this host, read the log settings, and send traces to the collector."""
    start_http_server(9100, addr="127.0.0.1")
    logging.config.fileConfig("logging.ini")
    mlflow.set_tracking_uri("https://mlflow.lending.example.com")
    return OTLPSpanExporter(endpoint="otel.lending.example.com:4317")
