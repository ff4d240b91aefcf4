"""Screenings: whoever is found positive is followed from step to step, and nobody is lost unseen."""
