"""Sign-in of the underwriters who look at scores."""

from __future__ import annotations

from flask import Flask

app = Flask(__name__)
app.secret_key = "lending-portal"
