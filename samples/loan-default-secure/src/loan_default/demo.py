"""Try the model by hand, for product and risk colleagues."""

from __future__ import annotations

import os

import gradio as gr
import requests

API = "http://localhost:8000/predict"


def score(income: float, amount: float, rate: float, age: int, employed: float) -> str:
    """Ask the scoring API for one made-up applicant."""
    body = {
        "age_years": age,
        "annual_income": income,
        "employment_years": employed,
        "loan_amount": amount,
        "interest_rate": rate,
    }
    answer = requests.post(API, json=body, headers={"X-API-Key": os.environ["PREDICT_API_KEY"]}, timeout=10)
    answer.raise_for_status()
    return f"{answer.json()['probability']:.0%}"


demo = gr.Interface(
    fn=score,
    inputs=[
        gr.Number(42_000, label="Annual income"),
        gr.Number(12_000, label="Loan amount"),
        gr.Number(6.4, label="Interest rate"),
        gr.Slider(18, 90, value=38, step=1, label="Age"),
        gr.Number(5, label="Years employed"),
    ],
    outputs=gr.Textbox(label="Probability of default"),
    title="Loan default",
)

if __name__ == "__main__":
    demo.launch(auth=(os.environ["DEMO_USER"], os.environ["DEMO_PASSWORD"]))
