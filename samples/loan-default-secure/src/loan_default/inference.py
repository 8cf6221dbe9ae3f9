"""Tools that the team runs on the shared GPU host; each is reached through an SSH tunnel or the gateway."""

from __future__ import annotations

import subprocess

import gradio as gr
import grpc


def start_tools() -> list[subprocess.Popen]:
    """Start the notebooks, the training curves, the dashboard and the model servers."""
    return [
        subprocess.Popen(["jupyter", "lab", "--no-browser"]),
        subprocess.Popen(["tensorboard", "--logdir", "runs"]),
        subprocess.Popen(["streamlit", "run", "dashboard.py"]),
        subprocess.Popen(["torchserve", "--start", "--model-store", "models"]),
        subprocess.Popen(["vllm", "serve", "models/explainer", "--host", "127.0.0.1", "--port", "8010"]),
    ]


def score_channel() -> grpc.Channel:
    """Connect to the scoring service of the branches."""
    return grpc.secure_channel("scores.lending.example.com:8500", grpc.ssl_channel_credentials())


def show_reports(page: gr.Blocks) -> None:
    """Publish the monthly reports."""
    page.launch(allowed_paths=["reports/monthly"])
