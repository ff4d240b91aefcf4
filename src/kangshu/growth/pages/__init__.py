"""The screen of a child's growth."""
