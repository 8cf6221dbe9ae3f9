"""Reads checkpoints of the encoder, for the intake and by hand."""

from __future__ import annotations

import argparse
from pathlib import Path

from safetensors.torch import load


def restore(content: bytes) -> dict:
    """Tensors of a checkpoint, by name. safetensors holds numbers and nothing that runs."""
    return load(content)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    args = parser.parse_args()
    print(*restore(args.checkpoint.read_bytes()), sep="\n")


if __name__ == "__main__":
    main()
