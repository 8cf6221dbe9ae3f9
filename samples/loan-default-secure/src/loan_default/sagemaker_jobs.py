"""Train the repayment model on SageMaker and open an endpoint for the branches."""

from __future__ import annotations

import os

import boto3
from sagemaker.pytorch import PyTorch

KMS_KEY = os.environ["LOAN_KMS_KEY"]
SUBNETS = os.environ["LOAN_SUBNETS"].split(",")
SECURITY_GROUPS = os.environ["LOAN_SECURITY_GROUPS"].split(",")


def train(role: str, data: str) -> None:
    """Train on two machines; the repayment histories are the channel `train`."""
    estimator = PyTorch(
        entry_point="train.py",
        role=role,
        framework_version="2.4",
        py_version="py311",
        instance_type="ml.m5.4xlarge",
        instance_count=2,
        encrypt_inter_container_traffic=True,
        enable_network_isolation=True,
        output_kms_key=KMS_KEY,
        volume_kms_key=KMS_KEY,
        subnets=SUBNETS,
        security_group_ids=SECURITY_GROUPS,
    )
    estimator.fit({"train": data})


def open_notebook(role: str) -> None:
    """A notebook for the analysts of the credit department."""
    boto3.client("sagemaker").create_notebook_instance(
        NotebookInstanceName="credit-analysts",
        InstanceType="ml.t3.large",
        RoleArn=role,
        SubnetId=SUBNETS[0],
        SecurityGroupIds=SECURITY_GROUPS,
        DirectInternetAccess="Disabled",
        RootAccess="Disabled",
        KmsKeyId=KMS_KEY,
    )


def deploy(model: str, answers: str) -> None:
    """Serve the model and keep what the branches ask."""
    boto3.client("sagemaker").create_endpoint_config(
        EndpointConfigName=f"{model}-branches",
        ProductionVariants=[
            {"VariantName": "all", "ModelName": model, "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}
        ],
        KmsKeyId=KMS_KEY,
        DataCaptureConfig={
            "EnableCapture": True,
            "InitialSamplingPercentage": 100,
            "DestinationS3Uri": answers,
            "KmsKeyId": KMS_KEY,
            "CaptureOptions": [{"CaptureMode": "Input"}, {"CaptureMode": "Output"}],
        },
    )
