"""What all tests share: an empty home, no network, no display, and guards against leaving anything behind."""

import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

CACHE = Path(__file__).resolve().parent.parent / ".venv" / "cache"
# Hypothesis reads it when it is first imported.
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(CACHE / "hypothesis"))
# Qt reads these when the application object is made.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
# A test never talks to the desktop of the person who runs it, nor opens that person's ledger.
for _name in (
    "COUNTERFOIL_LEDGER",
    "DBUS_SESSION_BUS_ADDRESS",
    "DISPLAY",
    "LANGUAGE",
    "QT_QPA_PLATFORMTHEME",
    "QT_SCALE_FACTOR",
    "QT_STYLE_OVERRIDE",
    "WAYLAND_DISPLAY",
    "XDG_CURRENT_DESKTOP",
):
    os.environ.pop(_name, None)

import hypothesis  # noqa: E402 - after the folder that it keeps its data in is set

from tests.helpers.guards import LogGuard, MouseGuard, NetworkGuard, QtGuard, ThreadGuard  # noqa: E402

# Short runs try the same examples every time, so that only a change breaks them; long runs look for new ones.
hypothesis.settings.register_profile("short", max_examples=50, deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("long", max_examples=2_000, deadline=None)

_network = NetworkGuard()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run tests marked long too, and try more examples")


def pytest_configure(config: pytest.Config) -> None:
    # A shell starts what it runs in the background with Ctrl+C ignored; the tests that press it would wait for ever.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.addinivalue_line("markers", "long: takes too long for every change; run with --long")
    if config.getoption("--hypothesis-profile", None) is None:
        hypothesis.settings.load_profile("long" if config.getoption("--long") else "short")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="takes long: run with --long"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Fail a test for what Qt says while its windows close; pytest-qt listens only until then."""
    qt = _qt_core()
    if qt is None or not item.config.getoption("qt_log"):
        return (yield)
    harmless = [re.compile(pattern) for pattern in item.config.getini("qt_log_ignore")]
    for marker in item.iter_markers("qt_log_ignore"):
        harmless += [re.compile(pattern) for pattern in marker.args]
    harmful = (qt.QtMsgType.QtWarningMsg, qt.QtMsgType.QtCriticalMsg, qt.QtMsgType.QtFatalMsg)
    said: list[str] = []

    def listen(kind: Any, _context: Any, message: str) -> None:
        if kind in harmful and not any(pattern.search(message) for pattern in harmless):
            said.append(message)

    previous = qt.qInstallMessageHandler(listen)
    try:
        yield
    finally:
        qt.qInstallMessageHandler(previous)
    if said:
        pytest.fail("Qt complained while the test was cleaned up:\n" + "\n".join(said), pytrace=False)


@pytest.fixture(scope="session", autouse=True)
def _session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give fixtures that outlive a test a home as well."""
    with pytest.MonkeyPatch.context() as patch:
        _move_home(patch, tmp_path_factory.mktemp("session"))
        yield


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that this test, and every process it starts, takes for the user's home. Empty at first."""
    with pytest.MonkeyPatch.context() as patch:
        yield _move_home(patch, tmp_path_factory.mktemp("home"))


@pytest.fixture(autouse=True)
def _watched(home: Path) -> Iterator[LogGuard]:
    """Fail the test for anything that it logs, reaches for or leaves behind without saying so."""
    log = LogGuard()
    # In the order of clearing up: threads may still log while they end.
    guards = (QtGuard(), ThreadGuard(), MouseGuard(), log, _network)
    for guard in guards:
        guard.start()
    yield log
    complaints = [complaint for guard in guards for complaint in guard.complaints()]
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
def expected_log(_watched: LogGuard) -> Callable[..., None]:
    """Announce log records: `expected_log("not a database")`, with `level=logging.WARNING` for another level.

    The pattern is searched for in the message. An announced record that never comes fails the test too.
    """
    return _watched.expect


def _move_home(patch: pytest.MonkeyPatch, folder: Path) -> Path:
    places = {
        "HOME": "",
        "USERPROFILE": "",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
        "XDG_CACHE_HOME": ".cache",
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_RUNTIME_DIR": "run",
        "XDG_STATE_HOME": ".local/state",
    }
    for name, place in places.items():
        patch.setenv(name, str(folder / place))
    # Qt insists on a runtime folder that nobody else can read.
    (folder / "run").mkdir(mode=0o700)
    return folder


def _qt_core() -> Any:
    return sys.modules.get("PySide6.QtCore")
