"""Train the default model."""

from __future__ import annotations

import json
from pathlib import Path

import mlflow
import skops.io as sio
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import cross_val_score

from loan_default.config import stage_params
from loan_default.integrity import sha256_of
from loan_default.schemas import Applications
from loan_default.storage import read_encrypted

MODEL = Path("models/default.skops")


def main() -> None:
    """Stage `train` of the pipeline."""
    params = stage_params("train")
    frame = read_encrypted(Path("data/interim/applications.parquet.enc"))
    applications = Applications.validate(frame, lazy=True)
    features = applications[
        [
            "age_years",
            "annual_income",
            "employment_years",
            "loan_amount",
            "interest_rate",
            "loan_to_income",
        ]
    ]
    target = applications["defaulted"]

    model = HistGradientBoostingClassifier(
        learning_rate=params.get("learning_rate", 0.05),
        max_iter=params.get("max_iter", 300),
        random_state=params.get("seed", 7),
    )
    with mlflow.start_run(run_name="default"):
        scores = cross_val_score(model, features, target, cv=5, scoring="roc_auc")
        mlflow.log_metric("auc_mean", float(scores.mean()))
        model.fit(features, target)

    MODEL.parent.mkdir(exist_ok=True)
    sio.dump(model, MODEL)
    MODEL.with_suffix(".skops.sha256").write_text(f"{sha256_of(MODEL)}  {MODEL.name}\n", encoding="utf-8")
    Path("reports").mkdir(exist_ok=True)
    Path("reports/train.json").write_text(json.dumps({"auc_mean": float(scores.mean())}), encoding="utf-8")


if __name__ == "__main__":
    main()
