"""Changing many purchases in one step."""
