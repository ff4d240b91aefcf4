"""Writing the bureau's work summary."""
