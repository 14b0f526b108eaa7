"""Indexes that lie in a folder as a few segments of mapped arrays: one process writes, all read.

What an index of hashes (vectors/) and one of templates (galleries/) have in common: files that are whole or
not there, a manifest replaced at one moment, rows blanked on the disk, a reader that is always at the newest.
"""

from entente.engines.segments.errors import Busy, Corrupt

__all__ = ["Busy", "Corrupt"]
