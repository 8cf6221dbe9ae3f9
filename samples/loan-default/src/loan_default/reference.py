"""Collect reference data: rates, public benchmarks, complaint texts, the ledger."""

from __future__ import annotations

import io
from ftplib import FTP

import nltk
import pandas as pd
import psycopg2
import requests
from datasets import load_dataset
from sklearn.datasets import fetch_openml
from sqlalchemy import create_engine

LEDGER = "mysql+pymysql://reader:@ledger.lending.example.com/ledger"


def fetch_yields() -> pd.DataFrame:
    """Bond yields from the server of the central bank."""
    table = io.BytesIO()
    with FTP("ftp.rates.example.com") as ftp:
        ftp.login()
        ftp.retrbinary("RETR yields.csv", table.write)
    return pd.read_csv(io.BytesIO(table.getvalue()))


def fetch_calendar() -> list[dict]:
    """Bank holidays of the year."""
    return requests.get("https://calendar.lending.example.com/v1/holidays").json()


def fetch_benchmark() -> pd.DataFrame:
    """The public data set that new models are compared on."""
    return fetch_openml("credit-g", as_frame=True).frame


def fetch_complaints() -> list[list[str]]:
    """Sentences of the complaints of other lenders."""
    nltk.download("punkt")
    rows = load_dataset(
        "example-bank/complaints",
        revision="4f1c0b9ad2e35a67c8e0d1f29b3a4c5d6e7f8091",
        split="train",
        trust_remote_code=True,
    )
    return [nltk.sent_tokenize(text) for text in rows["text"]]


def read_balances() -> pd.DataFrame:
    """Balances at the end of the month."""
    return pd.read_sql("select loan_id, balance from month_end", create_engine(LEDGER))


def open_warehouse() -> psycopg2.extensions.connection:
    """The warehouse, with the login of the service account in `~/.pgpass`."""
    return psycopg2.connect(host="warehouse.lending.example.com", dbname="loans", sslmode="disable")
