"""The fast engine: expression trees compiled to Ibis, run by DuckDB on a snapshot."""
