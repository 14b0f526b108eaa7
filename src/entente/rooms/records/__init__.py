"""Records: what bureaus know of the world outside. Contribute, correct, withdraw, keep until.

A record belongs to the bureau that contributed it; its handling says who may see it, and holds for
the very next question. Files are loaded here too (loading.py, formats/).
"""

from entente.rooms.records.formats import Bad
from entente.rooms.records.formats.ftm import write_ftm
from entente.rooms.records.formats.repeats import Repeats
from entente.rooms.records.handling import (
    given_handling,
    handling_fields,
    handling_places,
    to_form,
    to_handling,
)
from entente.rooms.records.model import Correction, Draft, HandlingForm, Strict
from entente.rooms.records.service import (
    code_of,
    contribute,
    correct,
    mine,
    open_record,
    shown,
    ties,
    withdraw,
)

__all__ = [
    "Bad",
    "Correction",
    "Draft",
    "HandlingForm",
    "Repeats",
    "Strict",
    "code_of",
    "contribute",
    "correct",
    "given_handling",
    "handling_fields",
    "handling_places",
    "mine",
    "open_record",
    "shown",
    "ties",
    "to_form",
    "to_handling",
    "withdraw",
    "write_ftm",
]
