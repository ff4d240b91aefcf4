"""kangshu 康枢: one platform for a county health bureau and every institution under it."""
