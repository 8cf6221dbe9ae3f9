"""Probability that a consumer loan defaults within twelve months."""

__version__ = "1.8.0"
