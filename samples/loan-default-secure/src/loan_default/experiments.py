"""Other models for the default rate, tried on one table of applications."""

from __future__ import annotations

import numpy as np
import pandas as pd
import torch
from imblearn.over_sampling import SMOTE
from imblearn.pipeline import make_pipeline
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_selection import SelectKBest
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from torch.utils.data import DataLoader, Dataset
from xgboost import XGBClassifier


class NoisyApplications(Dataset):
    """Applications with a little noise, so that the net does not learn them by heart."""

    def __init__(self, rows: np.ndarray) -> None:
        self.rows = torch.as_tensor(rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> torch.Tensor:
        return self.rows[index] + 0.01 * torch.randn(self.rows.shape[1])


def batches(rows: np.ndarray) -> DataLoader:
    """Rows for the net, made noisy by four processes."""
    return DataLoader(NoisyApplications(rows), batch_size=64, num_workers=4)


def compare(applications: pd.DataFrame) -> dict[str, float]:
    """Area under the curve of each model."""
    target = applications["defaulted"]
    features = applications.drop(columns="defaulted")
    X_rest, X_test, y_rest, y_test = train_test_split(features, target, test_size=0.2, random_state=7)
    X_train, X_val, y_train, y_val = train_test_split(X_rest, y_rest, test_size=0.2, random_state=7)

    prepare = make_pipeline(StandardScaler(), SelectKBest(k=10))
    rows, labels = SMOTE(random_state=7).fit_resample(prepare.fit_transform(X_train, y_train), y_train)

    boosted = XGBClassifier(n_estimators=500, early_stopping_rounds=20, random_state=7)
    boosted.fit(rows, labels, eval_set=[(prepare.transform(X_val), y_val)], verbose=False)
    forest = RandomForestClassifier(n_estimators=300, random_state=7)
    forest.fit(rows, labels)
    held_out = prepare.transform(X_test)
    return {
        "boosted": float(roc_auc_score(y_test, boosted.predict_proba(held_out)[:, 1])),
        "forest": float(roc_auc_score(y_test, forest.predict_proba(held_out)[:, 1])),
    }
