"""Keyed pseudonyms: the same customer gets the same reference, only the key holder can tell which."""

from __future__ import annotations

import hashlib
import hmac
import os


def pseudonym(value: object) -> str:
    """HMAC-SHA-256 of an identifier under PSEUDONYM_KEY, as 64 hexadecimal digits."""
    key = os.environ["PSEUDONYM_KEY"].encode()
    return hmac.new(key, str(value).encode(), hashlib.sha256).hexdigest()
