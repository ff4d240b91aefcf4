"""Reminders by short message: with consent, at decent hours, once for each thing that is due."""
