"""For translators: what stands in our TOML files as messages (babel.cfg names these extractors; nothing else
calls them).

Labels of kinds, of their properties and of what a relation says go into the catalogues; those of house
kinds are on no page. Of a vocabulary (slug = label) every label does.
"""

import tomllib
from collections.abc import Iterator
from typing import BinaryIO

Message = tuple[int, str, str, list[str]]


def kinds(
    file: BinaryIO,
    _keywords: object,
    _tags: object,
    options: object = None,  # noqa: ARG001 - Babel names it
) -> Iterator[Message]:
    """(line, function, message, comments) of every label in a kind's TOML file, as Babel wants them."""
    written = tomllib.load(file)
    if written.get("house"):
        return
    said = [written["label"]]
    if "edge" in written:
        said.append(written["edge"]["label"])
    said += [p if isinstance(p, str) else p["label"] for p in written.get("properties", {}).values()]
    yield from ((0, "_", label, []) for label in said)


def terms(
    file: BinaryIO,
    _keywords: object,
    _tags: object,
    options: object = None,  # noqa: ARG001 - Babel names it
) -> Iterator[Message]:
    """(line, function, message, comments) of every label of a vocabulary, as Babel wants them: of a table of
    tables (lists of codes; a tree whose nodes say more than a label), those that they hold."""
    for entry in tomllib.load(file).values():
        if isinstance(entry, str):
            labels = [entry]
        else:
            labels = [entry["label"]] if "label" in entry else list(entry.values())
        yield from ((0, "_", label, []) for label in labels)
