"""Currency codes and signs as they stand beside an amount."""

from app.domain.money import CURRENCIES
from app.domain.parsing.trouble import NotUnderstood, shown, simplify

_DOLLARS = "USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD XCD"
# The currencies that a sign may stand for. Of several, the first is what it means unless told otherwise;
# a dash in the first place says that there is no such convention.
_SIGNS = {
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "$": _DOLLARS,
    "us$": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "nt$": "TWD",
    "mx$": "MXN",
    "r$": "BRL",
    "£": "GBP",
    "¥": "JPY CNY",
    "\uffe5": "JPY CNY",
    "円": "JPY",
    "元": "CNY",
    "₹": "INR",
    "rs": "- INR PKR LKR NPR MUR",
    "rs.": "- INR PKR LKR NPR MUR",
    "₽": "RUB",
    "руб": "RUB",  # noqa: RUF001
    "руб.": "RUB",  # noqa: RUF001
    "₩": "KRW",
    "₺": "TRY",
    "₪": "ILS",
    "₫": "VND",
    "₴": "UAH",
    "₦": "NGN",
    "฿": "THB",
    "₱": "PHP",
    "₸": "KZT",
    "₾": "GEL",
    "₡": "CRC",
    "₲": "PYG",
    "zł": "PLN",
    "kč": "CZK",
    "ft": "HUF",
    "лв": "BGN",
    "лв.": "BGN",
    "lei": "RON",
    "rm": "MYR",
    "rp": "IDR",
    "fr.": "CHF",
    "sfr.": "CHF",
    "kr": "- SEK NOK DKK ISK",
    "kr.": "- DKK SEK NOK ISK",
}
_MEANINGS = {sign: tuple(codes.split()) for sign, codes in _SIGNS.items()}


def parse_currency(text: str, default: str = "") -> str:
    """Return the ISO 4217 code that a code (`eur`) or a sign (`€`, `US$`) means. Raises `NotUnderstood`.

    A sign that several currencies share means `default` where that is one of them.
    """
    word = simplify(text)
    code = word.upper()
    if code in CURRENCIES:
        return code
    meanings = _MEANINGS.get(word.lower())
    if meanings is None:
        raise NotUnderstood(f"{shown(text)} is not a currency code; use one such as EUR or USD.")
    if default in meanings:
        return default
    if meanings[0] == "-":
        raise NotUnderstood(
            f"{shown(text)} is the sign of several currencies; choose the currency for the whole file."
        )
    return meanings[0]


def is_currency(word: str) -> bool:
    """Tell whether a text is a currency's code or sign."""
    return word.upper() in CURRENCIES or word.lower() in _MEANINGS
