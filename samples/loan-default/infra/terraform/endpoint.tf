resource "aws_sagemaker_domain" "studio" {
  domain_name             = "lending"
  auth_mode               = "IAM"
  vpc_id                  = var.vpc
  subnet_ids              = var.subnets
  app_network_access_type = "PublicInternetOnly"
}

resource "aws_sagemaker_endpoint_configuration" "loan_default" {
  name = "loan-default-prod"

  production_variants {
    model_name             = aws_sagemaker_model.loan_default.name
    instance_type          = "ml.m5.large"
    initial_instance_count = 1
  }
}

resource "google_vertex_ai_featurestore" "applicants" {
  name   = "applicants"
  region = "europe-west1"
}

resource "aws_s3_bucket_public_access_block" "training" {
  bucket                  = var.training_bucket
  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = true
}
