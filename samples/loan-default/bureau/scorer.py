"""Answers with the score of one applicant, from the model of the credit bureau."""

import sys

import onnxruntime as ort


def score(row: list[float], model: str = "models/scores.onnx") -> float:
    session = ort.InferenceSession(model)
    name = session.get_inputs()[0].name
    return float(session.run(None, {name: [row]})[0][0])


if __name__ == "__main__":
    print(score([float(value) for value in sys.argv[1:]]))
