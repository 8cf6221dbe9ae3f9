"""Second opinions for loan officers, who tell the model how a loan ended."""

from __future__ import annotations

import joblib
import numpy as np
from fastapi import FastAPI, Request, UploadFile
from pydantic import BaseModel

from loan_default.registry import RELEASES

app = FastAPI(title="Second opinion")
model = joblib.load(RELEASES / "online.joblib")


class Payslip(BaseModel):
    month: str
    net_income: float


@app.post("/opinion")
async def opinion(request: Request) -> dict[str, list[float]]:
    body = await request.json()
    scores = model.predict_proba(np.array(body["rows"]))
    return {"scores": scores[:, 1].tolist()}


@app.post("/outcome")
async def outcome(request: Request) -> None:
    body = await request.json()
    model.partial_fit(body["rows"], body["outcomes"])


@app.post("/payslip")
async def payslip(slip: Payslip, scan: UploadFile) -> dict[str, str]:
    return {"month": slip.month, "kind": scan.content_type or ""}
