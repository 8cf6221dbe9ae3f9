"""Status page for the team on call."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/status")
def status():
    """Figures of the last drift report."""
    return jsonify(json.loads(Path("reports/drift.json").read_text(encoding="utf-8")))


if __name__ == "__main__":
    # `flask --app loan_default.monitor run --debug` for a session at one's own desk.
    app.run(port=8001)
