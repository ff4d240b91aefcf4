"""National code lists as data, with readers."""
