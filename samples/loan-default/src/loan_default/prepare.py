"""Clean the applications and join the base rates."""

from __future__ import annotations

import logging

import pandas as pd

logger = logging.getLogger(__name__)


def main() -> None:
    """Stage `prepare` of the pipeline."""
    logging.basicConfig(level=logging.INFO)
    applications = pd.read_csv(
        "data/raw/applications.csv",
        usecols=[
            "customer_id",
            "first_name",
            "last_name",
            "email",
            "phone_number",
            "ssn",
            "date_of_birth",
            "zip_code",
            "annual_income",
            "employment_years",
            "loan_amount",
            "interest_rate",
            "purpose",
            "defaulted",
        ],
        parse_dates=["date_of_birth"],
    )
    logger.info("first applications:\n%s", applications[["first_name", "last_name", "email", "ssn"]].head())

    today = pd.Timestamp.today()
    applications["age_years"] = (today - applications["date_of_birth"]).dt.days // 365
    applications["loan_to_income"] = applications["loan_amount"] / applications["annual_income"]
    applications["employment_years"] = applications["employment_years"].fillna(0)

    duplicates = applications[applications.duplicated("email", keep=False)]
    for row in duplicates.itertuples():
        print(f"duplicate application of {row.first_name} {row.last_name}, {row.email}")

    holdout = applications.sample(frac=0.1, random_state=7)
    holdout.to_csv("data/interim/holdout.csv", index=False)
    applications.drop(index=holdout.index).to_csv("data/interim/applications.csv", index=False)

    # The collections team matches outcomes by these two columns.
    applications[["email", "ssn", "defaulted"]].to_parquet("data/interim/outcomes.parquet")


if __name__ == "__main__":
    main()
