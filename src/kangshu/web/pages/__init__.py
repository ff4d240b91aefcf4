"""Pages of the shell: the work desk, a resident's own page, the language switch, the errors."""
