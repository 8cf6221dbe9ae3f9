"""An assistant that answers what underwriters ask about open applications."""

from __future__ import annotations

import html

import pandas as pd
from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from langchain_core.tools import tool
from openai import OpenAI

from loan_default.serve import caller

router = APIRouter(prefix="/assistant", dependencies=[Depends(caller)])
client = OpenAI(base_url="https://llm.lending.example.com:8000/v1")
APPLICATIONS = pd.read_csv("data/applications.csv")
LETTER = "Write a letter of the bank Lending to the applicant."
STATES = ("open", "approved", "declined")


@tool
def mean_amount() -> float:
    """Mean amount of the open applications."""
    return float(APPLICATIONS["loan_amount"].mean())


def tools() -> list:
    """What the agent of the back office may use."""
    return [mean_amount]


@router.get("/count")
def count(question: str) -> int:
    """How many applications a question is about."""
    answer = client.responses.create(
        model="lending-8b",
        instructions=f"Answer with one word: {', '.join(STATES)}.",
        input=question,
        max_output_tokens=8,
    )
    state = answer.output_text
    return int((APPLICATIONS["state"] == state).sum()) if state in STATES else 0


@router.post("/letter")
def letter(reason: str) -> HTMLResponse:
    """A letter to an applicant, for the preview in the browser."""
    answer = client.chat.completions.create(
        model="lending-8b",
        messages=[
            {"role": "system", "content": LETTER},
            {"role": "user", "content": f"The reason, as the underwriter wrote it: {reason}"},
        ],
        max_completion_tokens=1024,
    )
    return HTMLResponse(html.escape(answer.choices[0].message.content))
