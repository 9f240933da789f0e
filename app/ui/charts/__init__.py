"""Charts in the house style. Those with a plot load pyqtgraph, so import a chart from its own module, and late."""
