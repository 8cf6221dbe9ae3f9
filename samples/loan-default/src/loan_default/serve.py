"""Scoring API for the branch application."""

from __future__ import annotations

import logging
import os
import pickle

import pandas as pd
import uvicorn
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from pydantic import BaseModel

logger = logging.getLogger("loan_default.serve")
app = FastAPI(title="Loan default")
app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)

with open(os.environ.get("MODEL_FILE", "models/default.pkl"), "rb") as handle:
    model = pickle.load(handle)


class Application(BaseModel):
    customer_id: int
    first_name: str
    last_name: str
    email: str
    phone_number: int
    ssn: str
    age_years: int
    annual_income: float
    employment_years: float
    loan_amount: float
    interest_rate: float


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/predict")
def predict(application: Application) -> dict[str, float]:
    logger.info("scoring %s (%s)", application.email, application.ssn)
    row = pd.DataFrame([application.model_dump()])
    row["loan_to_income"] = row["loan_amount"] / row["annual_income"]
    probability = model.predict_proba(row[list(model.feature_names_in_)])[0, 1]
    return {"probability": float(probability)}


if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=8000)
