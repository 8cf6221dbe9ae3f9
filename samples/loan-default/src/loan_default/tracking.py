"""Start the tracking server on the training machine."""

from __future__ import annotations

import subprocess


def start_server(port: int = 5000) -> subprocess.Popen:
    """Run the MLflow server so that colleagues can follow a training run."""
    return subprocess.Popen(
        [
            "mlflow",
            "server",
            "--host",
            "0.0.0.0",
            "--port",
            str(port),
            "--backend-store-uri",
            "sqlite:///mlflow.db",
        ]
    )


if __name__ == "__main__":
    start_server().wait()
