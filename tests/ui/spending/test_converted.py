"""The page in one total: what it shows, what it says of rates, and what it leaves out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pytestqt.qtbot import QtBot

from app.domain.exchange_rates import ExchangeRate
from app.domain.purchases import PurchaseFilter
from app.domain.spending_periods import ONE_TOTAL
from app.services import exchange_rates
from app.ui.actions import Action, Place
from app.ui.session import Session
from app.ui.spending.choices import Choices
from app.ui.spending.page import RATES, SpendingPage
from tests.helpers.ledgers import add_all, bought
from tests.ui.purchases.conftest import Window
from tests.ui.spending.bought import MakePage
from tests.ui.spending.test_page import choose

EURO = ExchangeRate(date(2026, 10, 1), "EUR", "USD", Decimal("1.2"))
NOTE = "Converted from EUR with the rate of 1 Oct 2026"


def in_one_total(qtbot: QtBot, page: SpendingPage) -> None:
    choose(qtbot, page, page.controls.currency, ONE_TOTAL)


def test_one_total_is_offered_where_something_was_paid_in_another_currency(make_page: MakePage) -> None:
    page = make_page()
    combo = page.controls.currency
    assert [combo.itemText(at) for at in range(combo.count())] == ["USD", "EUR", "One total, in USD"]
    assert page.board.conversion.isHidden()


def test_one_total_is_not_offered_where_it_would_change_nothing(make_page: MakePage) -> None:
    page = make_page([bought("Desk", 60000, "USD", purchased_on=date(2026, 10, 3))])
    assert page.controls.currency.isHidden()


def test_every_figure_is_converted_and_says_so(qtbot: QtBot, session: Session, make_page: MakePage) -> None:
    session.ledger.run(exchange_rates.save(EURO))
    page = make_page()
    in_one_total(qtbot, page)
    assert page.found is not None
    assert page.found.total is not None
    # 600 + 75 + 40 dollars, and 15 euros at 1.20.
    assert page.board.metrics.total.accessibleName().startswith("Spent, net of refunds: $733.00")
    assert page.board.conversion.note.text() == f"{NOTE}."
    assert page.board.conversion.notice.isHidden()
    for chart in (page.board.over_time, *page.board.groups, page.board.products):
        assert chart._caption.text().endswith(NOTE)
        assert chart.table.accessibleDescription() == NOTE
    assert ["Otto", "1", "2.46%", "$18.00"] in [
        [text for text, _ in page.board.retailers.values().cells(at)]
        for at in range(len(page.board.retailers.values()))
    ]
    assert "Converted" not in page.board.covers._caption.text()
    assert "€15.00" in [row[3] for row in page.board.purchases.texts()]


def test_cards_without_the_period_before_do_not_say_that_its_figures_were_converted(
    qtbot: QtBot, session: Session, make_page: MakePage
) -> None:
    session.ledger.run(exchange_rates.save(replace(EURO, on=date(2025, 10, 1))))
    page = make_page(
        [
            bought("Desk", 60000, "USD", purchased_on=date(2026, 10, 3)),
            bought("Buch", 1500, "EUR", purchased_on=date(2025, 10, 3)),
        ]
    )
    in_one_total(qtbot, page)
    note = "Converted from EUR with the rate of 1 Oct 2025"
    assert page.board.conversion.note.text() == f"{note}."
    assert page.board.over_time._caption.text().endswith(note)
    for chart in (*page.board.groups, page.board.products):
        assert "Converted" not in chart._caption.text()
        assert chart.table.accessibleDescription() == ""


def test_what_has_no_rate_is_left_out_and_told_with_a_way_to_enter_one(
    qtbot: QtBot, session: Session, make_page: MakePage
) -> None:
    opened: list[str] = []
    session.actions.add(
        Action(RATES, "&Exchange rates…", lambda: opened.append("rates"), Place("tools", 90, 0))
    )
    page = make_page()
    in_one_total(qtbot, page)
    conversion = page.board.conversion
    assert conversion.notice.text() == "€15.00 is left out: there is no rate for EUR."
    assert conversion.note.isHidden()
    assert conversion.link in page.panes()
    conversion.link.click()
    assert opened == ["rates"]
    before = page.found
    session.ledger.run(exchange_rates.save(EURO))
    qtbot.waitUntil(lambda: page.found is not before and page.found is not None)
    assert conversion.notice.isHidden()
    assert conversion.note.text() == f"{NOTE}."


def test_a_purchase_older_than_every_rate_is_told(
    qtbot: QtBot, session: Session, make_page: MakePage
) -> None:
    session.ledger.run(exchange_rates.save(ExchangeRate(date(2026, 11, 1), "EUR", "USD", Decimal("1.2"))))
    page = make_page()
    in_one_total(qtbot, page)
    assert page.board.conversion.note.text() == (
        "Converted from EUR with the rate of 1 Nov 2026. "
        "1 purchase is older than the first rate known, which was used for it."
    )


def test_the_period_before_is_told_apart(qtbot: QtBot, session: Session, make_page: MakePage) -> None:
    session.ledger.run(exchange_rates.save(EURO))
    session.ledger.run(add_all([[bought("Fika", 9900, "SEK", purchased_on=date(2025, 10, 9))]]))
    page = make_page()
    in_one_total(qtbot, page)
    assert page.board.conversion.notice.text() == "The period before leaves out SEK\xa099.00."


def test_the_purchases_behind_one_total_are_those_in_any_currency(
    qtbot: QtBot, session: Session, window: Window, make_page: MakePage
) -> None:
    session.ledger.run(exchange_rates.save(EURO))
    page = make_page()
    in_one_total(qtbot, page)
    page.show_period()
    wanted = PurchaseFilter(bought_from=date(2025, 12, 1), bought_to=date(2026, 11, 20))
    assert window.shown[-1] == ("purchases", {"filter": wanted})
    assert page._offer().wanted == wanted


def test_the_choice_is_remembered(qtbot: QtBot, session: Session, make_page: MakePage) -> None:
    page = make_page()
    in_one_total(qtbot, page)
    assert Choices.from_json(session.state.get("spending")).asked.currency == ONE_TOTAL
