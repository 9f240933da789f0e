"""The plan in work: what the user set, what it comes to, and how it stands to what is saved."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.debts.engine import BudgetTooLow
from app.domain.debts.plan import Conventions, PlanDebt
from app.domain.debts.scenario import Scenario
from app.domain.debts.search import BestFound
from app.domain.problems import Refused
from app.ui.i18n import tr
from app.ui.plans import drafts, model, words
from app.ui.plans.model import Part, Place, PlanView, Wanted
from app.ui.plans.source import LedgerPlans
from app.ui.plans.source import read as read_plans
from app.ui.session import Session

_EVERY_MS = 30
_COMPARED, _CHOSEN, _DRAFT = "plans.compared", "plans.scenario", "plans.draft"


class PlanDesk(QObject):
    """Holds one plan, has it worked out on another thread whenever it changes, and tells what it comes to.

    While it changes faster than it can be worked out, as under a slider, what is in between is left out: one plan
    is being worked out at any time, and then the newest. `loaded` tells that the ledger was read, `edited` that
    the plan was changed, `worked_out` carries a `PlanView`, `refused` the sentence that says why there is none.
    """

    loaded = Signal()
    edited = Signal()
    worked_out = Signal(object)
    refused = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.data: LedgerPlans | None = None
        self.scenario: Scenario | None = None
        self.saved: Scenario | None = None
        self.view: PlanView | None = None
        self.best: BestFound | None = None
        self.minimums = 0
        self.compared = drafts.known_strategies(session.state.get(_COMPARED))
        self._left_out: set[str] = set()
        self._edits: dict[int, Scenario] = {}
        self._busy = False
        self._again = False
        self._turn = 0
        self._wanted_id = 0
        self._soon = QTimer(self, singleShot=True, interval=_EVERY_MS)
        self._soon.timeout.connect(self._work_out)

    # -- the ledger

    def load(self, show: int = 0) -> None:
        """Read the ledger; `show` is the id of the scenario to show then, 0 for the one that is shown."""
        self._wanted_id = show or self._wanted_id
        ledger = self._session.ledger
        self._session.bridge.read(lambda _interrupt: read_plans(ledger), self._take, key=self)

    def _take(self, data: LedgerPlans) -> None:
        first = self.data is None
        self.data = data
        wanted = data.get(self._wanted_id)
        self._wanted_id = 0
        if wanted is None and first:
            wanted = self._remembered(data)
        if wanted is not None:
            self._show(wanted)
        elif self.saved is not None:
            self._follow(data, self.saved)
        else:
            self._show_draft(self.scenario.currency if self.scenario else "")
        self.loaded.emit()

    def _follow(self, data: LedgerPlans, before: Scenario) -> None:
        """Go on with a saved scenario as the ledger has it now, with what was changed here and not saved."""
        now = data.get(before.id)
        if now is None:
            self._edits.pop(before.id, None)
            others = data.newest(before.currency)
            self._show(others[0]) if others else self._show_draft(before.currency)
            return
        if self.scenario is not None and self.scenario != before:
            self._edits[now.id] = replace(
                self.scenario, name=now.name, in_use_since=now.in_use_since, version=now.version
            )
        self._show(now)

    def _remembered(self, data: LedgerPlans) -> Scenario | None:
        """The scenario that was shown when the ledger was last open, or the one in use, or the first."""
        remembered = self._session.state.get(_CHOSEN)
        if remembered == "":
            return None
        currency = data.currencies[0] if data.currencies else ""
        newest = data.newest(currency)
        again = [scenario for scenario in data.scenarios if str(scenario.uuid) == remembered]
        used = [scenario for scenario in data.versions_in(currency) if scenario.in_use_since]
        return next(iter([*again, *used, *newest]), None)

    # -- which plan

    @property
    def is_changed(self) -> bool:
        """Whether the plan differs from the scenario that it is."""
        return self.saved is not None and self.scenario != self.saved

    @property
    def is_older(self) -> bool:
        """Whether there is a newer version of the scenario that is shown."""
        return (
            self.data is not None
            and self.saved is not None
            and self.data.newest_of(self.saved).version > self.saved.version
        )

    @property
    def currency(self) -> str:
        """The currency of the plan, "" where there is none."""
        return self.scenario.currency if self.scenario else ""

    def choose(self, id: int) -> None:
        """Show a saved scenario by its id; 0 is the plan from today's debts."""
        self._keep_edits()
        found = self.data.get(id) if self.data else None
        if found is not None:
            self._show(found)
        else:
            self._show_draft(self.currency)
        self.loaded.emit()

    def choose_currency(self, currency: str) -> None:
        """Show a plan in another currency: the scenario in use, or the first, or one from today's debts."""
        if self.data is None or currency == self.currency:
            return
        self._keep_edits()
        here = self.data.versions_in(currency)
        chosen = next((scenario for scenario in here if scenario.in_use_since), None)
        chosen = chosen or next(iter(self.data.newest(currency)), None)
        if chosen is not None:
            self._show(chosen)
        else:
            self._show_draft(currency)
        self.loaded.emit()

    def _keep_edits(self) -> None:
        if self.saved is not None and self.scenario is not None:
            if self.is_changed:
                self._edits[self.saved.id] = self.scenario
            else:
                self._edits.pop(self.saved.id, None)

    def _show(self, saved: Scenario) -> None:
        self.saved = saved
        self._session.state.put(_CHOSEN, str(saved.uuid))
        self._begin(self._edits.pop(saved.id, saved))

    def _show_draft(self, currency: str) -> None:
        """Show the plan from today's debts, with what the user set in it before."""
        data = self.data
        self.saved = None
        if data is None or not data.currencies:
            self.scenario, self.view = None, None
            return
        if currency not in data.owed:
            currency = data.currencies[0]
        newest = data.newest(currency)
        if currency not in data.owed:
            self._show(newest[0])
            return
        self._session.state.put(_CHOSEN, "" if newest else None)
        debts = [debt for debt in data.owed[currency] if debt.identity not in self._left_out]
        name = tr("New plan") if newest else tr("Main plan")
        blank = Scenario(
            name, currency, model.USUAL, data.start, tuple(debts), extra=data.extras.get(currency, 0)
        )
        before = self.scenario
        if before is not None and before.id == 0 and before.currency == currency:
            self._begin(replace(before, name=name, start=data.start, debts=tuple(debts)))
        else:
            self._begin(drafts.restored(blank, self._session.state.get(f"{_DRAFT}.{currency}")))

    def _begin(self, scenario: Scenario) -> None:
        self._turn += 1
        self._edit(scenario)

    # -- changing it

    def set_extra(self, extra: int) -> None:
        """Pay so much more than the minimums each month, in minor units."""
        if self.scenario is not None:
            self._edit(replace(self.scenario, extra=extra, budget=None))

    def set_budget(self, budget: int) -> None:
        """Pay so much in all each month, in minor units."""
        if self.scenario is not None:
            self._edit(replace(self.scenario, extra=0, budget=budget))

    def set_strategy(self, key: str) -> None:
        """Follow a strategy."""
        if self.scenario is not None and key != self.scenario.strategy:
            self._edit(replace(self.scenario, strategy=key))

    def set_compared(self, keys: Sequence[str]) -> None:
        """Show other strategies side by side; the one that is followed is shown in any case."""
        self.compared = model.in_order(keys)
        self._session.state.put(_COMPARED, list(self.compared))
        if self.scenario is not None:
            self._edit(self.scenario)

    def set_conventions(self, conventions: Conventions) -> None:
        """Work the plan out by other conventions."""
        if self.scenario is not None:
            self._edit(replace(self.scenario, conventions=conventions))

    def put_item(self, part: Part, item: object, at: int | None = None) -> None:
        """Add a what-if, or put another one in its place."""
        if self.scenario is not None:
            self._edit(model.with_item(self.scenario, part, item, at))

    def remove_item(self, place: Place) -> None:
        """Take a what-if away."""
        if self.scenario is not None:
            self._edit(model.without(self.scenario, place))

    def move_debt(self, at: int, to: int) -> None:
        """Move a debt within the user's own order, and follow that order."""
        if self.scenario is None or self.view is None:
            return
        order = model.custom_order(self.scenario, self.view.given)
        self._edit(replace(self.scenario, custom=model.moved(order, at, to), strategy=model.CUSTOM))

    def set_debts(self, identities: frozenset[object]) -> None:
        """Say which debts are in the plan; those that it does not have yet come as they are owed today."""
        if self.scenario is None:
            return
        kept = [debt for debt in self.scenario.debts if debt.identity in identities]
        known = {debt.identity for debt in self.scenario.debts}
        added = [debt for debt in self.todays_debts() if debt.identity in identities - known]
        if self.saved is None:
            self._left_out = {debt.identity for debt in self.todays_debts()} - identities
        debts = sorted([*kept, *added], key=lambda debt: (debt.name.casefold(), debt.identity))
        self._edit(replace(self.scenario, debts=tuple(debts)))

    def todays_debts(self) -> tuple[PlanDebt, ...]:
        """Return what is owed today in the plan's currency."""
        return () if self.data is None else self.data.owed.get(self.currency, ())

    def reset(self) -> None:
        """Go back to what is saved; a plan that is not saved loses its what-ifs and gets the usual extra."""
        if self.saved is not None:
            self._edit(self.saved)
        elif self.scenario is not None and self.data is not None:
            extra = self.data.extras.get(self.currency, 0)
            self._edit(replace(self.scenario, extra=extra, budget=None, one_offs=(), pauses=(), what_ifs=()))

    def can_reset(self) -> bool:
        """Tell whether there is anything to go back from."""
        if self.saved is not None or self.scenario is None or self.data is None:
            return self.is_changed
        held = self.scenario
        usual = self.data.extras.get(self.currency, 0)
        return bool(
            held.extra != usual or held.budget is not None or held.one_offs or held.pauses or held.what_ifs
        )

    def _edit(self, scenario: Scenario) -> None:
        if self.scenario is None or not drafts.is_same_question(self.scenario, scenario):
            self.best = None
        self.scenario = scenario
        if self.saved is None:
            self._session.state.put(f"{_DRAFT}.{scenario.currency}", drafts.remembered(scenario))
        self.edited.emit()
        self.work_out_soon()

    # -- what it comes to

    def take_best(self, found: BestFound) -> None:
        """Show what a search for the best plan found."""
        self.best = found
        self.work_out_soon()

    def is_same_question(self, other: object) -> bool:
        """Tell whether the best plan for another scenario is the best for the one in work."""
        return (
            isinstance(other, Scenario)
            and self.scenario is not None
            and drafts.is_same_question(self.scenario, other)
        )

    def work_out_soon(self) -> None:
        """Have the plan worked out, once for all that changes within a moment."""
        if self._busy:
            self._again = True
        elif not self._soon.isActive():
            self._soon.start()

    def _work_out(self) -> None:
        if self.scenario is None or self._busy:
            return
        wanted = Wanted(self.scenario, self.compared, self.best)
        self._busy, self._again = True, False
        turn = self._turn
        self._session.bridge.read(
            lambda _interrupt: model.work_out(wanted),
            lambda view: self._done(turn, view),
            lambda error: self._failed(turn, error),
        )

    def _done(self, turn: int, view: PlanView) -> None:
        self._next()
        if turn == self._turn:
            self.view, self.minimums = view, view.minimums
            self.worked_out.emit(view)

    def _failed(self, turn: int, error: BaseException) -> None:
        self._next()
        if turn != self._turn:
            return
        if isinstance(error, BudgetTooLow):
            self.minimums = error.needed
        if isinstance(error, Refused):
            self.refused.emit(words.refusal(error, self.currency))
        else:
            self._session.bridge.show_error(error)

    def _next(self) -> None:
        self._busy = False
        if self._again:
            self._work_out()
