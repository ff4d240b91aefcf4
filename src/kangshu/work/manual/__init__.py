"""The printed manual: one page per capability and language, written from what is declared."""
