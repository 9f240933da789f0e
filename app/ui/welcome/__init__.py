"""What is shown when there is no ledger yet: make one, look at a sample, open another."""
