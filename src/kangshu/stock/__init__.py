"""Goods and numbered papers: movements that are only appended, and the balances that follow from them."""
