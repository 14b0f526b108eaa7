"""The closed vocabularies of lost and stolen documents: what became of one, and what sort it is."""

from collections.abc import Mapping
from typing import Literal

from entente.web.language import N_

Status = Literal["stolen", "lost", "revoked", "invalid", "stolen-blank", "recovered"]
Sort = Literal[
    "passport", "identity-card", "residence-permit", "visa", "travel-document", "driving-licence", "other"
]

STATUSES: Mapping[str, str] = {
    "stolen": N_("Stolen"),
    "lost": N_("Lost"),
    "revoked": N_("Revoked"),
    "invalid": N_("Invalid"),
    "stolen-blank": N_("Stolen blank"),
    "recovered": N_("Recovered"),
}
"""The statuses of SLTD, and what ends them."""
CLOSED = "recovered"
TONES: Mapping[str, str] = {"recovered": "good", "invalid": "warn", "revoked": "warn"}

SORTS: Mapping[str, str] = {
    "passport": N_("Passport"),
    "identity-card": N_("Identity card"),
    "residence-permit": N_("Residence permit"),
    "visa": N_("Visa"),
    "travel-document": N_("Other travel document"),
    "driving-licence": N_("Driving licence"),
    "other": N_("Other document"),
}
KINDS = ("Passport", "Identification")
"""Kinds of record that a lost document is."""
RANGE = "BlankRange"

FORMS: Mapping[str, str] = {
    "written": N_("As written"),
    "without-check-digit": N_("Read as a field of the zone: its last digit is the check digit"),
    "wrong-check-digit": N_("Read as a field of the zone, whose check digit does not fit"),
    "with-check-digit": N_("The owner has it with its check digit"),
    "range": N_("It lies in a range of blanks"),
    "alike": N_("Characters that print alike are read otherwise"),
}
"""How the number that matched follows from the one that was asked."""

_STATUS_SAID: Mapping[str, str] = {
    **{slug: slug for slug in STATUSES},
    **dict.fromkeys(("blank", "blank-stolen", "stolenblank", "stolen-blanks", "sb"), "stolen-blank"),
    **dict.fromkeys(("s", "theft"), "stolen"),
    **dict.fromkeys(("l", "loss"), "lost"),
    **dict.fromkeys(("r", "cancelled", "canceled"), "revoked"),
    **dict.fromkeys(("i", "invalidated"), "invalid"),
    **dict.fromkeys(("found", "returned"), "recovered"),
}
_SORT_SAID: Mapping[str, str] = {
    **{slug: slug for slug in SORTS},
    **dict.fromkeys(("p", "pp", "passports", "pass"), "passport"),
    **dict.fromkeys(("i", "id", "ic", "id-card", "identity", "identity-document", "card"), "identity-card"),
    **dict.fromkeys(("v", "visas"), "visa"),
    **dict.fromkeys(("rp", "permit", "residence"), "residence-permit"),
    **dict.fromkeys(("td", "laissez-passer", "emergency-passport"), "travel-document"),
    **dict.fromkeys(("dl", "driving-license", "driver-licence", "driver-license"), "driving-licence"),
}


def status_of(text: str) -> str:
    """The status that a word stands for; empty for none of the vocabulary."""
    return _STATUS_SAID.get(_slug(text), "")


def sort_of(text: str) -> str:
    """The sort of document that a word or a code stands for; empty for none of the vocabulary."""
    return _SORT_SAID.get(_slug(text), "")


def kind_of(sort: str) -> str:
    """The kind of record that a document of this sort is."""
    return "Passport" if sort == "passport" else "Identification"


def _slug(text: str) -> str:
    return "-".join(text.replace("_", " ").replace("-", " ").casefold().split())
