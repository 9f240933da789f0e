"""The pane of a warranty: how far it has run, what else covers the product, claims and files."""
