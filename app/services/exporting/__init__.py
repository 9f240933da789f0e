"""Writing the ledger's records to files: CSV, JSON and XLSX, streamed, whole or not at all."""

from app.services.exporting.options import ExportFormat, ExportOptions, format_of
from app.services.exporting.purchases import ExportReport, export_purchases

__all__ = ["ExportFormat", "ExportOptions", "ExportReport", "export_purchases", "format_of"]
