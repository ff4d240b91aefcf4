"""Getting the words out of a file: text, Word, PDF, web page. Its bytes say what it is, not its name."""
