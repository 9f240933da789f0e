"""Backups: made, listed, verified, put back, and made by themselves."""
