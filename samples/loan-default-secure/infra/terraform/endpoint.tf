resource "aws_sagemaker_domain" "studio" {
  domain_name             = "lending"
  auth_mode               = "IAM"
  vpc_id                  = var.vpc
  subnet_ids              = var.subnets
  app_network_access_type = "VpcOnly"
  kms_key_id              = var.kms_key
}

resource "aws_sagemaker_endpoint_configuration" "loan_default" {
  name        = "loan-default-prod"
  kms_key_arn = var.kms_key

  production_variants {
    model_name             = aws_sagemaker_model.loan_default.name
    instance_type          = "ml.m5.large"
    initial_instance_count = 1
  }

  data_capture_config {
    enable_capture              = true
    destination_s3_uri          = "s3://lending-capture/loan-default"
    initial_sampling_percentage = 20
    kms_key_id                  = var.kms_key

    capture_options {
      capture_mode = "InputAndOutput"
    }
  }
}

resource "google_vertex_ai_featurestore" "applicants" {
  name   = "applicants"
  region = "europe-west1"

  encryption_spec {
    kms_key_name = var.vertex_key
  }
}

resource "aws_s3_bucket_public_access_block" "training" {
  bucket                  = var.training_bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
