"""The window."""

import ctypes
import sys


def _keep_constants_alive() -> None:
    """Keep Python 3.11 from ending the program with "deallocating None".

    PySide6 6.12 takes None, True and False for immortal, as they are from Python 3.12 on: each call into Qt that
    returns one takes a reference of it away, and after some thousand calls none is left. So there must be more
    references than calls.
    """
    if sys.implementation.name == "cpython" and sys.version_info < (3, 12):
        for constant in (None, True, False, NotImplemented, Ellipsis):
            ctypes.c_ssize_t.from_address(id(constant)).value += 1 << 40


_keep_constants_alive()
