"""The same model at the subsidiaries: one is at home in Google Cloud, the other in Azure."""

from __future__ import annotations

import os

from azure.ai.ml.entities import AmlCompute
from azureml.core.webservice import AciWebservice
from google.cloud import aiplatform, bigquery

ENCRYPTION = bigquery.EncryptionConfiguration(kms_key_name=os.environ["LOAN_KMS_KEY"])
HISTORY = bigquery.LoadJobConfig(destination_encryption_configuration=ENCRYPTION)


def derive_features(client: bigquery.Client, query: str, table: str) -> None:
    """Write the features of the customers from their history."""
    client.query(query, job_config=bigquery.QueryJobConfig(destination=table)).result()


def train_in_google_cloud(specs: list[dict[str, object]]) -> None:
    """Train on the features."""
    aiplatform.init(project="loans", location="europe-west3")
    aiplatform.CustomJob(display_name="loan-default", worker_pool_specs=specs).run(enable_web_access=True)


def azure_resources() -> tuple[AmlCompute, object]:
    """A cluster for training and the settings of the scoring service."""
    cluster = AmlCompute(name="loans", size="Standard_D4s_v3", ssh_public_access_enabled=True)
    return cluster, AciWebservice.deploy_configuration(cpu_cores=1, memory_gb=2, auth_enabled=False)
