"""Dated values of indicators, and targets."""
