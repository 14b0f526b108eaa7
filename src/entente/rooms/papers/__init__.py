"""Papers: the reference library of genuine documents, and alerts of false ones.

A version of a document (its pages, the security features on them, number patterns, validity rules) is
written by one officer, reviewed by a second and then open to every bureau, unless its handling says
otherwise. Alerts say how counterfeits and forgeries that were found differ from it; subscribers are told.
"""

__all__: list[str] = []
