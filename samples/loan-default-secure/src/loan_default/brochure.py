"""Draw the pictures of the yearly brochure."""

from __future__ import annotations

from diffusers import StableDiffusionXLPipeline


def draw(prompt: str):
    """One picture; the adapter of the agency is saved for the print shop."""
    pipe = StableDiffusionXLPipeline.from_pretrained(
        "brightpress/brochure-xl",
        revision="4c1d8f0b6a92e7350d1f8b7c6a59e4d3c2b1a098",
        use_safetensors=True,
    )
    pipe.unet.save_pretrained("models/brochure")
    return pipe(prompt).images[0]
