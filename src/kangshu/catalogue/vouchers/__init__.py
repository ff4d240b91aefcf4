"""Service vouchers."""
