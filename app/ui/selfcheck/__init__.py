"""The self-check: plans that others have published, worked out on this machine."""
