"""Cases, records, dues and states: the interpreter of the statements."""
