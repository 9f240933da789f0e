"""Small widgets that every page is made of; each follows the theme by itself."""
