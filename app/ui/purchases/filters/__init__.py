"""The filters of the Purchases page: chips, what edits them, and filters that were saved."""
