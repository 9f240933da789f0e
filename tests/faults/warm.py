"""A program that has loaded everything, and does each piece of work in a copy of itself: `python -m tests.faults.warm`.

It reads requests, a line of JSON each. For each it answers with the process id of the copy, which waits stopped so
that faults can be put in its way, and later with how the copy ended. Thousands of faults can be tried in this way,
and what strace counts are only the system calls of the work itself.
"""

import ctypes
import json
import os
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

from tests.faults import backup_child, child

_PROGRAMS = {"child": child.main, "backup_child": backup_child.main}
_LET_ANYBODY_TRACE = (0x59616D61, -1)


def serve() -> None:
    answers = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with tempfile.TemporaryDirectory() as folder:
        child.warm_up(Path(folder))
        backup_child.warm_up(Path(folder))
    for line in sys.stdin:
        copy = os.fork()
        if not copy:
            become(json.loads(line))
        os.waitpid(copy, os.WUNTRACED)
        os.write(answers, f"{copy}\n".encode())
        _, status = os.waitpid(copy, 0)
        os.write(answers, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def become(request: dict[str, Any]) -> None:
    """Do what was asked for, and end."""
    os.environ.clear()
    os.environ.update(request["environment"])
    for number, name in enumerate((os.devnull, request["said"], request["complained"])):
        os.dup2(os.open(name, os.O_WRONLY if number else os.O_RDONLY), number)
    ctypes.CDLL(None).prctl(*_LET_ANYBODY_TRACE, 0, 0, 0)
    os.kill(os.getpid(), signal.SIGSTOP)
    status = 0
    try:
        _PROGRAMS[request["program"]](request["arguments"])
    except SystemExit as end:
        status = int(end.code or 0)
    except BaseException:  # noqa: BLE001 - the copy has to end here, whatever happens
        traceback.print_exc()
        status = 1
    os._exit(status)


if __name__ == "__main__":
    serve()
