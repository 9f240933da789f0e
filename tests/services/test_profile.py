"""The profile is saved whole, or refused."""

import pytest

from app.domain.problems import Refused
from app.domain.profile import Profile
from app.services import profile
from app.services.ledger import Ledger
from tests.helpers.ledgers import opened


def test_a_profile_is_saved_undone_and_kept(ledger: Ledger) -> None:
    first = ledger.profile
    second = Profile("Robin", "US", "America/New_York", "USD", 109_400)
    ledger.run(profile.save(second))
    assert ledger.profile == second
    ledger.undo().result()
    assert ledger.profile == first
    ledger.redo().result()
    ledger.close()
    with opened(ledger.path) as again:
        assert again.profile == second


def test_a_profile_that_cannot_be_is_refused_with_every_problem(ledger: Ledger) -> None:
    with pytest.raises(Refused) as refusal:
        profile.save(Profile(country="Germany", currency="Taler", timezone="Mars"))
    assert [problem.field for problem in refusal.value.problems] == ["country", "currency", "timezone"]
    assert ledger.profile == Profile(currency="EUR")
