"""What periods, steps and figures of spending are called on the screen."""

from datetime import date

from app.domain.money import Money
from app.domain.spending import Analysis, StepSpending
from app.domain.spending_periods import Preset, Span, Step, begins, next_step
from app.ui import formats
from app.ui.i18n import tr, tr_n
from app.ui.rates import words as rates
from app.ui.spending.choices import Measure


def preset_name(preset: Preset) -> str:
    """Return what a period is called."""
    names = {
        Preset.LAST_12_MONTHS: tr("Last 12 months"),
        Preset.THIS_YEAR: tr("This year"),
        Preset.LAST_YEAR: tr("Last year"),
        Preset.ALL: tr("Everything"),
        Preset.CUSTOM: tr("From … to …"),
    }
    return names[preset]


def step_name(step: Step) -> str:
    """Return what a step is called in a choice."""
    names = {
        Step.DAY: tr("By day"),
        Step.WEEK: tr("By week"),
        Step.MONTH: tr("By month"),
        Step.QUARTER: tr("By quarter"),
        Step.YEAR: tr("By year"),
    }
    return names[step]


def over_time(step: Step) -> str:
    """Return the heading of the chart over time."""
    names = {
        Step.DAY: tr("Spending by day"),
        Step.WEEK: tr("Spending by week"),
        Step.MONTH: tr("Spending by month"),
        Step.QUARTER: tr("Spending by quarter"),
        Step.YEAR: tr("Spending by year"),
    }
    return names[step]


def step_heading(step: Step) -> str:
    """Return what heads the column of the steps in a table."""
    names = {
        Step.DAY: tr("Day"),
        Step.WEEK: tr("Week"),
        Step.MONTH: tr("Month"),
        Step.QUARTER: tr("Quarter"),
        Step.YEAR: tr("Year"),
    }
    return names[step]


def measure_name(measure: Measure) -> str:
    """Return what bars are as high as."""
    return {Measure.AMOUNT: tr("Amounts"), Measure.COUNT: tr("Numbers of purchases")}[measure]


def short_title(span: Span, step: Step) -> str:
    """Return what stands below a bar."""
    match step:
        case Step.DAY | Step.WEEK:
            return formats.day(span.first)
        case Step.MONTH:
            return formats.month(span.first)
        case Step.QUARTER:
            quarter = (span.first.month + 2) // 3
            return tr("Q{quarter} {year}").format(quarter=quarter, year=span.first.year)
    return str(span.first.year)


def whole_title(span: Span, step: Step) -> str:
    """Return what a bar stands for in full; where it is cut short, its days."""
    if step is Step.DAY:
        return formats.date(span.first)
    title = short_title(span, step) if step is not Step.WEEK else formats.date_range(*span)
    if step is Step.WEEK:
        return title
    whole = next_step(begins(span.first, step), step)
    if span.first == begins(span.first, step) and (whole - span.last).days == 1:
        return title
    return tr("{period}, {days}").format(period=title, days=formats.date_range(*span))


def money(minor: int, currency: str) -> str:
    """Return an amount with its currency."""
    return formats.money(Money(minor, currency))


def one_total(currency: str) -> str:
    """Return what converting everything into one currency is called in a choice."""
    return tr("One total, in {currency}").format(currency=currency)


def converted(found: Analysis, *, compared: bool = False) -> str:
    """Return by which rates the figures were converted; "" where they were not.

    `compared` tells that those of the period before stand beside them.
    """
    return rates.note(found.converted, found.before_converted if compared else None)


def with_note(caption: str, found: Analysis, *, compared: bool = False) -> str:
    """Return a caption that also says by which rates its figures were converted, where they were."""
    return " · ".join(part for part in (caption, converted(found, compared=compared)) if part)


def purchases(number: int) -> str:
    """Return how many purchases."""
    return tr_n("{n} purchase", "{n} purchases", number)


def signed_count(number: int) -> str:
    """Return a change of a number with its sign."""
    return f"+{formats.count(number)}" if number > 0 else formats.count(number)


def period_caption(found: Analysis, today: date) -> str:
    """Return what the bars come to, net and gross, and whether the last of them goes on."""
    total = found.total
    said = [
        tr("{total} for {purchases}").format(
            total=money(total.net if total else 0, found.currency),
            purchases=purchases(total.count if total else 0),
        )
    ]
    if total is not None and total.refunded:
        said.append(
            tr("{gross} before refunds of {refunded}").format(
                gross=money(total.gross, found.currency), refunded=money(total.refunded, found.currency)
            )
        )
    last = found.steps[-1].span
    if found.step is not Step.DAY and last.last == today and is_going_on(last, found.step):
        said.append(tr("{period} is to date").format(period=_going_on(last, found.step)))
    return " · ".join(said)


def is_going_on(span: Span, step: Step) -> bool:
    """Tell whether days of a step are still to come after those that it has."""
    return (next_step(begins(span.first, step), step) - span.last).days > 1


def _going_on(span: Span, step: Step) -> str:
    return tr("this week") if step is Step.WEEK else short_title(span, step)


def finding(found: Analysis) -> str:
    """Return in a sentence what the bars over time show."""
    highest = max(found.steps, key=lambda step: step.figures.net)
    if not highest.figures.count:
        return tr("Nothing was bought in this period.")
    return tr("Highest: {period} with {total}.").format(
        period=whole_title(highest.span, found.step), total=money(highest.figures.net, found.currency)
    )


def change(step: StepSpending, currency: str) -> str:
    """Return how much more was spent than in the step before."""
    return formats.NO_VALUE if step.change is None else formats.gain(Money(step.change, currency))


def compared_with(before: Span | None) -> str:
    """Return what the figures are compared with, "" for nothing."""
    return "" if before is None else tr("compared with {days}").format(days=formats.date_range(*before))
