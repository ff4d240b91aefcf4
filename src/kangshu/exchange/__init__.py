"""API, spreadsheets and other ways in and out."""
