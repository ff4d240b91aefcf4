"""Services for children under seven."""
