"""What can go wrong with a text index. Neither loses anything: the store is the truth."""


class Corrupt(Exception):
    """The index on disk cannot be read. Wipe it and build it again from the store."""


class Busy(Exception):
    """Another process writes this index; one writes, all read."""
