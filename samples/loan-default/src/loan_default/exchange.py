"""Hand the list of defaults to the collections agency."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import paramiko

INBOX = Path("/srv/exchange/collections")


def bundle(tables: list[Path]) -> str:
    """One file of all tables."""
    target = tempfile.mktemp(suffix=".csv")
    with open(target, "w", encoding="utf-8") as out:
        for table in tables:
            out.write(table.read_text(encoding="utf-8"))
    return target


def send(path: str) -> None:
    """Upload to the agency and leave a copy for the nightly job."""
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    client.connect("sftp.collections.example.com", username="lending", key_filename="/etc/lending/id_ed25519")
    with client.open_sftp() as sftp:
        sftp.put(path, "/incoming/defaults.csv")
    copy = INBOX / "defaults.csv"
    copy.write_bytes(Path(path).read_bytes())
    os.chmod(copy, 0o666)


if __name__ == "__main__":
    send(bundle(sorted(Path("reports").glob("defaults-*.csv"))))
