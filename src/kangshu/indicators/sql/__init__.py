"""A small writer of SQL: values that are text with a type, tables that are chains of named selects."""
