resource "aws_sagemaker_notebook_instance" "analysts" {
  name                   = "loan-analysts"
  role_arn               = "arn:aws:iam::111122223333:role/lending-training"
  instance_type          = "ml.t3.medium"
  direct_internet_access = "Enabled"
  root_access            = "Enabled"

  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "1"
  }
}

resource "aws_sagemaker_model" "loan_default" {
  name                     = "loan-default"
  execution_role_arn       = "arn:aws:iam::111122223333:role/lending-serving"
  enable_network_isolation = false
}

resource "google_workbench_instance" "research" {
  name     = "loan-research"
  location = "europe-west1-b"

  gce_setup {
    machine_type      = "e2-standard-4"
    disable_public_ip = false
  }
}
