"""What is said of figures that were converted, so that nobody takes them for paid amounts."""

from decimal import Decimal

from app.domain.exchange_rates import ECB, ConvertedTotal, ExchangeRate
from app.ui import formats
from app.ui.i18n import tr, tr_n


def note(*totals: ConvertedTotal | None) -> str:
    """Return from what and by rates of which days totals were converted; "" where nothing was."""
    used = [total for total in totals if total is not None and total.first and total.last]
    if not used:
        return ""
    codes = sorted({code for total in used for code in total.converted})
    first = min(total.first for total in used if total.first)
    last = max(total.last for total in used if total.last)
    if first == last:
        said = tr("Converted from {currencies} with the rate of {day}")
        return said.format(currencies=formats.all_of(codes), day=formats.date(first))
    said = tr("Converted from {currencies} with rates of {first} to {last}")
    return said.format(currencies=formats.all_of(codes), first=formats.date(first), last=formats.date(last))


def early(*totals: ConvertedTotal | None) -> str:
    """Return how many amounts are older than the rates that they were converted by; "" where none is."""
    number = sum(total.early for total in totals if total is not None)
    if not number:
        return ""
    return tr_n(
        "{n} purchase is older than the first rate known, which was used for it",
        "{n} purchases are older than the first rate known, which was used for them",
        number,
    )


def left_out(total: ConvertedTotal | None, before: ConvertedTotal | None = None) -> str:
    """Return what could not be converted, and why; "" where everything was."""
    said = []
    if total is not None and total.missing:
        amounts = formats.all_of([formats.money(money) for money in total.missing])
        said.append(
            tr("{amounts} is left out: there is no rate for {currencies}.")
            if len(total.missing) == 1
            else tr("{amounts} are left out: there are no rates for {currencies}.")
        )
        codes = formats.all_of([money.currency for money in total.missing])
        said[-1] = said[-1].format(amounts=amounts, currencies=codes)
    if before is not None and before.missing:
        amounts = formats.all_of([formats.money(money) for money in before.missing])
        said.append(tr("The period before leaves out {amounts}.").format(amounts=amounts))
    return " ".join(said)


def source_name(rate: ExchangeRate) -> str:
    """Return where a rate came from."""
    if rate.source == ECB:
        return tr("European Central Bank")
    return rate.source or tr("Entered")


def rate_text(rate: Decimal) -> str:
    """Return a rate with the decimals that it has, and at least two."""
    _sign, _digits, exponent = rate.as_tuple()
    return formats.figure(rate, max(2, -exponent if isinstance(exponent, int) else 0))


def both_ways(rate: ExchangeRate) -> str:
    """Return a rate and the same the other way round: "1 EUR is 1.0823 USD, and 1 USD is 0.9240 EUR"."""
    back = 1 / rate.rate
    # As many decimals as show four figures that are not zero.
    shown = formats.figure(back, max(4, 3 - back.adjusted()))
    return tr("1 {base} is {rate} {currency}, and 1 {currency} is {back} {base}.").format(
        base=rate.base, rate=rate_text(rate.rate), currency=rate.currency, back=shown
    )
