"""Pages where branch staff ask why a loan was refused and compare the models that were released."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import jwt
import onnxruntime
from flask import Flask, abort, jsonify, make_response, request
from flask_wtf.csrf import CSRFProtect
from markupsafe import escape
from transformers import AutoModelForSequenceClassification

logger = logging.getLogger("loan_default.portal")
app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["PORTAL_SECRET_KEY"]
csrf = CSRFProtect(app)

CHALLENGERS = {"2024-11": Path("models/challenger-2024-11.onnx")}
PURPOSE_MODEL = "lending-example/loan-purpose"
PURPOSE_REVISION = "5f1c2a9d0b7e4c6f8a3d1e9b2c4f6a8d0e1b3c57"


@app.post("/login")
def login():
    """Log in with the token of the staff directory."""
    key = os.environ["STAFF_PUBLIC_KEY"]
    claims = jwt.decode(request.form["staff_token"], key, algorithms=["RS256"])
    answer = make_response("welcome")
    answer.set_cookie("session_id", claims["sid"], secure=True, httponly=True, samesite="Lax")
    return answer


@app.get("/explain")
def explain():
    """Say why an application was refused."""
    reason = request.args["reason"]
    logger.info("explaining %r", reason)
    return f"<p>Refused: {escape(reason)}</p>"


@app.post("/compare")
def compare():
    """Compare a released challenger with the purpose model."""
    path = CHALLENGERS.get(request.form["challenger"])
    if path is None:
        abort(404)
    try:
        challenger = onnxruntime.InferenceSession(path)
        purpose = AutoModelForSequenceClassification.from_pretrained(
            PURPOSE_MODEL, revision=PURPOSE_REVISION, use_safetensors=True
        )
        return jsonify({"inputs": len(challenger.get_inputs()), "labels": purpose.config.num_labels})
    except Exception:
        logger.exception("comparison failed")
        return jsonify({"error": "comparison failed"}), 500
