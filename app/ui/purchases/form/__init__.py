"""The form in which a purchase is written down, changed or copied."""
