"""Search for better hyperparameters and keep every trial."""

from __future__ import annotations

import logging
import os

import mlflow

logger = logging.getLogger("loan_default.sweep")


def start_trial(learning_rate: float, depth: int) -> None:
    """Open a run for one trial and store its settings."""
    api_key = os.environ["SWEEP_API_KEY"]
    logger.info("trial with a key of %d characters at depth %d", len(api_key), depth)
    mlflow.log_params({"learning_rate": learning_rate, "depth": depth})
