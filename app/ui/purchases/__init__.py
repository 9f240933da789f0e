"""The Purchases page: table, filters, detail pane, form and bulk edit."""
