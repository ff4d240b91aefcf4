"""Benefits paid to persons from a fund: applied for, checked, approved or refused, paid, each within its
ceiling."""
