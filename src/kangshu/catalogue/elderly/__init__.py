"""Services for elders."""
