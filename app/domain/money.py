"""Exact money: an integer count of minor units and an ISO 4217 currency code, never a float."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

# ISO 4217 list one, as amended to 2025: the currencies whose minor unit is not a hundredth, then the rest.
_UNUSUAL = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_HUNDREDTHS = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
    CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR
    ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV
    MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD
    SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
CURRENCIES: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(_HUNDREDTHS.split(), 2)
    | {code: digits for digits, codes in _UNUSUAL.items() for code in codes.split()}
)
"""Digits after the decimal point of every currency, by its ISO 4217 code."""

MAX_MINOR = 10**15 - 1
"""The largest amount that is kept, in minor units; sums of nine thousand of them still fit 64 bits."""


class MoneyError(ValueError):
    """An amount or a currency that money cannot be made of; `str()` is one sentence for the user."""


class UnknownCurrency(MoneyError):
    """A currency code that ISO 4217 does not list."""

    def __init__(self, code: str) -> None:
        super().__init__(f"“{code[:20]}” is not a currency code; use one such as EUR or USD.")


class AmountError(MoneyError):
    """An amount that the currency cannot hold."""


class CurrencyMismatch(MoneyError):
    """Two currencies met in one sum."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other} cannot be added; keep one total a currency.")


def exponent(currency: str) -> int:
    """Return how many digits the currency has after its decimal point. Raises `UnknownCurrency`."""
    try:
        return CURRENCIES[currency]
    except KeyError:
        raise UnknownCurrency(currency) from None


def to_minor(amount: Decimal, currency: str) -> int:
    """Return `amount` in minor units of `currency`. Raises `AmountError`, `UnknownCurrency`.

    Nothing is rounded: more decimals than the currency has are refused.
    """
    digits = exponent(currency)
    if not amount.is_finite():
        raise AmountError("This is not an amount; enter a number such as 139.00.")
    # Judged by its digits first: making an integer of 1e1000000 would take minutes.
    if amount and amount.adjusted() + digits > 15:
        raise AmountError(f"This amount is too large; the limit is {plain(MAX_MINOR, currency)} {currency}.")
    minor = int(amount.scaleb(digits))
    # Only a comparison is exact: moving the point rounds to 28 digits.
    if to_decimal(minor, currency) != amount:
        unit = "no decimals" if digits == 0 else f"{digits} decimals"
        raise AmountError(f"{currency} has {unit}; round this amount first.")
    if abs(minor) > MAX_MINOR:
        raise AmountError(f"This amount is too large; the limit is {plain(MAX_MINOR, currency)} {currency}.")
    return minor


def to_decimal(minor: int, currency: str) -> Decimal:
    """Return minor units of `currency` as a decimal amount with the currency's digits. Raises `UnknownCurrency`."""
    return Decimal(minor).scaleb(-exponent(currency))


def plain(minor: int, currency: str) -> str:
    """Return minor units as a plain decimal text with a point: `plain(123450, "EUR") == "1234.50"`."""
    digits = exponent(currency)
    if digits == 0:
        return str(minor)
    sign = "-" if minor < 0 else ""
    whole, part = divmod(abs(minor), 10**digits)
    return f"{sign}{whole}.{part:0{digits}d}"


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency, in minor units (cents for EUR, whole yen for JPY)."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal | str | int, currency: str) -> "Money":
        """Return the money that a decimal amount stands for: `Money.of("12.50", "EUR")`. Raises `MoneyError`."""
        return cls(to_minor(Decimal(amount), currency), currency)

    def decimal(self) -> Decimal:
        """Return the amount as a decimal with the currency's digits."""
        return to_decimal(self.minor, self.currency)

    def __str__(self) -> str:
        return f"{plain(self.minor, self.currency)} {self.currency}"

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(self.currency, other.currency)
        return other.minor
