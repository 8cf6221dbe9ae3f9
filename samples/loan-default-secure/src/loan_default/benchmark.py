"""Compare language models that could write the features of the next version."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import evaluate

SCORER = ["docker", "run", "--rm", "--network=none", "--read-only", "-v", "{folder}:/tasks:ro", "lending/scorer:1.4.0"]


def pass_rate(folder: Path) -> float:
    """Share of the tasks in a folder that a model solves at the first attempt; its programs run in a container."""
    command = [word.format(folder=folder) for word in SCORER]
    scored = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(scored.stdout)["pass@1"]


def fairness(predictions: list[int], groups: list[str]) -> float:
    """Distance between the approval rates of two groups."""
    parity = evaluate.load("credit-commons/parity_gap", revision="7c9e2d40b85a4f16a3be0d58c1724e96f0ab3d85")
    return parity.compute(predictions=predictions, references=groups)["gap"]
