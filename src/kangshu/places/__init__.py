"""Regions, institutions, staff and population denominators, each with its history."""
