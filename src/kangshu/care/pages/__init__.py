"""Screens of care: light entry of an encounter, and what the resident page shows of it."""
