"""Frozen copies of the records for analysis, as Parquet parts under a manifest that names itself."""
