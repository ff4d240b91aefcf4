"""The statements: one folder per capability, found by discovery."""
