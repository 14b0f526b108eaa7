"""What U asks of the library of documents and of alerts of false ones. See story.py."""

from worlds.asking import Asking, Told
from worlds.pair import Known


def browsing(asking: Asking, known: Known, wholly: bool = False) -> Told:
    """The library, as it is by now."""
    yield asking.api("GET", "/papers/versions")
    if wholly:
        yield asking.page("GET", "/papers")
