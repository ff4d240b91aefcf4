"""Screens about people: search, register, the resident page and what can be changed from it."""
