"""Where money went: by retailer, brand and category, and the products that cost most."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.purchases import PurchaseFilter
from app.domain.spending import Analysis, CoverCounts, NamedSpending
from app.domain.warranties import CoverStatus
from app.ui import formats
from app.ui.charts.axis import Axis
from app.ui.i18n import tr, tr_n
from app.ui.purchases.words import warranty_name
from app.ui.spending import words
from app.ui.spending.ranked import MOST, FullRanks, Line

TOP = 10


class GroupCard(FullRanks):
    """Retailers, brands or categories with their purchases, share and total; `field` is that of the filter."""

    def __init__(self, heading: str, title: str, none: str, field: str, most: int = MOST) -> None:
        """`none` names what was bought without one; at most `most` bars are drawn."""
        columns = (tr("Purchases"), tr("Share"), tr("Total"))
        super().__init__(heading, title, columns, tr("Nothing was bought in this period"))
        self._none, self._field, self._most = none, field, most

    def show_groups(self, groups: Sequence[NamedSpending], found: Analysis) -> None:
        """Show those of another period."""
        axis = Axis.money(found.currency)
        lines = [
            Line(
                str(group.id),
                group.name or self._none,
                group.total.minor,
                (
                    (formats.count(group.count), str(group.count)),
                    (formats.rate(group.share), str(group.share)),
                    (axis.exact(group.total.minor), axis.plain(group.total.minor)),
                ),
            )
            for group in groups
        ]
        self.show_lines(lines, axis, self._most)
        named = sum(bool(group.name) for group in groups)
        caption = tr_n("{n} in this period", "{n} in this period", named)
        self.set_caption(words.with_note(caption, found))
        if lines:
            largest = groups[0]
            self.set_finding(
                tr("Most at {name}: {total}, {share}.").format(
                    name=lines[0].title,
                    total=axis.exact(largest.total.minor),
                    share=formats.rate(largest.share),
                )
            )

    def narrowed(self, wanted: PurchaseFilter, key: str) -> PurchaseFilter:
        """Return a filter that lets through what one bar is made of."""
        chosen = frozenset({int(key)})
        if self._field == "retailers":
            return replace(wanted, retailers=chosen)
        return (
            replace(wanted, brands=chosen) if self._field == "brands" else replace(wanted, categories=chosen)
        )


class ProductsCard(FullRanks):
    """The products that most was spent on."""

    def __init__(self) -> None:
        columns = (tr("Purchases"), tr("Total"), tr("Average price"))
        empty = tr("Nothing was bought in this period")
        super().__init__(tr("Top products"), tr("Product"), columns, empty)

    def show_analysis(self, found: Analysis) -> None:
        """Show those of another period."""
        axis = Axis.money(found.currency)
        products = found.figures.top_products
        lines = [
            Line(
                product.name,
                product.name,
                product.total.minor,
                (
                    (formats.count(product.count), str(product.count)),
                    (axis.exact(product.total.minor), axis.plain(product.total.minor)),
                    (axis.exact(product.average.minor), axis.plain(product.average.minor)),
                ),
            )
            for product in products
        ]
        self.show_lines(lines, axis, TOP)
        caption = tr("The {n} that most was spent on").format(n=len(lines)) if lines else ""
        self.set_caption(words.with_note(caption, found))


class CoversCard(FullRanks):
    """How many warranties are in which state today."""

    def __init__(self) -> None:
        super().__init__(
            tr("Warranties"), tr("State"), (tr("Warranties"),), tr("No warranties in this period")
        )

    def show_counts(self, covers: CoverCounts) -> None:
        """Show other numbers."""
        numbers = {
            CoverStatus.ACTIVE: covers.active,
            CoverStatus.EXPIRING: covers.expiring,
            CoverStatus.EXPIRED: covers.expired,
            CoverStatus.VOIDED: covers.voided,
        }
        lines = [
            Line(status.value, warranty_name(status), number, ((formats.count(number), str(number)),))
            for status, number in numbers.items()
        ]
        self.show_lines(lines if any(numbers.values()) else (), Axis.count(tr("Warranties")))
        self.set_caption(tr("Today, of what was bought in this period in any currency"))
        said = (f"{line.title} {formats.count(line.value)}" for line in lines)
        self.set_finding(", ".join(said))


def of_period(found: Analysis) -> PurchaseFilter:
    """Return the filter that lets through the purchases whose figures are shown; in one total, of any currency."""
    currency = "" if found.converted else found.currency
    return PurchaseFilter(bought_from=found.span.first, bought_to=found.span.last, currency=currency)


def period_words(found: Analysis) -> str:
    """Return the days that are shown, and what they are compared with."""
    shown = formats.date_range(*found.span)
    against = words.compared_with(found.before_span)
    return f"{shown}, {against}" if against else shown
