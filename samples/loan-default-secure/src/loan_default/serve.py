"""Scoring API for the branch application."""

from __future__ import annotations

import logging
import os
import secrets
from pathlib import Path
from typing import Annotated

import pandas as pd
import uvicorn
from fastapi import Depends, FastAPI, HTTPException, Security
from fastapi.middleware.cors import CORSMiddleware
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, ConfigDict, Field

from loan_default.features import NUMERIC
from loan_default.registry import load_model

logger = logging.getLogger("loan_default.serve")
app = FastAPI(title="Loan default")
app.add_middleware(CORSMiddleware, allow_origins=["https://branches.lending.example.com"])
model = load_model(Path(os.environ.get("MODEL_FILE", "models/default.skops")))


def caller(key: Annotated[str, Security(APIKeyHeader(name="X-API-Key"))]) -> None:
    """Let in whoever knows the key of the API."""
    if not secrets.compare_digest(key.encode(), os.environ["PREDICT_API_KEY"].encode()):
        raise HTTPException(status_code=401, detail="invalid key")


class Application(BaseModel):
    """What the model needs to know; anything else is refused."""

    model_config = ConfigDict(extra="forbid")

    age_years: int = Field(ge=18, le=110)
    annual_income: float = Field(gt=0, le=5_000_000)
    employment_years: float = Field(ge=0, le=70)
    loan_amount: float = Field(gt=0, le=1_000_000)
    interest_rate: float = Field(ge=0, le=40)


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/predict", dependencies=[Depends(caller)])
def predict(application: Application) -> dict[str, float]:
    row = pd.DataFrame([application.model_dump()])
    row["loan_to_income"] = row["loan_amount"] / row["annual_income"]
    probability = float(model.predict_proba(row[NUMERIC])[0, 1])
    logger.info("scored %d application", len(row))
    return {"probability": round(probability, 2)}


if __name__ == "__main__":
    uvicorn.run(app, host=os.environ.get("SERVE_HOST", "127.0.0.1"), port=8000)
