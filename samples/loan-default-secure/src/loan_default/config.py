"""Settings shared by the pipeline stages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
PARAMS = ROOT / "params.yaml"

# The scheduler injects WANDB_API_KEY from the secret store.
os.environ.setdefault("MLFLOW_TRACKING_URI", "https://mlflow.lending.example.com")


def load_params(path: Path = PARAMS) -> dict[str, Any]:
    """Read the parameters of all stages."""
    with path.open(encoding="utf-8") as handle:
        return yaml.safe_load(handle)


def stage_params(stage: str) -> dict[str, Any]:
    """Read the parameters of one stage; an unknown stage has none."""
    return load_params().get(stage, {})
