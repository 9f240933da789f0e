"""Adding many receipts at once: each file finds its purchase."""
