"""A chart as our own JSON: its cells, and what its taker may see of its things and links (docs/api.md)."""

import json

from entente.rooms.analysis.charts.exporting.content import Content


def written(found: Content) -> bytes:
    """Sorted and indented, so that two exports can be compared line by line."""
    said = {
        "format": "entente-chart",
        "version": 1,
        "id": found.id,
        "title": found.title,
        "marking": found.marking,
        "cells": found.all_cells,
        "nodes": [n.model_dump(mode="json") for n in found.nodes],
        "links": [link.model_dump(mode="json", by_alias=True) for link in found.links],
    }
    return (json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "replace")
