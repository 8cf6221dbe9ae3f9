"""Lets the data science team hand in a new encoder for the loan purpose."""

from __future__ import annotations

from fastapi import FastAPI, UploadFile

from .vault import hold

app = FastAPI(title="Encoder intake")


@app.put("/encoder")
async def replace_encoder(checkpoint: UploadFile) -> dict[str, int]:
    content = await checkpoint.read()
    return {"tensors": len(hold(content))}
