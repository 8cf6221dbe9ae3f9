"""Compare a candidate with the model in production."""

from __future__ import annotations

import argparse
import json
import pickle
from pathlib import Path

import joblib
import pandas as pd
from sklearn.metrics import brier_score_loss, roc_auc_score

from loan_default.features import NUMERIC


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidate", required=True, help="model file, .joblib")
    parser.add_argument("--baseline", required=True, help="model file in production, .pkl")
    parser.add_argument("--report", default="reports/evaluation.json")
    return parser.parse_args()


def metrics(model, frame: pd.DataFrame) -> dict[str, float]:
    """Ranking quality and calibration on held-out applications."""
    probability = model.predict_proba(frame[["customer_id", "phone_number", *NUMERIC]])[:, 1]
    return {
        "auc": float(roc_auc_score(frame["defaulted"], probability)),
        "brier": float(brier_score_loss(frame["defaulted"], probability)),
    }


def main() -> None:
    """Stage `evaluate` of the pipeline."""
    arguments = parse_arguments()
    candidate = joblib.load(arguments.candidate)
    with open(arguments.baseline, "rb") as handle:
        baseline = pickle.load(handle)

    frame = pd.read_csv("data/interim/holdout.csv")
    report = {"candidate": metrics(candidate, frame), "baseline": metrics(baseline, frame)}
    Path(arguments.report).write_text(json.dumps(report, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
