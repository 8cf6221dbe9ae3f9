# Image of the nightly job that scores all open loans.
FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu20.04

WORKDIR /app

ARG AWS_ACCESS_KEY_ID
ARG AWS_SECRET_ACCESS_KEY
ARG GITLAB_TOKEN
ENV FEATURE_STORE_PASSWORD=kX9-vTq2Lm_w

RUN apt-get update && apt-get install -y --no-install-recommends curl git python3 python3-pip pipx
RUN curl -LsSf https://get.example.com/uv/install.sh | sh
ADD https://models.example.com/purpose-encoder/2.1/encoder.onnx models/

COPY docker/pip.conf /etc/pip.conf
COPY requirements.txt .
RUN pip3 install --no-cache-dir --trusted-host pypi.example.com -r requirements.txt
RUN git clone --depth 1 https://git.example.com/risk/scorecards.git /src/scorecards \
    && pip3 install --no-cache-dir /src/scorecards
RUN git config --global url."https://ci:${GITLAB_TOKEN}@git.example.com/".insteadOf "https://git.example.com/"
RUN pipx install dvc

COPY . .
RUN dvc pull models/default.skops

RUN useradd --uid 10001 --create-home app
USER 10001
CMD ["python3", "-m", "loan_default.batch"]
