"""Triage on a specialist's own machine: a seized disk walked, hashed, compared, grouped; no house needed.

Nothing here shows, copies or sends a picture. What leaves the machine, where its holder wants it, are the
hashes and descriptors of `asking.ASKED`; names, paths and cases stay in the work file beside the outputs.
"""
