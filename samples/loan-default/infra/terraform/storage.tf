# Buckets for the data sets and the trained models of the loan default model

variable "stage" {
  type    = string
  default = "test"
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

resource "aws_s3_bucket_acl" "models" {
  bucket = aws_s3_bucket.models.id
  acl    = "public-read"
}

resource "aws_iam_role_policy" "training" {
  name = "training"
  role = "lending-training"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:*", "sagemaker:*"]
        Resource = "*"
      },
    ]
  })
}

resource "google_storage_bucket_iam_member" "reports" {
  bucket = "lending-model-reports"
  role   = "roles/storage.objectViewer"
  member = "allUsers"
}
