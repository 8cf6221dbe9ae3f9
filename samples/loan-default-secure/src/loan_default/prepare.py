"""Clean the applications and remove what identifies a person."""

from __future__ import annotations

import logging
from pathlib import Path

import pandas as pd

from loan_default.pseudonyms import pseudonym
from loan_default.schemas import RawApplications
from loan_default.storage import write_encrypted

logger = logging.getLogger(__name__)


def main() -> None:
    """Stage `prepare` of the pipeline."""
    logging.basicConfig(level=logging.INFO)
    raw = pd.read_csv(
        "data/raw/applications.csv",
        usecols=[
            "customer_id",
            "age_years",
            "annual_income",
            "employment_years",
            "loan_amount",
            "interest_rate",
            "defaulted",
        ],
    )
    applications = RawApplications.validate(raw, lazy=True)
    logger.info("%d applications in the export", len(applications))

    applications["applicant_ref"] = applications["customer_id"].map(pseudonym)
    applications = applications.drop(columns=["customer_id"])
    applications["loan_to_income"] = applications["loan_amount"] / applications["annual_income"]
    applications["employment_years"] = applications["employment_years"].fillna(0)

    holdout = applications.sample(frac=0.1, random_state=7)
    write_encrypted(holdout, Path("data/interim/holdout.parquet.enc"))
    write_encrypted(applications.drop(index=holdout.index), Path("data/interim/applications.parquet.enc"))


if __name__ == "__main__":
    main()
