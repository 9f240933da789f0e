"""The arithmetic of a payoff plan as spreadsheet formulas, so that a workbook recomputes what the program works out.

Spreadsheets reckon with binary fractions. Wherever something is rounded, a formula therefore goes through whole minor
units: their products with whole rates are exact, and half a cent is half a cent. Sums of amounts are rounded again,
which only takes away what adding binary fractions leaves behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain.debts.minimum import PercentMinimum, TermMinimum
from app.domain.debts.plan import Compounding, Plan, PlanDebt, Rounding, Timing
from app.domain.money import exponent

PLAN, SCHEDULE, MONTHS = "Plan", "Schedule", "Months"
"""The names of the sheets."""

EXTRA, BUDGET, START = "Plan!$C$4", "Plan!$C$5", "Plan!$C$6"
SWITCHES_ROW = 14
"""The row above the table of debts, with the months from which each order holds."""
FIRST_DEBT_ROW = SWITCHES_ROW + 2
FIRST_ROW = 2
"""The first row below the header, on the sheets of the schedule and of the months."""
SPARE_ONE_OFFS, SPARE_PAUSES = 6, 3
_RATE_DECIMALS = 3
_UNSEEN_DECIMALS = 6
"""How many further decimals are kept where no monthly figure is rounded."""

DEBT_COLUMNS = {
    "number": "A", "name": "B", "balance": "C", "apr": "D", "promo_apr": "E", "promo_months": "F", "rule": "G",
    "fixed": "H", "percent": "I", "floor": "J", "term": "K", "least": "L", "payoff": "M", "months": "N",
    "interest": "O", "paid": "P", "order": "Q",
}  # fmt: skip
"""Where the table of debts has what; further orders follow to the right of the first."""

MONTH_COLUMNS = {
    "number": "A", "month": "B", "paused": "C", "minimums": "D", "one_offs": "E", "beyond": "F", "paid": "G",
    "interest": "H", "closing": "I", "first_payment": "J",
}  # fmt: skip
"""Where the table of months has what; what each debt is paid follows to the right."""


def letters(number: int) -> str:
    """Return the letters of a column by its number: 1 is A."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


