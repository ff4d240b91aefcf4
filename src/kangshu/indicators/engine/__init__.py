"""The fast engine: expression trees written as SQL, run by DuckDB on a snapshot."""
