"""The small dialogs in which what-ifs and scenarios are entered."""
