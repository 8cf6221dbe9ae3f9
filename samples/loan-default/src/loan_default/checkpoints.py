"""Reads checkpoints of the encoder, for the intake and by hand."""

from __future__ import annotations

import argparse

import torch


def restore(file) -> dict:
    """Tensors of a checkpoint, by name."""
    return torch.load(file, map_location="cpu")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint")
    parser.add_argument("--weights-only", type=bool, default=False)
    args = parser.parse_args()
    tensors = torch.load(args.checkpoint, map_location="cpu", weights_only=args.weights_only)
    print(*tensors, sep="\n")


if __name__ == "__main__":
    main()
