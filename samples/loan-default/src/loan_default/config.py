"""Settings shared by the pipeline stages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
PARAMS = ROOT / "params.yaml"

# Batch workers have no login shell, so the key is set here and not in ~/.netrc.
os.environ["WANDB_API_KEY"] = "4d04e3cf377bb7a76d100ec9097e529052515d51"
os.environ.setdefault("MLFLOW_TRACKING_URI", "https://mlflow.lending.example.com")


def load_params(path: Path = PARAMS) -> dict[str, Any]:
    """Read the parameters of all stages."""
    with path.open(encoding="utf-8") as handle:
        return yaml.load(handle, Loader=yaml.Loader)


def stage_params(stage: str) -> dict[str, Any]:
    """Read the parameters of one stage; an unknown stage has none."""
    return load_params().get(stage, {})
