"""What went wrong with a command itself, in one sentence."""


class CommandFailed(Exception):
    """A command could not do its work; the message says why and what to do."""
