resource "aws_sagemaker_notebook_instance" "analysts" {
  name                   = "loan-analysts"
  role_arn               = "arn:aws:iam::111122223333:role/lending-training"
  instance_type          = "ml.t3.medium"
  subnet_id              = var.subnet_id
  security_groups        = [var.security_group_id]
  kms_key_id             = var.kms_key_arn
  direct_internet_access = "Disabled"
  root_access            = "Disabled"

  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}

resource "aws_sagemaker_model" "loan_default" {
  name                     = "loan-default"
  execution_role_arn       = "arn:aws:iam::111122223333:role/lending-serving"
  enable_network_isolation = true
}

resource "google_workbench_instance" "research" {
  name     = "loan-research"
  location = "europe-west1-b"

  gce_setup {
    machine_type      = "e2-standard-4"
    disable_public_ip = true
  }
}

variable "subnet_id" {
  type = string
}

variable "security_group_id" {
  type = string
}
