"""Spreadsheets: templates drawn from declarations, files checked before they are loaded, lists taken out."""
