"""The page of what is due, the bell in the toolbar, reminders and their settings."""
