"""Patterns of work that many capabilities share: states, time limits, standard screens and figures.

A capability says only what is its own.
"""
