"""Screening: a list of many rows, each asked of all that its officer may see.

A list lies encrypted, is its officer's alone, and goes after a month. Every row is a search in the journal,
so that owners are told of it as of any other. What was found is decided again whenever it is read, and what
changes can be looked at by itself.
"""

from entente.rooms.screening.columns import FIELDS
from entente.rooms.screening.csv_export import exported
from entente.rooms.screening.duties import Screener, duties, progress
from entente.rooms.screening.lists import LIMITS
from entente.rooms.screening.model import Screening, Sent
from entente.rooms.screening.results import results as results_of
from entente.rooms.screening.service import SET_DAYS, again, resumed, send

__all__ = [
    "FIELDS",
    "LIMITS",
    "SET_DAYS",
    "Screener",
    "Screening",
    "Sent",
    "again",
    "duties",
    "exported",
    "progress",
    "results_of",
    "resumed",
    "send",
]
