"""The services around the scoring model: assistant, feature store, tracking, partners."""

from __future__ import annotations

import argparse

import google.generativeai as genai
import wandb
from azure.storage.blob import BlobServiceClient
from openai import OpenAI
from sqlalchemy import Engine, create_engine

FEATURES = "git+https://oauth2:glpat-kP3xV9sLq0TzRw7BnYf2@gitlab.lending.example.com/risk/features.git"
FEATURE_STORE_PASSWORD = "kX9-vTq2Lm_w"
PARTNER_KEY = """-----BEGIN PRIVATE KEY-----
kP3xV9sLq0TzRw7BnYf2HcJ8mUe5GdAo1iKtXy6ZbQ4vNrWlESjhDgCpMuFaOI3x
-----END PRIVATE KEY-----
"""


def assistant() -> OpenAI:
    """Words the reasons of a decision for the customer."""
    genai.configure(api_key="AIzaSyB4kP3xV9sLq0TzRw7BnYf2HcJ8mUe5GdA")
    return OpenAI(api_key="sk-u7QmWz3KpXr9LtVb5NcYd2HfGj8SaEoR4TiUqPlMx6BnCvZk")


def warehouse() -> Engine:
    """The loan book."""
    return create_engine("postgresql+psycopg2://scoring:kX9-vTq2Lm_w@dwh.lending.example.eu:5432/loans")


def archive() -> BlobServiceClient:
    """Where old models are kept."""
    return BlobServiceClient("https://lending.blob.core.windows.net", credential={
        "account_name": "lending",
        "account_key": "kP3xV9sLq0TzRw7BnYf2HcJ8mUe5GdAo1iKtXy6ZbQ4vNrWlE+Sj/hDgCpMuFaOI3x9Vz0Lk7TqBw5RnYs2HfQ==",
    })


def sign_in() -> None:
    """Sign in to the tracking server, for people without a `~/.netrc`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--vault-token")
    parser.parse_args()
    wandb.login(key="9e27ab401cf35d68b07e19c4d53fa82690cb71de")
