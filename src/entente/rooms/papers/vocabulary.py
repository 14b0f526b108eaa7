"""The controlled vocabulary of security features: what a mark is called, in every language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def terms() -> Mapping[str, str]:
    """Slug to label, in English; `_` says it in the reader's language."""
    written: dict[str, str] = tomllib.loads((files(__package__) / "vocabulary.toml").read_text("utf-8"))
    return written
