"""The growth of a child as people look at it: its curve between the lines of the WHO, and the table."""
