"""What pages call the slugs of this room."""

from collections.abc import Mapping

from entente.rooms.analysis.subjects_model import CATEGORIES
from entente.web.language import N_

Table = Mapping[str, str]

__all__ = ["CATEGORIES", "CERTAINTIES", "LINKS", "NEW", "ROLES", "SCHEMES", "STATES", "STEPS", "TONES"]

STATES: Table = {
    "proposed": N_("Waits for a supervisor"),
    "open": N_("Open"),
    "overdue": N_("Review overdue"),
    "read-only": N_("Review long overdue: read only"),
    "closed": N_("Closed"),
}
TONES: Table = {"proposed": "info", "open": "good", "overdue": "warn", "read-only": "bad", "closed": ""}
ROLES: Table = {
    "lead": N_("Leads it"),
    "analyst": N_("Analyst"),
    "contributor": N_("Contributor"),
    "reader": N_("Reader"),
}
STEPS: Table = {
    "proposed": N_("Proposed"),
    "approved": N_("Approved"),
    "not-approved": N_("Not approved"),
    "extension-asked": N_("Extension asked for"),
    "extended": N_("Extended"),
    "not-extended": N_("Extension not approved"),
    "closed": N_("Closed"),
    "joined": N_("A member came in"),
    "left": N_("A member left"),
    "removed": N_("Removed"),
    "role-changed": N_("A member's role changed"),
    "replaced": N_("Another category took its place"),
}
CERTAINTIES: Table = {
    "confirmed": N_("Confirmed"),
    "unconfirmed": N_("Unconfirmed"),
    "tentative": N_("Tentative"),
}
SUBJECT_STATES: Table = {
    "proposed": N_("Waits for approval"),
    "approved": N_("Approved"),
    "removed": N_("Removed"),
}
SCHEMES: Table = {
    "4x4": N_("4x4 (source A B C X, information 1 to 4)"),
    "6x6": N_("6x6 (source A to F, information 1 to 6)"),
    "5x5x5": N_("5x5x5 (source A to E, information and handling 1 to 5)"),
}
NEW: Mapping[str, tuple[str, str]] = {
    "Person": ("name", "passportNumber"),
    "Company": ("name", "registrationNumber"),
    "Organization": ("name", "registrationNumber"),
    "Vehicle": ("name", "plateNumber"),
    "BankAccount": ("name", "accountNumber"),
    "PhoneNumber": ("name", "number"),
    "Vessel": ("name", "imoNumber"),
    "Event": ("name", ""),
}
"""Kinds that the form makes: the property of the name and that of the number."""
LINKS = (
    "Associate",
    "Family",
    "UnknownLink",
    "Directorship",
    "Ownership",
    "Control",
    "Membership",
    "Employment",
    "Representation",
    "Payment",
)
"""Relations that the form draws."""
