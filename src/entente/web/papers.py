"""Where a thing is opened: a record on the records' page, a paper of the house on its own room's."""

PAPERS = {"BiometricSet": "/biometrics/sets", "Seizure": "/trends/seizures"}
"""Kinds that are no records and are found, judged or named beside them, and where each has its page."""


def page_of(kind: str, id: str) -> str:
    """The address of a thing's page."""
    return f"{PAPERS.get(kind, '/records')}/{id}"
