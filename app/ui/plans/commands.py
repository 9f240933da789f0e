"""What a user can do with plans: the actions of the page, and what they run."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.services import scenarios
from app.services.changes import Change, Command
from app.ui.actions import Action, Menu, Place
from app.ui.exporting.register import ACTION as EXPORT
from app.ui.i18n import tr
from app.ui.plans import model
from app.ui.plans.model import Place as ItemPlace
from app.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from app.ui.plans.desk import PlanDesk
    from app.ui.plans.page import PlansPage

PAGE = "plans"
_MENU = "data/plan"


class PlanCommands:
    """The commands of one page, on the plan in work."""

    def __init__(self, page: "PlansPage") -> None:
        self._page = page
        self._session: Session = page.session
        self._desk: PlanDesk = page.desk

    # -- scenarios

    def save(self) -> None:
        """Save the changes of a scenario, or the plan as a new one."""
        scenario = self._desk.scenario
        if scenario is None:
            return
        if self._desk.saved is None:
            self.save_as()
        elif self._desk.is_changed:
            self._run(scenarios.save(scenario))

    def save_as(self) -> None:
        """Ask for a name, and save the plan as a scenario by it."""
        from app.ui.plans.forms.scenario import NameDialog

        scenario = self._desk.scenario
        if scenario is None:
            return
        fresh = replace(scenario, id=0, uuid=None, series=None, version=1, in_use_since=None)
        dialog = NameDialog(
            self._session,
            tr("Save as scenario"),
            tr("Save"),
            self._free_name(scenario.name),
            lambda name: scenarios.save(replace(fresh, name=name)),
            tr("The scenario keeps today’s balances, so that it always shows what it shows now."),
        )
        dialog.saved.connect(self._desk.load)
        self._open(dialog)

    def rename(self) -> None:
        """Ask for another name of the scenario."""
        from app.ui.plans.forms.scenario import NameDialog

        saved = self._desk.saved
        if saved is None:
            return
        dialog = NameDialog(
            self._session,
            tr("Rename scenario"),
            tr("Rename"),
            saved.name,
            lambda name: scenarios.rename(saved.id, name),
        )
        self._open(dialog)

    def duplicate(self) -> None:
        """Copy the scenario, and show the copy."""
        if self._desk.saved is not None:
            self._run(scenarios.duplicate(self._desk.saved.id))

    def delete(self) -> None:
        """Delete the scenario with all its versions; undo brings it back."""
        if self._desk.saved is not None:
            self._session.bridge.run_command(scenarios.remove([self._desk.saved.id]))

    def refresh(self) -> None:
        """Make a newer version of the scenario from what is owed today."""
        saved, data = self._desk.saved, self._desk.data
        if saved is None or data is None:
            return
        known = {debt.identity for debt in saved.debts}
        owed = [debt for debt in self._desk.todays_debts() if debt.identity in known]
        if owed:
            self._run(scenarios.save_version(saved.id, owed, data.start))
        else:
            self._session.notices.show_problem(
                tr("None of the debts of “{name}” is owed any more; there is nothing to refresh.").format(
                    name=saved.name
                )
            )

    def toggle_use(self) -> None:
        """Follow the scenario from today on, or no longer."""
        saved = self._desk.saved
        if saved is None:
            return
        if saved.in_use_since is not None:
            self._session.bridge.run_command(scenarios.put_out_of_use(saved.id))
        else:
            self._session.bridge.run_command(scenarios.put_in_use(saved.id, self._session.ledger.today()))

    def compare(self) -> None:
        """Show saved scenarios side by side."""
        from app.ui.plans.compare import CompareDialog

        data = self._desk.data
        if data is None:
            return
        self._open(CompareDialog(self._session, data, self._desk.currency))

    def _run(self, command: Command) -> None:
        self._session.bridge.run_command(command, self._show_result)

    def _show_result(self, change: Change) -> None:
        result = change.result
        self._desk.load(result[0] if isinstance(result, tuple) else int(result))

    def _free_name(self, name: str) -> str:
        data = self._desk.data
        taken = {scenario.name.casefold() for scenario in data.scenarios} if data else set()
        number, free = 2, name
        while free.casefold() in taken:
            free, number = f"{name} {number}", number + 1
        return free

    # -- the plan

    def export(self) -> None:
        """Ask where the schedule is to be written, and write it."""
        from app.ui.exporting.schedule_dialog import ask_and_export

        view = self._desk.view
        if view is not None:
            ask_and_export(self._session, view.chosen.plan, view.scenario.currency, view.scenario.name)

    def add(self, kind: str) -> None:
        """Ask for a what-if of a kind, and add it."""
        from app.ui.plans.forms.what_if import dialog_for

        scenario = self._desk.scenario
        if scenario is None or not scenario.debts:
            return
        dialog = dialog_for(kind, scenario, parent=self._session.window)
        dialog.accepted.connect(lambda: self._desk.put_item(dialog.part, dialog.result_item))
        self._open(dialog)

    def change(self, place: ItemPlace) -> None:
        """Ask how a what-if is to be changed."""
        from app.ui.plans.forms.what_if import dialog_for, kind_of

        scenario = self._desk.scenario
        if scenario is None:
            return
        item = getattr(scenario, place.part.value)[place.at]
        dialog = dialog_for(kind_of(item), scenario, item, self._session.window)
        dialog.accepted.connect(lambda: self._desk.put_item(place.part, dialog.result_item, place.at))
        self._open(dialog)

    def choose_debts(self) -> None:
        """Show which debts are in the plan, with a tick at each."""
        from app.ui.records.popup import ChoicePopup

        scenario = self._desk.scenario
        if scenario is None:
            return
        held = {debt.identity: debt.name for debt in scenario.debts}
        offered = {debt.identity: debt.name for debt in self._desk.todays_debts()} | held
        choices = sorted(offered.items(), key=lambda one: one[1].casefold())
        popup = ChoicePopup(
            tr("Debts in this plan"),
            list(choices),
            frozenset(held),
            self._desk.set_debts,
            self._page.head.more,
        )
        popup.open_below(self._page.head.more)

    def set_conventions(self) -> None:
        """Ask by which conventions the plan is to be worked out."""
        from app.ui.plans.forms.conventions import ConventionsDialog

        scenario = self._desk.scenario
        if scenario is None:
            return
        dialog = ConventionsDialog(scenario.conventions, self._session.window)
        dialog.accepted.connect(lambda: self._desk.set_conventions(dialog.conventions()))
        self._open(dialog)

    def find_best(self) -> None:
        """Show the best plan among the strategies, and search for it."""
        self._desk.set_compared((*self._desk.compared, model.BEST))
        self._page.search.again()

    def show_menu(self) -> None:
        """Open the menu of the plan below its button."""
        button = self._page.head.more
        menu = self._session.actions.context_menu(button, _IDS)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _open(self, dialog: "QDialog") -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- the actions

    def declare(self) -> None:
        """Declare the actions of the page."""
        actions = self._session.actions
        actions.add_menu(Menu(_MENU, tr("Pa&yoff plan"), Place("data", 40, 0), page=PAGE))
        actions.add(*self._scenario_actions(), *self._plan_actions())
        actions.handle("edit.copy", PAGE, self._page.schedule.table.copy, self._page.schedule.table.has_rows)
        actions.handle(EXPORT, PAGE, self.export, lambda: self._desk.view is not None)

    def _scenario_actions(self) -> list[Action]:
        def saved() -> bool:
            return self._writable() and self._desk.saved is not None

        def unsaved() -> bool:
            there = self._desk.scenario is not None
            return self._writable() and there and (self._desk.saved is None or self._desk.is_changed)

        def there() -> bool:
            return self._writable() and self._desk.scenario is not None

        rows: list[tuple[str, str, Callable[[], object], str, tuple[str, ...], int, Callable[[], bool]]] = [
            ("plans.save", tr("&Save changes"), self.save, "save", ("Ctrl+S",), 0, unsaved),
            ("plans.save_as", tr("Save &as scenario…"), self.save_as, "bookmark-plus", (), 0, there),
            ("plans.duplicate", tr("&Duplicate"), self.duplicate, "copy", ("Ctrl+D",), 10, saved),
            ("plans.rename", tr("Re&name…"), self.rename, "pencil", ("F2",), 10, saved),
            (
                "plans.refresh",
                tr("&Refresh from today’s balances"),
                self.refresh,
                "refresh-cw",
                (),
                10,
                saved,
            ),
            ("plans.delete", tr("Dele&te"), self.delete, "trash-2", (), 10, saved),
        ]
        made = [
            Action(id, text, run, Place(_MENU, section, order), icon, keys, enabled=enabled, page=PAGE)
            for order, (id, text, run, icon, keys, section, enabled) in enumerate(rows)
        ]
        in_use = Action(
            "plans.use",
            tr("&In use"),
            self.toggle_use,
            Place(_MENU, 10, 20),
            tip=tr("Follow this scenario: payoff dates and progress are by it"),
            enabled=saved,
            checked=lambda: bool(self._desk.saved and self._desk.saved.in_use_since),
            page=PAGE,
        )
        compare = Action(
            "plans.compare",
            tr("&Compare scenarios…"),
            self.compare,
            Place(_MENU, 10, 30),
            "columns-3",
            enabled=lambda: (
                self._desk.data is not None and len(self._desk.data.versions_in(self._desk.currency)) > 1
            ),
            page=PAGE,
        )
        return [*made, in_use, compare]

    def _plan_actions(self) -> list[Action]:
        def there() -> bool:
            return self._desk.scenario is not None

        return [
            Action(id, text, run, Place(_MENU, section, order), icon, enabled=there, page=PAGE)
            for order, (id, text, run, icon, section) in enumerate(
                [
                    ("plans.best", tr("Find the &best plan"), self.find_best, "search", 20),
                    ("plans.debts", tr("Debts in this &plan…"), self.choose_debts, "list-checks", 20),
                    (
                        "plans.conventions",
                        tr("How it is &worked out…"),
                        self.set_conventions,
                        "calculator",
                        20,
                    ),
                    ("plans.one_off", tr("&One-off payment…"), lambda: self.add("one-off"), "plus", 30),
                    ("plans.rate", tr("New rat&e…"), lambda: self.add("rate"), "percent", 30),
                    (
                        "plans.consolidation",
                        tr("Conso&lidation…"),
                        lambda: self.add("consolidation"),
                        "combine",
                        30,
                    ),
                    (
                        "plans.transfer",
                        tr("Balance trans&fer…"),
                        lambda: self.add("transfer"),
                        "arrow-right-left",
                        30,
                    ),
                    ("plans.pause", tr("Pa&use…"), lambda: self.add("pause"), "pause", 30),
                ]
            )
        ]

    def _writable(self) -> bool:
        return not self._session.ledger.read_only


_IDS = (
    "plans.save",
    "plans.save_as",
    "",
    "plans.use",
    "plans.rename",
    "plans.duplicate",
    "plans.refresh",
    "plans.compare",
    "",
    "plans.debts",
    "plans.best",
    "plans.conventions",
    "",
    "plans.delete",
)
