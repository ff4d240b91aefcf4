"""Pages of exchange: bringing files in, taking lists out, keys for programs."""
