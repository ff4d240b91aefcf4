"""Immunisation: which dose a child needs when and why (`forecast`, pure), and the clinic's work around it."""
