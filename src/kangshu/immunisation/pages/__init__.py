"""The vaccination clinic's screens."""
