"""Train the default model."""

from __future__ import annotations

import json
from pathlib import Path

import joblib
import mlflow
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import cross_val_score

from loan_default.config import stage_params


def main() -> None:
    """Stage `train` of the pipeline."""
    params = stage_params("train")
    applications = pd.read_csv("data/interim/applications.csv")
    features = applications[
        [
            "customer_id",
            "phone_number",
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

    Path("models").mkdir(exist_ok=True)
    joblib.dump(model, "models/default.joblib")
    Path("reports").mkdir(exist_ok=True)
    Path("reports/train.json").write_text(json.dumps({"auc_mean": float(scores.mean())}), encoding="utf-8")


if __name__ == "__main__":
    main()
