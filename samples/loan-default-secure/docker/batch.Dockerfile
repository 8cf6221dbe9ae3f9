# syntax=docker/dockerfile:1
# Image of the nightly job that scores all open loans.
FROM python:3.13-slim@sha256:9c900dea9e8fb7e16277c179b555cc72d29a352dbc33cff48ad5a0412fd5bfc7

WORKDIR /app

RUN apt-get update && apt-get install -y --no-install-recommends git libgomp1
COPY --from=ghcr.io/astral-sh/uv:0.9.5@sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d /uv /bin/
ADD --checksum=sha256:8f6a2c1f0b9d4e7a5c3b1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f00 https://models.example.com/purpose-encoder/2.1/encoder.onnx models/

COPY docker/pip.conf /etc/pip.conf
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
RUN --mount=type=secret,id=GITLAB_TOKEN,env=GITLAB_TOKEN \
    git clone "https://ci:${GITLAB_TOKEN}@git.example.com/risk/scorecards.git" /src/scorecards \
    && git -C /src/scorecards checkout 2f1cc0b7ab7d9b8d04a0a2a9e9a6f0e6c2a3f6b1 \
    && pip install --no-cache-dir /src/scorecards
RUN pip install --no-cache-dir dvc==3.60.0

COPY . .
RUN --mount=type=secret,id=AWS_ACCESS_KEY_ID,env=AWS_ACCESS_KEY_ID \
    --mount=type=secret,id=AWS_SECRET_ACCESS_KEY,env=AWS_SECRET_ACCESS_KEY \
    dvc pull models/default.skops

RUN useradd --uid 10001 --create-home app
USER 10001
CMD ["python", "-m", "loan_default.batch"]
