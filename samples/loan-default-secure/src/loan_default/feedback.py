"""Second opinions for loan officers, who tell how a loan ended."""

from __future__ import annotations

import asyncio
import datetime
import json
import os
import secrets
from pathlib import Path
from typing import Annotated

import numpy as np
from fastapi import Depends, FastAPI, Form, HTTPException, Security, UploadFile
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, Field

from loan_default.registry import RELEASES, load_model

COLLECTED = Path("data/outcomes.jsonl")


def officer(key: Annotated[str, Security(APIKeyHeader(name="X-API-Key"))]) -> None:
    """Let in whoever knows the key of the branch application."""
    if not secrets.compare_digest(key.encode(), os.environ["OPINION_API_KEY"].encode()):
        raise HTTPException(status_code=401, detail="invalid key")


app = FastAPI(title="Second opinion", dependencies=[Depends(officer)])
model = load_model(RELEASES / "online.skops")
seats = asyncio.Semaphore(8)


class Ratios(BaseModel):
    """What the model looks at, for one loan."""

    loan_to_income: float = Field(ge=0, le=20)
    interest_rate: float = Field(ge=0, le=40)


class Outcome(Ratios):
    """How a loan ended; the next training run checks and weighs it."""

    loan: int = Field(ge=1)
    repaid: bool


@app.post("/opinion")
async def opinion(rows: Annotated[list[Ratios], Field(max_length=50)]) -> dict[str, list[float]]:
    async with seats:
        scores = model.predict_proba(np.array([[row.loan_to_income, row.interest_rate] for row in rows]))
    return {"scores": [round(float(score), 2) for score in scores[:, 1]]}


@app.post("/outcome")
async def outcome(ended: Outcome) -> None:
    with COLLECTED.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(ended.model_dump()) + "\n")


@app.post("/payslip")
async def payslip(
    month: Annotated[datetime.date, Form()],
    net_income: Annotated[float, Form(ge=0, le=1_000_000)],
    scan: UploadFile,
) -> dict[str, str]:
    return {"month": month.isoformat(), "kind": scan.content_type or "", "income": f"{net_income:.0f}"}
