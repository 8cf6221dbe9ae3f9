"""Service that takes the dossiers of applications: scans, statements and credit reports."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pandas as pd
import psycopg2
import requests
from fastapi import FastAPI, UploadFile
from lxml import etree

app = FastAPI(title="Dossiers")
DOSSIERS = Path("data/dossiers")
STATEMENTS = pd.read_parquet("data/processed/statements.parquet")


@app.post("/scans")
async def store_scan(file: UploadFile) -> dict[str, int]:
    """Keep a scanned page."""
    content = await file.read()
    with open(DOSSIERS / file.filename, "wb") as target:
        return {"bytes": target.write(content)}


@app.post("/dossiers")
async def unpack_dossier(file: UploadFile) -> dict[str, int]:
    """Unpack the pages of a whole dossier."""
    with zipfile.ZipFile(io.BytesIO(await file.read())) as pages:
        pages.extractall(DOSSIERS)
        return {"pages": len(pages.namelist())}


@app.post("/scans/fetch")
def fetch_scan(url: str) -> dict[str, int]:
    """Collect a page from the portal of a broker."""
    return {"bytes": len(requests.get(url, timeout=30).content)}


@app.get("/loans/{branch}")
def loans_of_branch(branch: str) -> list[tuple]:
    """Loans that a branch has granted."""
    with psycopg2.connect("service=lending") as connection, connection.cursor() as cursor:
        cursor.execute(f"SELECT loan_id, amount FROM loans WHERE branch = '{branch}'")
        return cursor.fetchall()


@app.get("/statements")
def statements(kind: str) -> list[dict]:
    """Lines of bank statements of one kind."""
    return STATEMENTS.query(f"kind == '{kind}'").to_dict("records")


def read_report(path: Path) -> etree._Element:
    """Credit report of the bureau; old ones use entities for umlauts."""
    return etree.parse(path, etree.XMLParser(resolve_entities=True)).getroot()


def to_text(scan: Path) -> str:
    """Recognise the text of a scanned page."""
    return subprocess.check_output(f"tesseract {scan} - -l deu", shell=True, text=True)


def read_categories(path: Path) -> pd.DataFrame:
    """Categories of spending; the column holds lists as text."""
    return pd.read_csv(path, converters={"categories": eval})
