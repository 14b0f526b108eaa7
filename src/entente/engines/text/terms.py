"""Keys as tantivy terms: several to a field, apart by spaces."""

from collections.abc import Collection
from hashlib import sha256

_LONG = 200
_SAFE = 16_000


def term(key: str) -> str:
    """A key as one term: itself, or its digest where a space would split it or its length drop it."""
    if key and len(key) <= _LONG and len(key.split()) == 1 and key == key.strip():
        return key
    return f"#{sha256(key.encode()).hexdigest()}"


def joined(keys: Collection[str]) -> str:
    """All keys as one text: one call for a field is far cheaper than one for each key."""
    text = " ".join(keys)
    if len(text) <= _SAFE and len(text.split()) == len(keys):
        return text
    return " ".join(map(term, keys))
