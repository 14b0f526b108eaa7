"""A presented page against a reference: the same document's earlier capture, or its version's specimen.

The page is found in the picture and drawn onto the reference; a map shows where they differ; anchors, print
that never changes between holders, are measured in mm. Leads with a picture for an officer's eye, never a
verdict.
"""

from entente.match.documents.comparing.alignment import Alignment, align
from entente.match.documents.comparing.anchors import Anchor, Reading
from entente.match.documents.comparing.comparison import Comparison, compare
from entente.match.documents.comparing.difference import Difference, Region
from entente.match.documents.comparing.page import Box
from entente.match.documents.comparing.reference import Reference

__all__ = [
    "Alignment",
    "Anchor",
    "Box",
    "Comparison",
    "Difference",
    "Reading",
    "Reference",
    "Region",
    "align",
    "compare",
]
