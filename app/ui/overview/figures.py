"""The figure cards: what each says of what was read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.debts.plan import Plan
from app.domain.exchange_rates import ConvertedTotal
from app.domain.money import Money
from app.services.backup import LastBackup
from app.services.overview import Covered, Debts, Outlook, Owed, Spent
from app.ui import formats
from app.ui.backups import words as backup_words
from app.ui.charts.metric_card import Figure as Shown
from app.ui.charts.metric_card import Improves
from app.ui.i18n import tr, tr_n
from app.ui.overview import words
from app.ui.overview.choices import Figure
from app.ui.plans import words as plan_words
from app.ui.rates import words as rates

_POINTS = 40
"""A small line has no room for more points."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One card: `key` tells it from all others, `page` is what a click opens."""

    key: str
    title: str
    shown: Shown
    improves: Improves
    page: str


def not_enough() -> Shown:
    """Return what a card says that has nothing to go by."""
    return Shown(formats.NO_VALUE, against=tr("Not enough data yet"))


def spent(figure: Figure, found: Sequence[Spent]) -> Iterator[Metric]:
    """Give a card for each currency that something was bought in."""
    several = len(found) > 1
    for one in found:
        title = (
            tr("Spent in {month}").format(month=words.month_name(one.span.first))
            if figure is Figure.SPENT_MONTH
            else tr("Spent in {year}").format(year=one.span.first.year)
        )
        title = _of_currency(title, one.currency, several)
        if one.converted is not None:
            title = tr("{title}, all in {currency}").format(title=title, currency=one.currency)
        value = plan_words.money(one.net, one.currency)
        shown = Shown(value, against=tr("nothing to compare with yet"), history=one.history)
        if one.before is not None:
            before = plan_words.money(one.before, one.currency)
            against = tr("vs {days} ({figure})").format(days=_days(figure, one), figure=before)
            shown = _moved(shown, one.net - one.before, one.currency, against)
        if one.converted is not None:
            shown = replace(shown, then=_conversion(one.converted))
        yield Metric(f"{figure}.{one.currency}", title, _spoken(title, shown), Improves.DOWN, "spending")
    if not found:
        yield Metric(figure, words.figure_name(figure), not_enough(), Improves.DOWN, "spending")


def owed(found: Debts) -> Iterator[Metric]:
    """Give a card for each currency that there are debts in."""
    for one in found.owed:
        title = _of_currency(words.figure_name(Figure.OWED), one.currency, len(found.owed) > 1)
        yield Metric(f"{Figure.OWED}.{one.currency}", title, _owed(title, one), Improves.DOWN, "debts")


def debt_free(found: Debts) -> Iterator[Metric]:
    """Give a card for each currency that something is owed in."""
    for one in found.outlooks:
        title = words.figure_name(Figure.DEBT_FREE)
        if one.plan is not None:
            strategy = plan_words.strategy_title(one.plan.strategy)
            title = tr("Debt-free with {strategy}").format(strategy=strategy)
        title = _of_currency(title, one.currency, len(found.outlooks) > 1)
        key = f"{Figure.DEBT_FREE}.{one.currency}"
        yield Metric(key, title, _spoken(title, _debt_free(one)), Improves.DOWN, "plans")
    if not found.outlooks:
        shown = Shown(formats.NO_VALUE, against=tr("Nothing is owed"))
        yield Metric(Figure.DEBT_FREE, words.figure_name(Figure.DEBT_FREE), shown, Improves.DOWN, "plans")


def in_warranty(found: Covered) -> Metric:
    """Return the card of warranties in force."""
    title = words.figure_name(Figure.IN_WARRANTY)
    shown = not_enough()
    if found.recorded:
        before = found.history[-2]
        now = found.in_force
        shown = Shown(formats.count(now), history=found.history)
        against = tr("since {month}").format(month=words.month_name(found.month))
        moved = f"+{formats.count(now - before)}" if now > before else formats.count(now - before)
        shown = replace(shown, moved=moved if now != before else "", way=_way(now - before), against=against)
        if now == before:
            shown = replace(shown, against=tr("no change {since}").format(since=against))
    return Metric(Figure.IN_WARRANTY, title, _spoken(title, shown), Improves.NONE, "warranties")


