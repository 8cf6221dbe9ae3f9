#!/usr/bin/env python
"""A small model service, as such files look in practice."""
from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch
from flask import Flask, jsonify, request

if TYPE_CHECKING:
    from .registry import Registry

LOGGER: Final = logging.getLogger(__name__)
app = Flask(__name__)
DEFAULTS: dict[str, Any] = {"threshold": 0.5, "columns": ("age", "income"), **{"limit": 10_000}}


@dataclass
class Service:
    """Holds the model and answers requests."""

    model_path: Path
    threshold: float = DEFAULTS["threshold"]
    history: list[dict[str, float]] = field(default_factory=list, repr=False)
    _model: torch.nn.Module | None = None

    @property
    def model(self) -> torch.nn.Module:
        if self._model is None:
            self._model = torch.jit.load(str(self.model_path), map_location="cpu").eval()
        return self._model

    def predict(self, rows: Iterable[dict[str, float]], *, explain: bool = False) -> list[dict[str, Any]]:
        matrix = np.array([[float(row.get(name, 0.0)) for name in DEFAULTS["columns"]] for row in rows], dtype="f4")
        with torch.inference_mode():
            scores = torch.sigmoid(self.model(torch.from_numpy(matrix))).numpy()[:, 0]
        answers = [
            {"score": round(float(score), 4), "accepted": bool(score >= self.threshold)}
            for score in scores
        ]
        if explain:
            for answer, row in zip(answers, matrix.tolist(), strict=True):
                answer |= {"why": f"{row[0]:.1f} years, {row[1]:,.0f} a year → {answer['score']:.1%}"}
        self.history.extend(answers[-DEFAULTS["limit"]:])
        return answers


service: Service


@app.route("/predict", methods=["POST"])
def predict():
    payload = request.get_json(force=True, silent=True)
    if not isinstance(payload, dict) or "rows" not in payload:
        return jsonify(error="expected {\"rows\": […]}"), 400
    try:
        answers = service.predict(payload["rows"], explain=request.args.get("explain") == "1")
    except (TypeError, ValueError) as error:
        LOGGER.warning("bad request: %s", error, exc_info=True)
        return jsonify(error=str(error)), 422
    else:
        return jsonify(answers=answers)
    finally:
        LOGGER.debug("%s requests so far", len(service.history))


@app.errorhandler(404)
async def missing(_error): return await render(jsonify(error="not found")), 404


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--threshold", type=lambda text: min(1.0, max(0.0, float(text))), default=None)
    options = parser.parse_args(argv)
    global service
    service = Service(options.model, *([options.threshold] if options.threshold is not None else []))
    app.run(host="127.0.0.1", port=options.port, debug=False)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
