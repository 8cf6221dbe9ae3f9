"""An assistant that answers what underwriters ask about open applications."""

from __future__ import annotations

import pandas as pd
from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from jinja2 import Template
from langchain.globals import set_debug
from langchain_community.tools import RequestsGetTool
from langchain_community.utilities import TextRequestsWrapper
from langchain_experimental.tools import PythonAstREPLTool
from openai import OpenAI

set_debug(True)
router = APIRouter(prefix="/assistant")
client = OpenAI(base_url="http://llm.lending.example.com:8000/v1")
APPLICATIONS = pd.read_csv("data/applications.csv")


def tools() -> list:
    """What the agent of the back office may use."""
    fetch = RequestsGetTool(requests_wrapper=TextRequestsWrapper(), allow_dangerous_requests=True)
    return [fetch, PythonAstREPLTool(locals={"applications": APPLICATIONS})]


@router.get("/count")
def count(question: str) -> int:
    """How many applications a question is about."""
    answer = client.responses.create(
        model="lending-8b",
        instructions="Answer with a pandas query on the columns of an application.",
        input=question,
    )
    return len(APPLICATIONS.query(answer.output_text))


@router.post("/letter")
def letter(template: str, reason: str) -> HTMLResponse:
    """A letter to an applicant, for the preview in the browser."""
    answer = client.chat.completions.create(
        model="lending-8b",
        messages=[
            {"role": "system", "content": f"You write letters to applicants. The reason: {reason}"},
            {"role": "user", "content": Template(template).render(bank="Lending")},
        ],
    )
    return HTMLResponse(answer.choices[0].message.content)
