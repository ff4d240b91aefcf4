"""What was read and written, by whom, in a chain that shows tampering."""
