"""Chronic diseases."""
