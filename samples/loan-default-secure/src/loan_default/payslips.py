"""Tell payslips from other scanned documents."""

from __future__ import annotations

import torch

BACKBONES = "acme-vision/backbones:4f1c2d7a9b3e5d60718293a4b5c6d7e8f9012345"


def load_backbone() -> torch.nn.Module:
    """Image network of the document team, at the commit that was reviewed."""
    return torch.hub.load(BACKBONES, "resnet_small", pretrained=True)
