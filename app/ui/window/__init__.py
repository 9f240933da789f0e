"""The main window: sidebar, pages, menus, toolbar and status bar. It knows no feature."""
