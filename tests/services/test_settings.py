"""Settings travel with the ledger and are never undone."""

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.services import purchases, settings
from app.services.ledger import Ledger
from tests.helpers.ledgers import bought, opened

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(max_size=5), values, max_size=2))
def test_what_was_put_is_read_again(ledger: Ledger, given_values: dict[str, object]) -> None:
    ledger.run(settings.put(given_values))
    stored = settings.read_all(ledger)
    assert {key: stored[key] for key in given_values} == given_values


def test_undo_steps_over_settings(ledger: Ledger) -> None:
    ledger.run(purchases.add(bought("Kettle")))
    ledger.run(settings.put({"columns": ["name", "price"]}))
    assert ledger.undo_label == "Add “Kettle”"
    ledger.undo().result()
    ledger.close()
    with opened(ledger.path) as again:
        assert settings.read_all(again)["columns"] == ["name", "price"]
        assert purchases.count(again) == 0
