"""The state of the health records: how many are valid, what is wrong with them, what is still on paper."""
