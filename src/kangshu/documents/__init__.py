"""Spreadsheet and Word writing with no domain words."""
