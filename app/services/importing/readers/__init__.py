"""Readers: any file becomes column names and rows, whatever it is called and however it was saved."""

from app.services.importing.readers.opening import open_table
from app.services.importing.readers.source import Cell, ReadOptions, Row, Source, UnreadableFile

__all__ = ["Cell", "ReadOptions", "Row", "Source", "UnreadableFile", "open_table"]
