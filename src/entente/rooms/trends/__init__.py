"""Trends: what was seized where, on which way, so that the next checks are aimed better.

A seizure is a record of goods and a route without any person; persons and companies are a paper of their
owner's beside it. Figures, operations and the desk for companies stand in folders of their own.
"""

from entente.rooms.trends.duties import duties
from entente.rooms.trends.limits import LIMITS

__all__ = ["LIMITS", "duties"]
