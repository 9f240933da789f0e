"""The Payoff plans page: strategies side by side, what they come to, and what would change them."""
