"""Tools that the team runs on the shared GPU host."""

from __future__ import annotations

import subprocess

import gradio as gr
import grpc


def start_tools() -> list[subprocess.Popen]:
    """Start the notebooks, the training curves, the dashboard and the model servers."""
    return [
        subprocess.Popen(["jupyter", "lab", "--no-browser", "--ServerApp.token="]),
        subprocess.Popen(["tensorboard", "--logdir", "runs", "--bind_all"]),
        subprocess.Popen(["streamlit", "run", "dashboard.py", "--server.enableXsrfProtection=false"]),
        subprocess.Popen(["torchserve", "--start", "--model-store", "models", "--disable-token-auth"]),
        subprocess.Popen(["vllm", "serve", "models/explainer", "--port", "8010"]),
    ]


def score_channel() -> grpc.Channel:
    """Connect to the scoring service of the branches."""
    return grpc.insecure_channel("scores.lending.example.com:8500")


def show_reports(page: gr.Blocks) -> None:
    """Publish the monthly reports."""
    page.launch(allowed_paths=["/"])
