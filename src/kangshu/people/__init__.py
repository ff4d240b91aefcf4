"""The person: identity, households, matching, residence."""
