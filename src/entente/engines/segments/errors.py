"""What can go wrong with an index in a folder."""


class Busy(RuntimeError):
    """Another process writes the index."""


class Corrupt(RuntimeError):
    """The index cannot be read; it must be made again from the store."""
