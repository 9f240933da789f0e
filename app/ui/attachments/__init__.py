"""Receipts, manuals and other files: how records show them, and how they come in and out."""
