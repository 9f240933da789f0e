"""What the pages of records have in common: their frame, table manners, detail pane and forms."""
