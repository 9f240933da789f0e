"""A ledger with a purchase, files to attach to it, and the block that shows them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.attachments import Owner, OwnerKind
from app.services import purchases
from app.ui.attachments.block import AttachmentsBlock
from app.ui.session import Session
from tests.helpers.files import image_bytes, pdf_bytes, written
from tests.ui.purchases.conftest import ledger, look, make_page, session, window
from tests.ui.purchases.pages import MONITOR

__all__ = ["ledger", "look", "make_page", "session", "window"]


@dataclass
class System:
    """Stands in for the desktop: what was opened, and what its file dialogs answer."""

    opened: list[str] = field(default_factory=list)
    can_open: bool = True
    files: list[Path] = field(default_factory=list)
    target: Path | None = None
    folder: Path | None = None


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    made = System()

    def open_url(url: QUrl) -> bool:
        made.opened.append(url.toLocalFile())
        return made.can_open

    def names(*_arguments: object) -> tuple[list[str], str]:
        return [str(path) for path in made.files], ""

    def name(*_arguments: object) -> tuple[str, str]:
        return str(made.files[0]) if made.files else "", ""

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", names)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", name)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(made.target or ""), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(made.folder or ""))
    return made


@pytest.fixture
def purchase_id(session: Session) -> int:
    result = session.ledger.run(purchases.add(MONITOR)).result
    assert isinstance(result, int)
    return result


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    return written(tmp_path / "receipt-0377.pdf", pdf_bytes(["Brightwell", "TOTAL $567.00"]))


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    return written(tmp_path / "monitor manual.png", image_bytes())


MakeBlock = Callable[..., AttachmentsBlock]


@pytest.fixture
def make_block(qtbot: QtBot, session: Session, purchase_id: int) -> MakeBlock:
    """Give a function that makes a block of the purchase's files, once they are attached."""

    def make(*paths: Path, owner: Owner | None = None) -> AttachmentsBlock:
        block = AttachmentsBlock(session)
        qtbot.addWidget(block)
        block.resize(330, 600)
        block.set_owner(owner or Owner(OwnerKind.PURCHASE, purchase_id))
        block.show()
        qtbot.waitExposed(block)
        if paths:
            block.add(paths)
            qtbot.waitUntil(lambda: len(block.files) == len(paths))
        return block

    return make
