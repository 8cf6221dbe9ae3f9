"""The same model at the subsidiaries: one is at home in Google Cloud, the other in Azure."""

from __future__ import annotations

import os

from azure.ai.ml.entities import AmlCompute
from azureml.core.webservice import AciWebservice
from google.cloud import aiplatform, bigquery

KMS_KEY = os.environ["LOAN_KMS_KEY"]
ENCRYPTION = bigquery.EncryptionConfiguration(kms_key_name=KMS_KEY)
HISTORY = bigquery.LoadJobConfig(destination_encryption_configuration=ENCRYPTION)


def derive_features(client: bigquery.Client, query: str, table: str) -> None:
    """Write the features of the customers from their history."""
    settings = bigquery.QueryJobConfig(destination=table, destination_encryption_configuration=ENCRYPTION)
    client.query(query, job_config=settings).result()


def train_in_google_cloud(specs: list[dict[str, object]]) -> None:
    """Train on the features."""
    aiplatform.init(project="loans", location="europe-west3", encryption_spec_key_name=KMS_KEY)
    aiplatform.CustomJob(display_name="loan-default", worker_pool_specs=specs).run()


def azure_resources(name: str, certificate: str, key: str) -> tuple[AmlCompute, object]:
    """A cluster for training and the settings of the scoring service."""
    cluster = AmlCompute(name="loans", size="Standard_D4s_v3", ssh_public_access_enabled=False)
    service = AciWebservice.deploy_configuration(
        cpu_cores=1,
        memory_gb=2,
        auth_enabled=True,
        ssl_enabled=True,
        ssl_cname=name,
        ssl_cert_pem_file=certificate,
        ssl_key_pem_file=key,
    )
    return cluster, service
