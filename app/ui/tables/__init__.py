"""Tables of any length: a lazy model, its view, and how cells are drawn, edited and copied."""
