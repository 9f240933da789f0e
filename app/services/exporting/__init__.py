"""Writing the ledger's records to files: CSV, JSON and XLSX, streamed, whole or not at all."""

from app.services.exporting.options import ExportFormat, ExportOptions, format_of
from app.services.exporting.running import ExportReport, export_file

__all__ = ["ExportFormat", "ExportOptions", "ExportReport", "export_file", "format_of"]
