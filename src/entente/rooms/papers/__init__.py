"""Papers: the reference library of genuine documents, and alerts of false ones.

A version of a document (its pages, the security features on them, number patterns, validity rules) is
written by one officer, reviewed by a second and then open to every bureau, unless its handling says
otherwise. Alerts say how counterfeits and forgeries that were found differ from it; subscribers are told.
"""

from entente.rooms.papers.packs_checking import PackReport, check_pack, read_public_key
from entente.rooms.papers.pictures import JOBS, LIMITS

__all__ = ["JOBS", "LIMITS", "PackReport", "check_pack", "read_public_key"]
