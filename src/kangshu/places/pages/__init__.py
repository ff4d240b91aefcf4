"""Screens of places: institutions and staff, regions, population counts, working days."""
