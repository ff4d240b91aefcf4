"""Filters of the summaries' pages."""
