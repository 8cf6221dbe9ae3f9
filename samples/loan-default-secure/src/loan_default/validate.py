"""Gate between preparation and training."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandera.pandas as pa

from loan_default.schemas import Applications
from loan_default.storage import read_encrypted

REPORT = Path("reports/validation.json")


def main() -> int:
    """Stage `validate` of the pipeline; the exit code stops the stages after it."""
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    frame = read_encrypted(Path("data/interim/applications.parquet.enc"))
    try:
        Applications.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as failures:
        checks = sorted({str(check) for check in failures.failure_cases["check"]})
        REPORT.write_text(json.dumps({"valid": False, "failed_checks": checks}, indent=2), encoding="utf-8")
        return 1
    REPORT.write_text(json.dumps({"valid": True, "rows": len(frame)}, indent=2), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
