"""Compare a candidate with the model in production."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import pandas as pd
from sklearn.metrics import brier_score_loss, roc_auc_score

from loan_default.config import stage_params
from loan_default.features import NUMERIC
from loan_default.registry import load_model
from loan_default.schemas import Applications
from loan_default.storage import read_encrypted


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidate", type=Path, required=True, help="model file, .skops")
    parser.add_argument("--baseline", type=Path, required=True, help="model file in production, .skops")
    parser.add_argument("--report", type=Path, default=Path("reports/evaluation.json"))
    return parser.parse_args()


def metrics(model, frame: pd.DataFrame) -> dict[str, float]:
    """Ranking quality and calibration on held-out applications."""
    probability = model.predict_proba(frame[NUMERIC])[:, 1]
    return {
        "auc": float(roc_auc_score(frame["defaulted"], probability)),
        "brier": float(brier_score_loss(frame["defaulted"], probability)),
    }


def main() -> int:
    """Stage `evaluate` of the pipeline; fails below the agreed quality."""
    arguments = parse_arguments()
    holdout = Applications.validate(read_encrypted(Path("data/interim/holdout.parquet.enc")), lazy=True)
    candidate = metrics(load_model(arguments.candidate), holdout)
    baseline = metrics(load_model(arguments.baseline), holdout)
    report = {"candidate": candidate, "baseline": baseline}
    arguments.report.write_text(json.dumps(report, indent=2), encoding="utf-8")
    return 0 if candidate["auc"] >= stage_params("evaluate")["minimum_auc"] else 1


if __name__ == "__main__":
    sys.exit(main())
