"""A chart as a picture: for the clipboard, as PNG and as SVG, without the buttons around it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSaveFile, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter

from app.ui.theme import theme

Paint = Callable[[QPainter], None]
_SHARPNESS = 2
"""Pixels of a PNG along one of the screen's at 96 dpi."""


class NotSaved(OSError):
    """A picture could not be written; `str()` is the system's reason."""


def image_of(size: QSize, paint: Paint) -> QImage:
    """Return a picture of `size` screen pixels, twice as sharp, with what `paint` draws."""
    image = QImage(size * _SHARPNESS, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(_SHARPNESS)
    image.fill(theme.current().color("raised"))
    with QPainter(image) as painter:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        paint(painter)
    return image


def png_of(size: QSize, paint: Paint) -> bytes:
    """Return the picture as the bytes of a PNG file."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image_of(size, paint))
    buffer.close()
    return bytes(content.data())


def svg_of(size: QSize, title: str, paint: Paint) -> bytes:
    """Return the picture as the bytes of an SVG file."""
    from PySide6.QtSvg import QSvgGenerator

    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    # Points are 1/72 inch; at 96 dpi they are as large as on the screen.
    generator.setResolution(96)
    with QPainter(generator) as painter:
        painter.fillRect(QRectF(0, 0, size.width(), size.height()), theme.current().color("raised"))
        paint(painter)
    buffer.close()
    return bytes(content.data())


def save(target: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all. Raises `NotSaved`."""
    file = QSaveFile(str(target))
    if (
        not file.open(QIODevice.OpenModeFlag.WriteOnly)
        or file.write(content) != len(content)
        or not file.commit()
    ):
        raise NotSaved(file.errorString())


def draw_text(painter: QPainter, rect: QRectF, role: str, color: str, text: str) -> None:
    """Draw a line of text in a role of the type scale."""
    look = theme.current()
    painter.setFont(look.font(role))
    painter.setPen(look.color(color))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(rect, int(flags), text)
