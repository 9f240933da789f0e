"""The exchange rates of the small sample, as its owner entered them: `resources/sample/rates.json`."""

import json
from datetime import date
from decimal import Decimal

from app.domain.exchange_rates import ExchangeRate
from app.services.changes import Write
from app.services.sample.files import SAMPLE_FILES
from app.services.sample.purchases import TOLD_ON
from app.storage import exchange_rates


def plant_rates(write: Write, today: date) -> None:
    """Add the rates, moved to a day as the purchases are."""
    told = json.loads((SAMPLE_FILES / "rates.json").read_text(encoding="utf-8"))
    rates = (
        ExchangeRate(
            on=date.fromisoformat(one["on"]) + (today - TOLD_ON),
            base=one["base"],
            currency=one["currency"],
            rate=Decimal(one["rate"]),
        )
        for one in told
    )
    exchange_rates.insert(write, map(exchange_rates.stored, rates))
