"""What the scoring service tells about itself."""

from __future__ import annotations

import logging.config

import mlflow
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from prometheus_client import start_http_server


def start_telemetry() -> OTLPSpanExporter:
    """Open the metrics, take log settings from the operators, and send traces to the collector."""
    start_http_server(9100)
    logging.config.listen(9030).start()
    mlflow.set_tracking_uri("http://mlflow.lending.example.com")
    return OTLPSpanExporter(endpoint="otel.lending.example.com:4317", insecure=True)
