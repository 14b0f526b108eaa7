"""Analytical reports: written in a file, checked against what each reader may see, published as frozen data.

A report is a paper of its file and is read again, block by block, as each member may see it. What is
published is data that does not change any more; each reader gets a numbered copy whose handling is the
meet of its sources' handlings (core.access), and which is suspended when one of them is restricted or
changes.
"""

from entente.rooms.analysis.reports.states import IMPRINTS

__all__ = ["IMPRINTS"]
