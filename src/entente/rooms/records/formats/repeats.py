"""Which references a file has named before."""

from array import array

SMALLEST = 1 << 12


class Repeats:
    """The first line of each id; of an id it keeps 64 of its 128 (random) bits.

    Open addressing, at most half full: 12 to 48 bytes a line, where a dictionary takes some 150.
    """

    def __init__(self) -> None:
        self._ids, self._lines = _empty(SMALLEST)
        self._count = 0

    def first(self, id: str, line: int) -> int:
        """The line that named this id before; 0 when none did, and this line is remembered. Lines from 1."""
        short = int(id[:16], 16)
        place = self._place(short)
        if self._lines[place]:
            return self._lines[place]
        self._ids[place], self._lines[place] = short, line
        self._count += 1
        if 2 * self._count > len(self._ids):
            self._grow()
        return 0

    def _place(self, short: int) -> int:
        ids, lines, last = self._ids, self._lines, len(self._ids) - 1
        place = short & last
        while lines[place] and ids[place] != short:
            place = (place + 1) & last
        return place

    def _grow(self) -> None:
        before = zip(self._ids, self._lines, strict=True)
        self._ids, self._lines = _empty(2 * len(self._ids))
        for short, line in before:
            if line:
                place = self._place(short)
                self._ids[place], self._lines[place] = short, line


def _empty(size: int) -> tuple["array[int]", "array[int]"]:
    return array("Q", bytes(8 * size)), array("I", bytes(4 * size))
