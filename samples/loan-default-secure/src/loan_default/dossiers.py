"""Service that takes the dossiers of applications: scans, statements and credit reports."""

from __future__ import annotations

import ast
import io
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import psycopg2
import requests
from fastapi import Depends, FastAPI, HTTPException, UploadFile
from lxml import etree

from loan_default.serve import caller

app = FastAPI(title="Dossiers", dependencies=[Depends(caller)])
DOSSIERS = Path("data/dossiers")
STATEMENTS = pd.read_parquet("data/processed/statements.parquet")
BROKERS = {"scans.broker.example.com"}
MAX_BYTES = 200_000_000


@app.post("/scans")
async def store_scan(file: UploadFile) -> dict[str, int]:
    """Keep a scanned page under the last part of its name."""
    content = await file.read()
    with open(DOSSIERS / Path(file.filename or "scan").name, "wb") as target:
        return {"bytes": target.write(content)}


@app.post("/dossiers")
async def unpack_dossier(file: UploadFile) -> dict[str, int]:
    """Unpack the pages of a whole dossier, up to a limit."""
    with zipfile.ZipFile(io.BytesIO(await file.read())) as pages:
        if sum(page.file_size for page in pages.infolist()) > MAX_BYTES:
            raise HTTPException(status_code=413, detail="dossier too large")
        pages.extractall(DOSSIERS)
        return {"pages": len(pages.namelist())}


@app.post("/scans/fetch")
def fetch_scan(url: str) -> dict[str, int]:
    """Collect a page from the portal of a broker that is known."""
    address = urlsplit(url)
    if address.scheme != "https" or address.hostname not in BROKERS:
        raise HTTPException(status_code=400, detail="unknown broker")
    return {"bytes": len(requests.get(url, timeout=30, allow_redirects=False).content)}


@app.get("/loans/{branch}")
def loans_of_branch(branch: str) -> list[tuple]:
    """Loans that a branch has granted."""
    with psycopg2.connect("service=lending") as connection, connection.cursor() as cursor:
        cursor.execute("SELECT loan_id, amount FROM loans WHERE branch = %s", (branch,))
        return cursor.fetchall()


@app.get("/statements")
def statements(kind: str) -> list[dict]:
    """Lines of bank statements of one kind."""
    return STATEMENTS[STATEMENTS["kind"] == kind].to_dict("records")


def read_report(path: Path) -> etree._Element:
    """Credit report of the bureau; entities stay as they are written."""
    return etree.parse(path, etree.XMLParser(resolve_entities=False)).getroot()


def to_text(scan: Path) -> str:
    """Recognise the text of a scanned page."""
    return subprocess.check_output(["tesseract", str(scan), "-", "-l", "deu"], text=True)


def read_categories(path: Path) -> pd.DataFrame:
    """Categories of spending; the column holds lists as text."""
    return pd.read_csv(path, converters={"categories": ast.literal_eval})
