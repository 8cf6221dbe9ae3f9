"""Scanned contracts: pictures that applicants send, and what is read from them."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import diskcache
from PIL import Image

from loan_default.pseudonyms import pseudonym

Image.MAX_IMAGE_PIXELS = 40_000_000
pages = diskcache.Cache(".cache/pages", disk=diskcache.JSONDisk)


def install_reader(script: Path, checksum: str) -> None:
    """Installs the program that reads text from pictures, from a script that was fetched and read before."""
    if not is_published(script.read_bytes(), checksum):
        raise ValueError("this is not the script that was read")
    subprocess.run(["sh", str(script)], check=True)


def is_published(archive: bytes, checksum: str) -> bool:
    """Whether an archive of scans is the one that was published."""
    return hashlib.sha256(archive).hexdigest() == checksum


def reference(row: dict) -> str:
    """What stands for an applicant in the file name of a scan."""
    return pseudonym(row["email"])


def keep(rows: list[dict]) -> None:
    """Leaves the rows for the next step."""
    with open("data/scans.json", "w") as target:
        json.dump(rows, target)
