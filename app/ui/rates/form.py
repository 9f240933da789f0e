"""The dialog that enters a rate, or changes one that was entered."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.exchange_rates import ExchangeRate, check_rate
from app.domain.parsing import NotUnderstood, parse_money
from app.domain.problems import Problem
from app.services import exchange_rates
from app.services.changes import Command
from app.ui import entry
from app.ui.entry import Reading
from app.ui.i18n import tr
from app.ui.rates import words
from app.ui.records.dialog import RecordDialog
from app.ui.records.entries import ChoiceEntry, DateEntry, TypedField, usual_currencies
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.form import FormField
from app.ui.widgets.label import Label

_SIZE = (480, 0)


class ExchangeRateEntry(TypedField[Decimal]):
    """A rate greater than 0, with any number of decimals."""

    def __init__(self, label: str) -> None:
        line = QLineEdit()
        line.setFont(theme.current().num_font("body"))
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        super().__init__(label, line, _read, required=_wanted())

    def set_value(self, rate: Decimal | None) -> None:
        """Show a rate, or nothing."""
        self.set_text("" if rate is None else words.rate_text(rate))

    def _write_out(self, value: Decimal) -> None:
        modified = self.line.isModified()
        self.line.setText(words.rate_text(value))
        self.line.setModified(modified)


def _read(text: str) -> Reading[Decimal]:
    try:
        parsed = parse_money(text, entry.decimal_mark())
    except NotUnderstood:
        raise ValueError(_wanted()) from None
    if parsed.currency or parsed.value <= 0:
        raise ValueError(_wanted())
    return Reading(parsed.value)


def _wanted() -> str:
    return tr("Enter a rate greater than 0, such as {example}.").format(
        example=words.rate_text(Decimal("1.0823"))
    )


class RateFields(QWidget):
    """What one unit of a currency is worth in another, and since which day."""

    def __init__(
        self, rate: ExchangeRate | None, base: str, currency: str, today: Callable[[], dt.date]
    ) -> None:
        super().__init__()
        codes = [(code, code) for code in usual_currencies()]
        self.base = ChoiceEntry(tr("&One"), codes)
        self.rate = ExchangeRateEntry(tr("Is &worth"))
        self.currency = ChoiceEntry(tr("&In"), codes)
        self.on = DateEntry(
            tr("&Since"),
            today,
            required=tr("Enter the day since which the rate holds."),
            help_text=tr("It is used for purchases from this day on, until a later rate is known."),
        )
        self.told = Label("", "small", "secondary", tabular=True, wrap=True)
        self.named: dict[str, FormField] = {
            "rate": self.rate,
            "base": self.base,
            "currency": self.currency,
            "on": self.on,
        }
        self.base.set_value(rate.base if rate else base)
        self.currency.set_value(rate.currency if rate else currency)
        self.rate.set_value(rate.rate if rate else None)
        self.on.set_value(rate.on if rate else today())
        self._id = rate.id if rate else 0
        self._lay_out()
        for combo in (self.base.combo, self.currency.combo):
            combo.currentIndexChanged.connect(self._tell)
        self.rate.line.textChanged.connect(self._tell)
        self._tell()

    def entered(self) -> ExchangeRate | None:
        """Return the rate as it is entered, None with what is wrong shown at its field."""
        if not all([self.rate.check(), self.on.check()]):
            return None
        found = self._readable()
        if found is None:
            return None
        problems = check_rate(found)
        self.show_problems(problems)
        return None if problems else found

    # -- what the dialog asks

    def snapshot(self) -> tuple[object, ...]:
        """Return everything that was entered."""
        return self.base.value(), self.rate.text(), self.currency.value(), self.on.text()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show problems at the fields they belong to."""
        for problem in problems:
            if problem.field in self.named:
                self.named[problem.field].set_error(problem.reason)

    def focus_first_error(self) -> None:
        """Go to the first field that is marked as wrong."""
        wrong = next((field for field in self.named.values() if field.state == "error"), None)
        if wrong is not None:
            wrong.focus_and_announce()

    def focus_start(self) -> None:
        """Go to the rate, which is what differs most."""
        self.rate.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rate.line.selectAll()

    def resume(self) -> None:
        """Go on at the rate."""
        self.focus_start()

    # -- inside

    def _readable(self) -> ExchangeRate | None:
        rate, day = self.rate.readable(), self.on.readable()
        if rate is None or day is None:
            return None
        return ExchangeRate(day, self.base.value(), self.currency.value(), rate, id=self._id)

    def _tell(self) -> None:
        """Say what the rate means both ways: the surest way to see one that was entered upside down."""
        found = self._readable()
        fine = found is not None and not check_rate(found)
        self.told.setText(words.both_ways(found) if found is not None and fine else " ")
        for field in (self.base, self.currency):
            if field.state:
                field.clear_message()

    def _lay_out(self) -> None:
        look = theme.current()
        row = QHBoxLayout()
        row.setSpacing(look.space("m"))
        for field, stretch in ((self.base, 2), (self.rate, 3), (self.currency, 2)):
            row.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space("xl"), look.space("l"), look.space("xl"), look.space("l"))
        column.setSpacing(look.space("m"))
        column.addLayout(row)
        column.addWidget(self.told)
        column.addWidget(self.on)
        column.addStretch()


class RateDialog(RecordDialog):
    """Saves a rate. `given` is one to change by its id, or an imported one to start an own one from."""

    def __init__(
        self, session: Session, given: ExchangeRate | None = None, parent: QWidget | None = None
    ) -> None:
        changing = given is not None and bool(given.id)
        super().__init__(session, tr("Change a rate") if changing else tr("Add a rate"), parent=parent)
        own = session.ledger.profile.currency
        self.fields = RateFields(given, "EUR" if own != "EUR" else "USD", own, session.ledger.today)
        self.assemble(self.fields, self.fields, _SIZE, another=not changing)
        self.settle()

    def command(self) -> Command | None:
        """Save what was entered."""
        rate = self.fields.entered()
        return None if rate is None else exchange_rates.save(rate)

    def begin_another(self) -> str:
        """Keep the currencies and the day."""
        self.fields.rate.set_value(None)
        return tr("Added. Enter the next one.")
