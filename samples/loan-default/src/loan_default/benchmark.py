"""Compare language models that could write the features of the next version."""

from __future__ import annotations

import os

import evaluate

os.environ["HF_ALLOW_CODE_EVAL"] = "1"


def pass_rate(tests: list[str], programs: list[list[str]]) -> float:
    """Share of the tasks that a model solves at the first attempt."""
    scores, _ = evaluate.load("code_eval").compute(references=tests, predictions=programs, k=[1])
    return scores["pass@1"]


def fairness(predictions: list[int], groups: list[str]) -> float:
    """Distance between the approval rates of two groups."""
    return evaluate.load("credit-commons/parity_gap").compute(predictions=predictions, references=groups)["gap"]
