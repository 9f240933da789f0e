"""The Spending page: what was bought, in figures and charts."""
