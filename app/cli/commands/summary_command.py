"""`summary`: spending and warranties of a period in figures."""

import argparse
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from app.cli.frame import Call, CommandLine, day
from app.cli.output import table
from app.domain.money import Money, plain
from app.domain.spending import CurrencySpending, NamedSpending, Summary
from app.services.spending import summary


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", type=day, metavar="D", help="bought on this day or later")
    parser.add_argument("--to", dest="last", type=day, metavar="D", help="bought on this day or earlier")


def _run(call: Call) -> int:
    with call.ledger() as ledger:
        figures = summary(ledger, call.arguments.first, call.arguments.last)
    call.output.answer(_document(figures), _words(figures))
    return 0


def _document(figures: Summary) -> dict[str, Any]:
    return {
        "spending": _spending(figures),
        "by_month": [
            {"month": f"{month.month:%Y-%m}", "total": _by_currency(month.totals), "count": month.count}
            for month in figures.by_month
        ],
        "by_retailer": _named(figures.by_retailer),
        "by_brand": _named(figures.by_brand),
        "by_category": _named(figures.by_category),
        "top_products": [
            {
                "name": product.name,
                "count": product.count,
                "total": _by_currency([product.total]),
                "average": _by_currency([product.average]),
            }
            for product in figures.top_products
        ],
        "warranties": asdict(figures.covers),
    }


def _spending(figures: Summary) -> dict[str, Any]:
    def each(key: str) -> dict[str, str]:
        return {found.currency: plain(getattr(found, key), found.currency) for found in figures.currencies}

    return {
        "total": each("net"),
        "gross": each("gross"),
        "refunded": each("refunded"),
        "count": figures.count,
        "average": each("average"),
        "median": each("median"),
        "largest": each("largest"),
    }


def _named(groups: Iterable[NamedSpending]) -> list[dict[str, Any]]:
    return [
        {
            "name": group.name,
            "count": group.count,
            "share": float(group.share),
            "total": _by_currency([group.total]),
        }
        for group in groups
    ]


def _by_currency(amounts: Iterable[Money]) -> dict[str, str]:
    return {amount.currency: plain(amount.minor, amount.currency) for amount in amounts}


def _words(figures: Summary) -> str:
    if not figures.currencies:
        return "Nothing was bought in this period."
    lines = [_sentence(found) for found in figures.currencies]
    shops: list[tuple[str, ...]] = [
        (group.name or "no retailer", str(group.total), f"{group.share} %")
        for group in figures.by_retailer[:10]
    ]
    covers = figures.covers
    lines += ["", table(shops), ""]
    lines.append(
        f"Warranties: {covers.active:,} active, {covers.expiring:,} ending soon, "
        f"{covers.expired:,} ended, {covers.voided:,} voided."
    )
    return "\n".join(lines)


def _sentence(found: CurrencySpending) -> str:
    def money(minor: int) -> str:
        return f"{plain(minor, found.currency)} {found.currency}"

    noun = "purchase" if found.count == 1 else "purchases"
    refunds = f" after refunds of {money(found.refunded)}" if found.refunded else ""
    return (
        f"{money(found.net)} for {found.count:,} {noun}{refunds}; "
        f"average {money(found.average)}, median {money(found.median)}, largest {money(found.largest)}."
    )


COMMAND = CommandLine("summary", "Show spending and warranties in figures.", _arguments, _run)
