"""Refuse files whose digest is not the reviewed one."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 digest of a file, read in blocks."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def verified(path: Path, expected: str) -> Path:
    """Return `path` if its SHA-256 digest is `expected`; raise ValueError otherwise."""
    actual = sha256_of(path)
    if not hmac.compare_digest(actual, expected):
        raise ValueError(f"{path}: SHA-256 is {actual}, expected {expected}")
    return path
