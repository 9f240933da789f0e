"""What was entered lately in a field of free text is offered again."""

from datetime import date
from pathlib import Path

from app.domain.profile import Profile
from app.domain.purchases import Purchase
from app.services import purchases
from app.services.ledger import create_ledger, open_ledger


def test_the_most_frequent_text_comes_first(tmp_path: Path) -> None:
    create_ledger(tmp_path, Profile())
    ledger = open_ledger(tmp_path)
    try:
        for day, paid_with in enumerate(["Debit", "Visa", "Visa", "", "Cash"], start=1):
            bought = date(2026, 1, day)
            ledger.run(purchases.add(Purchase("Pen", 100, "EUR", bought, paid_with=paid_with)))
        assert purchases.used_texts(ledger, "paid_with") == ["Visa", "Cash", "Debit"]
        assert purchases.used_texts(ledger, "kept_at") == []
    finally:
        ledger.close()
