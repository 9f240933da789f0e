"""The Warranties page: covers, claims on them, and when they end."""
