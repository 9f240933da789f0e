"""The sample ledger: one self-employed person's records, always up to the present day.

One module a subject. What it makes depends on the seed and the day only, down to the last identifier.
"""

from app.services.sample.making import make_sample

__all__ = ["make_sample"]
