"""Pages of the stock: lists, ledgers, forms."""
