"""What can go wrong in a measurement."""


class BenchmarkError(Exception):
    """A measurement failed; the message says which, with the end of the log."""


class NoReplyError(BenchmarkError):
    """A bot answered a message with nothing."""
