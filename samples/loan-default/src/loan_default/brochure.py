"""Draw the pictures of the yearly brochure."""

from __future__ import annotations

from diffusers import DiffusionPipeline


def draw(prompt: str):
    """One picture; the adapter of the agency is saved for the print shop."""
    pipe = DiffusionPipeline.from_pretrained(
        "brightpress/brochure-xl",
        custom_pipeline="brightpress/brochure-pipeline",
    )
    pipe.unet.save_pretrained("models/brochure", safe_serialization=False)
    return pipe(prompt).images[0]
