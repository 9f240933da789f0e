"""How the program looks: tokens, palette, style sheet, fonts and icons, held together by `theme.Theme`."""