def files(count: int, size: int) -> Metric:
    """Return the card of receipts and other files."""
    title = words.figure_name(Figure.FILES)
    against = tr("{size} on disk").format(size=formats.file_size(size)) if count else tr("None kept yet")
    shown = Shown(formats.count(count), against=against)
    return Metric(Figure.FILES, title, _spoken(title, shown), Improves.NONE, "purchases")


def backed_up(last: LastBackup | None, now: datetime) -> Metric:
    """Return the card that says when the ledger was backed up last; `now` is by the owner's clock."""
    title = words.figure_name(Figure.BACKUP)
    if last is None:
        shown = Shown(formats.NO_VALUE, against=tr("No backup yet"))
    else:
        shown = Shown(
            backup_words.ago(last.at, now), against=backup_words.files_and_size(last.files, last.bytes)
        )
    return Metric(Figure.BACKUP, title, _spoken(title, shown), Improves.NONE, "backups")


# -- inside


def _owed(title: str, one: Owed) -> Shown:
    shown = Shown(plan_words.money(one.balance, one.currency), history=one.history)
    if one.before is None:
        return _spoken(title, replace(shown, against=tr("Not enough data yet")))
    against = tr("since {month}").format(month=words.month_name(one.month))
    return _spoken(title, _moved(shown, one.balance - one.before, one.currency, against))


def _debt_free(one: Outlook) -> Shown:
    plan, saved = one.plan, one.months_saved
    if plan is None:
        why = plan_words.refusal(one.problem, one.currency) if one.problem else tr("Nothing is owed")
        return Shown(formats.NO_VALUE, against=why, then=why)
    history = _thinned(plan)
    if plan.months is None:
        why = plan_words.never_ends(plan, one.currency)
        return Shown(tr("Never"), against=why, then=why, history=history)
    shown = Shown(plan_words.debt_free(plan), history=history)
    if plan is one.baseline:
        return replace(shown, against=tr("with nothing above the minimums"))
    if saved is None:
        return replace(shown, against=tr("minimums only would never end"))
    if saved == 0:
        return replace(shown, way=0, against=tr("no sooner than minimums only"))
    sooner = (
        tr_n("{n} month sooner", "{n} months sooner", saved)
        if saved > 0
        else tr_n("{n} month later", "{n} months later", -saved)
    )
    return replace(shown, moved=sooner, way=-1 if saved > 0 else 1, against=tr("than minimums only"))


def _moved(shown: Shown, by: int, currency: str, against: str) -> Shown:
    if not by:
        return replace(shown, way=0, against=tr("no change {against}").format(against=against))
    return replace(shown, moved=formats.gain(Money(by, currency)), way=_way(by), against=against)


def _spoken(title: str, shown: Shown) -> Shown:
    """Put the whole card into a sentence: "Owed in total: $31,278.73, down $749.05 since October"."""
    said = tr("{title}: {value}").format(title=title, value=shown.value)
    change = shown.moved.lstrip(f"+{formats.MINUS}")
    if shown.moved and shown.moved != change:
        way = tr("up {change}") if (shown.way or 0) > 0 else tr("down {change}")
        change = way.format(change=change)
    rest = " ".join(part for part in (change, shown.against) if part)
    said = f"{said}, {rest}" if rest else said
    return replace(shown, spoken=f"{said}. {shown.then}" if shown.then and shown.then != rest else said)


def _conversion(found: ConvertedTotal) -> str:
    """Say that a figure is converted, by which rates, and what is left out of it."""
    return ". ".join(part for part in (rates.note(found), rates.early(found), rates.left_out(found)) if part)


def _days(figure: Figure, one: Spent) -> str:
    if figure is Figure.SPENT_MONTH:
        return words.span(one.before_span)
    return formats.date_range(*one.before_span)


def _of_currency(title: str, currency: str, several: bool) -> str:
    return tr("{title}, {currency}").format(title=title, currency=currency) if several else title


def _thinned(plan: Plan) -> tuple[float, ...]:
    step = max(1, -(-len(plan.balances) // _POINTS))
    return (*plan.balances[::step], plan.balances[-1])


def _way(difference: int) -> int:
    return (difference > 0) - (difference < 0)
