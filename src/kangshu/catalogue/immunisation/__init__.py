"""Immunisation: doses given, and what was seen after them."""