@dataclass(frozen=True)
class Formulas:
    """The formulas of one plan in a workbook of so many months. Months and debts are counted from 1 and from 0."""

    plan: Plan
    currency: str
    months: int

    # -- where things are

    @property
    def debts(self) -> tuple[PlanDebt, ...]:
        """The debts of the plan."""
        return self.plan.input.debts

    @property
    def columns(self) -> dict[str, str]:
        """Where the schedule has what."""
        keys = ["number", "month", "debt", "name", "order", "rate", "opening"]
        if any(isinstance(debt.minimum, TermMinimum) for debt in self.debts):
            keys.append("instalment")
        interest_last = self.plan.input.conventions.timing is Timing.PAYMENT_FIRST
        keys += [] if interest_last else ["interest"]
        keys += ["minimum", "one_off", "left", "extra", "payment"]
        keys += ["interest"] if interest_last else []
        keys += ["principal", "closing"]
        return {key: letters(number) for number, key in enumerate(keys, 1)}

    def row(self, number: int, debt: int) -> int:
        """Return the row of the schedule that has a debt in a month."""
        return FIRST_ROW + (number - 1) * len(self.debts) + debt

    def month_row(self, number: int) -> int:
        """Return the row of a month."""
        return FIRST_ROW + number - 1

    @property
    def one_offs_row(self) -> int:
        """The first row of one-off payments on the sheet of the plan."""
        return FIRST_DEBT_ROW + len(self.debts) + 4

    @property
    def pauses_row(self) -> int:
        """The first row of pauses on the sheet of the plan."""
        return self.one_offs_row + self.one_offs + 3

    @property
    def one_offs(self) -> int:
        """How many rows there are for one-off payments."""
        return len(self.plan.input.one_offs) + SPARE_ONE_OFFS

    @property
    def pauses(self) -> int:
        """How many rows there are for pauses."""
        return len(self.plan.input.pauses) + SPARE_PAUSES

    def of_debt(self, key: str, debt: int) -> str:
        """Return the cell of a debt's terms."""
        return f"{PLAN}!${DEBT_COLUMNS[key]}${FIRST_DEBT_ROW + debt}"

    def block(self, key: str, number: int) -> str:
        """Return the cells of a column that a month has, one for each debt."""
        column = self.columns[key]
        return f"{column}${self.row(number, 0)}:{column}${self.row(number, len(self.debts) - 1)}"

    def whole(self, key: str) -> str:
        """Return all cells of a column of the schedule, as another sheet names them."""
        column = self.columns[key]
        last = self.row(self.months, len(self.debts) - 1)
        return f"{SCHEDULE}!${column}${FIRST_ROW}:${column}${last}"

    # -- rounding

    @property
    def _rounding(self) -> Rounding:
        return self.plan.input.conventions.rounding

    @property
    def _pays_first(self) -> bool:
        return self.plan.input.conventions.timing is Timing.PAYMENT_FIRST

    def amount(self, formula: str) -> str:
        """Return a sum of amounts without what binary fractions leave behind."""
        digits = exponent(self.currency) + (_UNSEEN_DECIMALS if self._rounding is Rounding.NONE else 0)
        return f"ROUND({formula},{digits})"

    def _minor(self, amount: str) -> str:
        """Return an amount in whole minor units."""
        if self._rounding is Rounding.NONE:
            return amount
        unit = self._unit
        return f"ROUND({amount}*{unit},0)" if unit > 1 else f"ROUND({amount},0)"

    @property
    def _unit(self) -> int:
        return 1 if self._rounding is Rounding.NONE else int(10 ** exponent(self.currency))

    def _rounded(self, minor: str) -> str:
        """Return a number of minor units as an amount, rounded by the plan's rounding."""
        if self._rounding is Rounding.NONE:
            return minor
        whole = f"ROUND({minor},0)"
        if self._rounding is Rounding.HALF_EVEN:
            whole = f"IF(ABS({minor}-INT({minor})-0.5)<1E-9,2*ROUND({minor}/2,0),{whole})"
        return f"{whole}/{self._unit}" if self._unit > 1 else whole

    @property
    def _rate_scale(self) -> int:
        """What makes whole numbers of all percentages of the plan."""
        rates: list[Decimal] = []
        for debt in self.debts:
            rates += [debt.apr] if debt.promo_apr is None else [debt.apr, debt.promo_apr]
            rates += [debt.minimum.percent] if isinstance(debt.minimum, PercentMinimum) else []
        digits = [-int(rate.normalize().as_tuple().exponent) for rate in rates]
        return int(10 ** max([_RATE_DECIMALS, *digits]))

    def _share(self, amount: str, percent: str, of: int) -> str:
        """Return percent / `of` of an amount in minor units, unrounded."""
        if self._rounding is Rounding.NONE:
            return f"{amount}*{percent}/{of}"
        return f"{self._minor(amount)}*ROUND({percent}*{self._rate_scale},0)/{of * self._rate_scale}"

    # -- one debt in one month

    def of_month(self, number: int, debt: int) -> dict[str, str]:
        """Return what each column of the schedule has for a debt in a month, without the `=` in front."""
        row = self.row(number, debt)
        # With a $ no two rows have the same formula. Those that do LibreOffice works out together, and in a plan of
        # one debt, where such a group needs itself by way of another sheet, takes what is not there yet for 0.
        at = {key: f"{column}${row}" for key, column in self.columns.items()}
        own = {
            "number": f"{MONTHS}!$A${self.month_row(number)}",
            "month": f"{MONTHS}!$B${self.month_row(number)}",
            "debt": self.of_debt("number", debt),
            "name": self.of_debt("name", debt),
            "order": self._order(at, debt),
            "rate": self._rate(at, debt),
            "opening": self._opening(number, debt),
            "instalment": self._instalment(at, number, debt),
            "interest": self._interest(
                at, f"({at['left']}-{at['extra']})" if self._pays_first else at["opening"]
            ),
            "minimum": self._minimum(at, debt),
            "one_off": f"MIN({self._owed(at)}-{at['minimum']},{self._one_offs(at['number'], at['debt'])})",
            "left": f"{self._owed(at)}-{at['minimum']}-{at['one_off']}",
            "extra": self._extra(at, number),
            "payment": f"{at['minimum']}+{at['one_off']}+{at['extra']}",
            "principal": f"{at['payment']}-{at['interest']}",
            "closing": f"{at['left']}-{at['extra']}" + (f"+{at['interest']}" if self._pays_first else ""),
        }
        sums = ("one_off", "left", "payment", "principal", "closing")
        return {key: self.amount(own[key]) if key in sums else own[key] for key in self.columns}

    def _order(self, at: dict[str, str], debt: int) -> str:
        if not self.plan.switches:
            return self.of_debt("order", debt)
        first = DEBT_COLUMNS["order"]
        last = letters(len(DEBT_COLUMNS) + len(self.plan.switches))
        row = FIRST_DEBT_ROW + debt
        months = f"{PLAN}!${first}${SWITCHES_ROW}:${last}${SWITCHES_ROW}"
        return f"INDEX({PLAN}!${first}${row}:${last}${row},MATCH({at['number']},{months},1))"

    def _rate(self, at: dict[str, str], debt: int) -> str:
        promo, lasts = self.of_debt("promo_apr", debt), self.of_debt("promo_months", debt)
        return f"IF(AND(ISNUMBER({promo}),{at['number']}<={lasts}),{promo},{self.of_debt('apr', debt)})"

    def _opening(self, number: int, debt: int) -> str:
        if number == 1:
            return self.of_debt("balance", debt)
        return f"{self.columns['closing']}${self.row(number - 1, debt)}"

    def _interest(self, at: dict[str, str], amount: str) -> str:
        if self.plan.input.conventions.compounding is Compounding.MONTHLY:
            return self._rounded(self._share(amount, at["rate"], 1200))
        days = f"DAY(EOMONTH({at['month']},0))"
        return self._rounded(f"{self._minor(amount)}*((1+{at['rate']}/36500)^{days}-1)")

    def _owed(self, at: dict[str, str]) -> str:
        return at["opening"] if self._pays_first else f"{at['opening']}+{at['interest']}"

    def _minimum(self, at: dict[str, str], debt: int) -> str:
        rule, owed = self.debts[debt].minimum, self.amount(self._owed(at))
        if isinstance(rule, PercentMinimum):
            asked = self._rounded(self._share(at["opening"], self.of_debt("percent", debt), 100))
            if rule.plus_interest:
                interest = self._interest(at, at["opening"]) if self._pays_first else at["interest"]
                asked = self.amount(f"{asked}+{interest}")
            return f"MIN({owed},MAX({self.of_debt('floor', debt)},{asked}))"
        if isinstance(rule, TermMinimum):
            before_last = f"{at['number']}<{self.of_debt('term', debt)}"
            return f"IF({before_last},MIN({owed},{at['instalment']}),{owed})"
        return f"MIN({owed},{self.of_debt('fixed', debt)})"

    def _instalment(self, at: dict[str, str], number: int, debt: int) -> str:
        """Return the level instalment: set in the first month, and again when a promotion has ended."""
        if not isinstance(self.debts[debt].minimum, TermMinimum):
            return "0"
        left = f"({self.of_debt('term', debt)}-{at['number']}+1)"
        balance = self._minor(at["opening"])
        if self.plan.input.conventions.compounding is Compounding.MONTHLY:
            rate = f"{at['rate']}/1200"
            level = f"-PMT({rate},{left},{balance},0,{int(self._pays_first)})"
        else:
            level = f"{balance}/{self._annuity(at, left)}"
        set_now = self._rounded(level)
        if number == 1:
            return set_now
        promo, lasts = self.of_debt("promo_apr", debt), self.of_debt("promo_months", debt)
        before = f"{self.columns['instalment']}${self.row(number - 1, debt)}"
        changes = f"AND(ISNUMBER({promo}),{at['number']}={lasts}+1,{left}>0)"
        return f"IF({changes},{set_now},{before})"

    def _annuity(self, at: dict[str, str], left: str) -> str:
        """Return what an instalment of 1 at the end of each month that is left is worth, with daily compounding."""
        month = at["month"]
        later = f"ROW($A$1:INDEX($A:$A,{left}))" + ("-1" if self._pays_first else "")
        days = f"DATE(YEAR({month}),MONTH({month})+{later},1)-{month}"
        return f"SUMPRODUCT((1+{at['rate']}/36500)^-({days}))"

    def _one_offs(self, number: str, debt: str) -> str:
        first, last = self.one_offs_row, self.one_offs_row + self.one_offs - 1
        amounts, months, debts = (f"{PLAN}!${column}${first}:${column}${last}" for column in "CDE")
        return f"SUMIFS({amounts},{months},{number},{debts},{debt})"

    def _extra(self, at: dict[str, str], number: int) -> str:
        """Return what a debt gets beyond its minimum: what those before it in the order do not need."""
        beyond = f"{MONTHS}!${MONTH_COLUMNS['beyond']}${self.month_row(number)}"
        if len(self.debts) == 1:
            return f"MIN({at['left']},{beyond})"
        before = f'SUMIF({self.block("order", number)},"<"&{at["order"]},{self.block("left", number)})'
        return f"MIN({at['left']},MAX(0,{self.amount(f'{beyond}-{before}')}))"

    # -- all debts in one month, and all months

    def of_all(self, number: int) -> dict[str, str]:
        """Return what each column of the sheet of months has, without the `=` in front."""
        row = self.month_row(number)
        at = {key: f"{column}${row}" for key, column in MONTH_COLUMNS.items()}

        def total(key: str) -> str:
            return self.amount(f"SUM({SCHEDULE}!{self.block(key, number)})")

        first, last = self.one_offs_row, self.one_offs_row + self.one_offs - 1
        lumps = f"SUMIFS({PLAN}!$C${first}:$C${last},{PLAN}!$D${first}:$D${last},{at['number']})"
        return {
            "month": f"EDATE({START},{number - 1})",
            "paused": self._paused(at["number"]),
            "minimums": total("minimum"),
            "one_offs": self.amount(f"{lumps}-SUM({SCHEDULE}!{self.block('one_off', number)})"),
            "beyond": self.amount(f"IF({at['paused']}>0,0,{self._beyond(at)})+{at['one_offs']}"),
            "paid": total("payment"),
            "interest": total("interest"),
            "closing": total("closing"),
        }

    def _beyond(self, at: dict[str, str]) -> str:
        """Return what a month has for the order: what its minimums leave of the budget, or the bare extra."""
        if self.plan.input.conventions.rollover:
            return f"MAX(0,{BUDGET}-{at['minimums']})"
        return EXTRA

    def _paused(self, number: str) -> str:
        first, last = self.pauses_row, self.pauses_row + self.pauses - 1
        begins, ends = (f"{PLAN}!${column}${first}:${column}${last}" for column in "DE")
        return f'COUNTIFS({begins},"<="&{number},{ends},">="&{number})'

    def budget(self) -> str:
        """Return what is paid each month: the extra and the minimums of the first month."""
        return self.amount(f"C4+{self.first_minimums()}")

    def first_minimums(self) -> str:
        """Return the sum of what all creditors ask for in the first month."""
        return f"SUM({SCHEDULE}!{self.block('minimum', 1)})"

    def _closing_months(self) -> str:
        column = MONTH_COLUMNS["closing"]
        return f"{MONTHS}!${column}${FIRST_ROW}:${column}${self.month_row(self.months)}"

    def plan_months(self, owed: Sequence[str]) -> str:
        """Return in how many months the last debt is paid off, or that it is in none of them."""
        last = f"{MONTHS}!${MONTH_COLUMNS['closing']}${self.month_row(self.months)}"
        in_months = f'IF(SUM({owed[0]}:{owed[-1]})=0,0,1+COUNTIF({self._closing_months()},">0"))'
        return f'IF({last}>0,"more than {self.months}",{in_months})'

    def debt_months(self, debt: int) -> str:
        """Return in how many months one debt is paid off, or that it is in none of them."""
        last = f"{SCHEDULE}!${self.columns['closing']}${self.row(self.months, debt)}"
        number, balance = self.of_debt("number", debt), self.of_debt("balance", debt)
        count = f'COUNTIFS({self.whole("debt")},{number},{self.whole("closing")},">0")'
        return f'IF({last}>0,"more than {self.months}",IF({balance}=0,0,1+{count}))'

    def sum_of(self, key: str, debt: int | None = None) -> str:
        """Return the sum of a column of the schedule, of all debts or of one."""
        if debt is None:
            return self.amount(f"SUM({self.whole(key)})")
        return self.amount(f"SUMIF({self.whole('debt')},{self.of_debt('number', debt)},{self.whole(key)})")
