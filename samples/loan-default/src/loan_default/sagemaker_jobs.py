"""Train the repayment model on SageMaker and open an endpoint for the branches."""

from __future__ import annotations

import boto3
from sagemaker.pytorch import PyTorch


def train(role: str, data: str) -> None:
    """Train on two machines; the repayment histories are the channel `train`."""
    estimator = PyTorch(
        entry_point="train.py",
        role=role,
        framework_version="2.4",
        py_version="py311",
        instance_type="ml.m5.4xlarge",
        instance_count=2,
    )
    estimator.fit({"train": data})


def open_notebook(role: str) -> None:
    """A notebook for the analysts of the credit department."""
    boto3.client("sagemaker").create_notebook_instance(
        NotebookInstanceName="credit-analysts",
        InstanceType="ml.t3.large",
        RoleArn=role,
        DirectInternetAccess="Enabled",
        RootAccess="Enabled",
    )


def deploy(model: str, answers: str) -> None:
    """Serve the model and keep what the branches ask."""
    boto3.client("sagemaker").create_endpoint_config(
        EndpointConfigName=f"{model}-branches",
        ProductionVariants=[
            {"VariantName": "all", "ModelName": model, "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}
        ],
        DataCaptureConfig={
            "EnableCapture": True,
            "InitialSamplingPercentage": 100,
            "DestinationS3Uri": answers,
            "CaptureOptions": [{"CaptureMode": "Input"}, {"CaptureMode": "Output"}],
        },
    )
