"""Kinds: what sorts of things there are, as data. `model/` holds one short TOML file each.

To give a kind a property, add a line to its file; to add a kind, add a file. Names of kinds and
properties are those of FollowTheMoney wherever it has them, so that its files load and export without
loss; labels and the police kinds are ours.
"""

from entente.core.kinds.cleaning import Model, model
from entente.core.kinds.dates import Span
from entente.core.kinds.kind import FIVE_YEARS, Edge, Kind, Property
from entente.core.kinds.types import TYPES, Type

__all__ = ["FIVE_YEARS", "TYPES", "Edge", "Kind", "Model", "Property", "Span", "Type", "model"]
