"""Money: funds, what was allotted and received, what was spent, posted double-entry and only appended."""
