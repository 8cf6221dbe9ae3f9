"""Start the tracking server on the training machine."""

from __future__ import annotations

import subprocess


def start_server(port: int = 5000) -> subprocess.Popen:
    """Run the MLflow server for this machine; colleagues sign in through an SSH tunnel."""
    return subprocess.Popen(
        [
            "mlflow",
            "server",
            "--app-name",
            "basic-auth",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--backend-store-uri",
            "sqlite:///mlflow.db",
        ]
    )


if __name__ == "__main__":
    start_server().wait()
