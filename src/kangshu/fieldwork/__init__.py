"""Logbooks: what institutions record that is about no person, the sites it is about, and what follows it."""
