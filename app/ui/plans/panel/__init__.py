"""The What if panel at the right of the Payoff plans page."""
