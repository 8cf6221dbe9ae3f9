"""What a table must look like before the next stage may use it."""

from __future__ import annotations

import pandera.pandas as pa


class RawApplications(pa.DataFrameModel):
    """The columns of the export that the model needs; the rest is never read."""

    customer_id: int = pa.Field(ge=1, unique=True)
    age_years: int = pa.Field(ge=18, le=110)
    annual_income: float = pa.Field(gt=0, le=5_000_000)
    employment_years: float = pa.Field(ge=0, le=70, nullable=True)
    loan_amount: float = pa.Field(gt=0, le=1_000_000)
    interest_rate: float = pa.Field(ge=0, le=40)
    defaulted: int = pa.Field(isin=[0, 1])

    class Config:
        strict = True
        coerce = True


class Applications(pa.DataFrameModel):
    """Prepared applications, without direct identifiers."""

    applicant_ref: str = pa.Field(str_matches=r"^[0-9a-f]{64}$", unique=True)
    age_years: int = pa.Field(ge=18, le=110)
    annual_income: float = pa.Field(gt=0, le=5_000_000)
    employment_years: float = pa.Field(ge=0, le=70)
    loan_amount: float = pa.Field(gt=0, le=1_000_000)
    interest_rate: float = pa.Field(ge=0, le=40)
    loan_to_income: float = pa.Field(ge=0, le=100)
    defaulted: int = pa.Field(isin=[0, 1])

    class Config:
        strict = True
        coerce = True
