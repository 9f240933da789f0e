"""The fields of a profile, as the settings and a new ledger show them."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.profile import Profile, check_profile
from app.services.region import guess_currency
from app.ui.i18n import tr
from app.ui.settings.choices import ChoiceField, countries, currencies, timezones
from app.ui.theme import theme
from app.ui.widgets.form import FormField


class ProfileForm(QWidget):
    """Name, country, currency and timezone. `edited` tells that the user changed something."""

    edited = Signal()

    def __init__(self, profile: Profile, *, follow_country: bool = False) -> None:
        super().__init__()
        self._base = profile
        self._currency_follows = follow_country
        self.name = QLineEdit(profile.name)
        self.country = ChoiceField(countries())
        self.currency = ChoiceField(currencies())
        self.timezone = ChoiceField(timezones())
        self.country.set_value(profile.country)
        self.currency.set_value(profile.currency)
        self.timezone.set_value(profile.timezone)
        self.fields = {
            "name": FormField(tr("&Your name"), self.name, optional=True),
            "country": FormField(tr("C&ountry"), self.country, optional=True),
            "currency": FormField(
                tr("C&urrency"), self.currency, help_text=tr("What totals and new purchases are in.")
            ),
            "timezone": FormField(
                tr("&Timezone"), self.timezone, help_text=tr("Where a day of the ledger begins and ends.")
            ),
        }
        self._lay_out()
        self._connect()

    def profile(self) -> Profile:
        """Return the profile as it is entered; what is none of the choices stays as it was typed."""
        return replace(
            self._base,
            name=self.name.text().strip(),
            country=_entered(self.country),
            currency=_entered(self.currency),
            timezone=_entered(self.timezone),
        )

    def problems(self) -> list[Problem]:
        """Return what keeps the profile from being saved."""
        return check_profile(self.profile())

    def show_problems(self, problems: Iterable[Problem]) -> bool:
        """Show problems at their fields, the focus in the first; tells whether there were any."""
        first: FormField | None = None
        found = {problem.field: problem for problem in problems}
        for key, field in self.fields.items():
            problem = found.get(key)
            if problem is None:
                field.clear_message()
                continue
            field.set_error(problem.reason)
            first = first or field
        if first is not None:
            first.focus_and_announce()
        return first is not None

    def _check_left(self, key: str) -> None:
        """Say what is wrong with one field when it is left."""
        for problem in self.problems():
            if problem.field == key:
                self.fields[key].set_error(problem.reason)
                return
        self.fields[key].clear_message()

    def _lay_out(self) -> None:
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("m"))
        column.addWidget(self.fields["name"])
        for pair in (("country", "currency"), ("timezone",)):
            row = QHBoxLayout()
            row.setSpacing(look.space("m"))
            for key in pair:
                row.addWidget(self.fields[key], 1)
            column.addLayout(row)

    def _connect(self) -> None:
        self.name.textEdited.connect(self.edited)
        self.name.editingFinished.connect(lambda: self._check_left("name"))
        for key, combo in (
            ("country", self.country),
            ("currency", self.currency),
            ("timezone", self.timezone),
        ):
            combo.currentTextChanged.connect(self.edited)
            line = combo.lineEdit()
            if line is not None:
                line.editingFinished.connect(lambda key=key: self._check_left(key))
        self.country.currentTextChanged.connect(self._country_changed)
        self.currency.activated.connect(self._currency_chosen)
        typed = self.currency.lineEdit()
        if typed is not None:
            typed.textEdited.connect(self._currency_chosen)

    def _currency_chosen(self) -> None:
        self._currency_follows = False

    def _country_changed(self) -> None:
        """Offer the currency of the country until the user has chosen one."""
        country = self.country.value()
        if self._currency_follows and country:
            self.currency.set_value(guess_currency(country))


def _entered(field: ChoiceField) -> str:
    value = field.value()
    return field.name() if value is None else value
