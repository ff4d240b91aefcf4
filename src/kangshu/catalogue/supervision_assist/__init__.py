"""Health-supervision assistance by township centres and village clinics."""
