"""The synthetic county."""
