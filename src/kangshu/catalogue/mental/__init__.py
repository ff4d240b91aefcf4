"""Mental health."""
