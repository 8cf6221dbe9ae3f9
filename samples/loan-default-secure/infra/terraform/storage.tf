# Buckets for the data sets and the trained models of the loan default model

variable "stage" {
  type    = string
  default = "test"
}

variable "kms_key_arn" {
  type = string
}

locals {
  buckets = {
    training_data = aws_s3_bucket.training_data.id
    models        = aws_s3_bucket.models.id
  }
}

resource "aws_s3_bucket" "training_data" {
  bucket = "lending-ml-data-${var.stage}"
}

resource "aws_s3_bucket" "models" {
  bucket = "lending-ml-models-${var.stage}"

  tags = {
    Team = "credit-risk"
  }
}

resource "aws_s3_bucket_public_access_block" "all" {
  for_each = local.buckets
  bucket   = each.value

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "all" {
  for_each = local.buckets
  bucket   = each.value

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "all" {
  for_each = local.buckets
  bucket   = each.value

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
    bucket_key_enabled = true
  }
}

resource "aws_iam_role_policy" "training" {
  name = "training"
  role = "lending-training"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject"]
        Resource = "${aws_s3_bucket.training_data.arn}/*"
      },
    ]
  })
}

resource "google_storage_bucket_iam_member" "reports" {
  bucket = "lending-model-reports"
  role   = "roles/storage.objectViewer"
  member = "group:credit-risk@lending.example"
}
