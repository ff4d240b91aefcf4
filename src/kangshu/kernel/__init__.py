"""Dates, working days, periods, money, identifiers, actors and events: plain Python, no Django."""
