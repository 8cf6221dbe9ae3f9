"""Sign-in of the underwriters who look at scores."""

from __future__ import annotations

import os

from flask import Flask

app = Flask(__name__)
app.secret_key = os.environ["PORTAL_SECRET_KEY"]
