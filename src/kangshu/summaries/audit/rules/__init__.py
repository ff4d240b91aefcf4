"""The checks. Each module is one family, with `check(reading)` giving findings and checks that held."""
