"""The pane at the right of the table: one purchase in full, or a summary of several."""
