"""Translation of user-visible text: one function, always called with a literal, so that texts can be extracted."""

from PySide6.QtCore import QCoreApplication

CONTEXT = "Counterfoil"


def tr(text: str) -> str:
    """Return `text` in the language of the window, or unchanged where there is no translation."""
    return QCoreApplication.translate(CONTEXT, text)


def tr_n(one: str, many: str, n: int) -> str:
    """Return the form of a counted text that fits `n`, with `{n}` filled in, grouped as the locale does."""
    from app.ui.formats import count

    return tr(one if n == 1 else many).format(n=count(n))
