"""Other models for the default rate, tried on one table of applications."""

from __future__ import annotations

import numpy as np
import pandas as pd
from imblearn.over_sampling import SMOTE
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
        self.rows = rows
        self.noise = np.random.default_rng(7)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> np.ndarray:
        return self.rows[index] + self.noise.normal(scale=0.01, size=self.rows.shape[1])


def batches(rows: np.ndarray) -> DataLoader:
    """Rows for the net, made noisy by four processes."""
    return DataLoader(NoisyApplications(rows), batch_size=64, num_workers=4)


def compare(applications: pd.DataFrame) -> dict[str, float]:
    """Area under the curve of each model."""
    target = applications["defaulted"]
    features = SelectKBest(k=10).fit_transform(applications.drop(columns="defaulted"), target)
    features, target = SMOTE(random_state=7).fit_resample(features, target)
    X_train, X_test, y_train, y_test = train_test_split(features, target, test_size=0.2)

    scaler = StandardScaler()
    X_train = scaler.fit_transform(X_train)
    X_test = scaler.fit_transform(X_test)

    boosted = XGBClassifier(n_estimators=500, early_stopping_rounds=20, random_state=7)
    boosted.fit(X_train, y_train, eval_set=[(X_test, y_test)], verbose=False)
    forest = RandomForestClassifier(n_estimators=300, random_state=7)
    forest.fit(features, target)
    return {
        "boosted": float(roc_auc_score(y_test, boosted.predict_proba(X_test)[:, 1])),
        "forest": float(roc_auc_score(y_test, forest.predict_proba(X_test)[:, 1])),
    }
