"""Collect the loan book, the branch list and the credit bureau extract."""

from __future__ import annotations

import hashlib
import hmac
import io
import logging
import os
import tarfile
from pathlib import Path
from urllib.request import urlretrieve

import boto3
import pandas as pd
import requests
from minio import Minio

logger = logging.getLogger(__name__)

RAW = Path("data/raw")
RATES_URL = "https://rates.lending.example.com/v2/base-rates.csv"
BRANCH_API = "https://branches.lending.example.com/api/v1/branches"
BUREAU_URL = "https://files.bureau.example.com/extracts/2025-q4.tar.gz"
# From the signed delivery note of the bureau.
BUREAU_SHA256 = "d553bf40f636b36539c865590ef4096dfe86d915b172ac9f398f1b028e13de52"


def fetch_base_rates() -> pd.DataFrame:
    """Monthly base rates of the central bank."""
    response = requests.get(RATES_URL, timeout=30)
    response.raise_for_status()
    return pd.read_csv(io.StringIO(response.text))


def fetch_regions() -> pd.DataFrame:
    """Region of each postcode area."""
    return pd.read_csv("https://reference.lending.example.com/regions.csv")


def fetch_branches() -> list[dict]:
    """Branches; their API has a certificate of the internal authority."""
    response = requests.get(BRANCH_API, params={"active": "true"}, timeout=30, verify="certs/internal-ca.pem")
    response.raise_for_status()
    return response.json()


def fetch_bureau_extract(target: Path = RAW / "bureau") -> list[Path]:
    """Download, verify and unpack the quarterly extract of the credit bureau."""
    target.mkdir(parents=True, exist_ok=True)
    archive = RAW / "bureau.tar.gz"
    urlretrieve(BUREAU_URL, archive)
    with archive.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    if not hmac.compare_digest(digest, BUREAU_SHA256):
        archive.unlink()
        raise ValueError(f"{BUREAU_URL}: SHA-256 is {digest}, expected {BUREAU_SHA256}")
    with tarfile.open(archive) as extract:
        extract.extractall(target, filter="data")
    return sorted(target.glob("*.csv"))


def loan_book_client():
    """Client for the bucket of the loan book; credentials come from the role of the machine."""
    return boto3.client("s3", region_name="eu-central-1")


def branch_store() -> Minio:
    """Object store in the branch network."""
    return Minio(
        "minio.lending.example.com:9000",
        access_key=os.environ["MINIO_ACCESS_KEY"],
        secret_key=os.environ["MINIO_SECRET_KEY"],
        secure=True,
    )


def fetch_applications(target: Path = RAW / "applications.csv") -> Path:
    """Newest export of the application system."""
    target.parent.mkdir(parents=True, exist_ok=True)
    loan_book_client().download_file(
        "lending-loan-book",
        "exports/applications.csv",
        str(target),
        ExtraArgs={"ExpectedBucketOwner": os.environ["LENDING_AWS_ACCOUNT"]},
    )
    logger.info("applications saved to %s", target)
    return target


def main() -> None:
    """Stage `collect` of the pipeline."""
    logging.basicConfig(level=logging.INFO)
    fetch_applications()
    fetch_bureau_extract()
    fetch_base_rates().to_csv(RAW / "base-rates.csv", index=False)
    fetch_regions().to_csv(RAW / "regions.csv", index=False)
    logger.info("%d branches", len(fetch_branches()))


if __name__ == "__main__":
    main()
