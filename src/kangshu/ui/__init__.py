"""Page parts with no domain words."""
