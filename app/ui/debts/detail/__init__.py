"""The pane at the right of the table: one debt in full, or a summary of several."""
