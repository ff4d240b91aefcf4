"""The place of the stock in the navigation."""


def register() -> None:
    """Filled below."""
