"""Encounters, diagnoses, results and prescriptions, entered lightly or imported."""
