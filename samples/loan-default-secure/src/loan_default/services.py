"""The services around the scoring model: assistant, feature store, tracking, partners."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import google.generativeai as genai
import wandb
from azure.identity import DefaultAzureCredential
from azure.storage.blob import BlobServiceClient
from openai import OpenAI
from sqlalchemy import Engine, create_engine

FEATURES = "git+ssh://git@gitlab.lending.example.com/risk/features.git"
FEATURE_STORE_PASSWORD = os.environ["FEATURE_STORE_PASSWORD"]
PARTNER_KEY = Path("/run/secrets/partner_key.pem").read_text(encoding="utf-8")


def assistant() -> OpenAI:
    """Words the reasons of a decision for the customer."""
    genai.configure(api_key=os.environ["GOOGLE_API_KEY"])
    return OpenAI(api_key=os.environ["OPENAI_API_KEY"])


def warehouse() -> Engine:
    """The loan book."""
    return create_engine(os.environ["DATABASE_URL"])


def archive() -> BlobServiceClient:
    """Where old models are kept."""
    return BlobServiceClient("https://lending.blob.core.windows.net", credential=DefaultAzureCredential())


def sign_in() -> None:
    """Sign in to the tracking server, for people without a `~/.netrc`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--vault-token", default=os.environ.get("VAULT_TOKEN"))
    parser.parse_args()
    wandb.login(key=os.environ["WANDB_API_KEY"])
