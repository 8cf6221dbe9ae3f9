"""Hand the list of defaults to the collections agency."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import paramiko

INBOX = Path("/srv/exchange/collections")
KNOWN_HOSTS = "/etc/lending/known_hosts"


def bundle(tables: list[Path]) -> str:
    """One file of all tables, which only this account may read."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", delete=False) as out:
        for table in tables:
            out.write(table.read_text(encoding="utf-8"))
    return out.name


def send(path: str) -> None:
    """Upload to the agency, whose host key is known, and leave a copy for the nightly job of the group."""
    client = paramiko.SSHClient()
    client.load_host_keys(KNOWN_HOSTS)
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    client.connect("sftp.collections.example.com", username="lending", key_filename="/etc/lending/id_ed25519")
    with client.open_sftp() as sftp:
        sftp.put(path, "/incoming/defaults.csv")
    copy = INBOX / "defaults.csv"
    copy.write_bytes(Path(path).read_bytes())
    os.chmod(copy, 0o660)


if __name__ == "__main__":
    send(bundle(sorted(Path("reports").glob("defaults-*.csv"))))
