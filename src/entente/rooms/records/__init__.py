"""Records: what bureaus know of the world outside. Contribute, correct, withdraw, keep until.

A record belongs to the bureau that contributed it; its handling says who may see it, and holds for
the very next question. Files are loaded here too (loading.py, formats/).
"""

from entente.rooms.records.formats.ftm import write_ftm
from entente.rooms.records.handling import to_form, to_handling
from entente.rooms.records.model import Draft, HandlingForm, Strict
from entente.rooms.records.service import code_of, contribute, open_record, shown, ties

__all__ = [
    "Draft",
    "HandlingForm",
    "Strict",
    "code_of",
    "contribute",
    "open_record",
    "shown",
    "ties",
    "to_form",
    "to_handling",
    "write_ftm",
]
