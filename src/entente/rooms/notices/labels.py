"""Slugs of notices and what people call them."""

from collections.abc import Mapping

from entente.web.language import N_

STATES: Mapping[str, str] = {
    "draft": N_("Draft"),
    "submitted": N_("Waits for the second officer"),
    "checked": N_("Checked by a second officer"),
    "review": N_("In neutral review"),
    "published": N_("Published"),
    "suspended": N_("Suspended"),
    "cancelled": N_("Cancelled"),
    "expired": N_("Expired"),
    "refused": N_("Refused by the neutral review"),
}
TONES: Mapping[str, str] = {
    "published": "good",
    "review": "info",
    "checked": "info",
    "submitted": "warn",
    "suspended": "warn",
    "refused": "bad",
    "cancelled": "bad",
}
STEPS: Mapping[str, str] = {
    "drafted": N_("Drafted"),
    "edited": N_("Edited: it is a draft again"),
    "photo": N_("Photo changed: it is a draft again"),
    "submitted": N_("Submitted for the check"),
    "approved": N_("Approved by the second officer"),
    "not-approved": N_("Sent back by the second officer"),
    "sent": N_("Sent to the neutral review"),
    "returned": N_("Sent back by the neutral review"),
    "refused": N_("Refused by the neutral review"),
    "published": N_("Published by the neutral review"),
    "suspended": N_("Suspended"),
    "resumed": N_("Resumed by the neutral review"),
    "cancelled": N_("Cancelled"),
    "expired": N_("Expired"),
    "renewal": N_("Renewal asked for"),
    "renewed": N_("Renewed by the neutral review"),
    "extract": N_("Public extract asked for"),
    "extract-public": N_("Public extract consented to"),
    "extract-ended": N_("Public extract ended"),
}
PARTS: Mapping[str, str] = {
    "drafter": N_("drafting officer"),
    "owner": N_("owner"),
    "second": N_("second officer"),
    "reviewer": N_("neutral reviewer"),
    "house": N_("the house"),
}
"""In which part an officer acted: what others than his own bureau learn of him."""
FLAGS: Mapping[str, str] = {
    "politics": N_("Words of politics"),
    "religion": N_("Words of religion"),
    "ethnicity": N_("Words of ethnic origin"),
    "military": N_("Words of the military"),
    "private": N_("Words of family or private matters"),
    "sensitive": N_("The record says what is particularly sensitive"),
    "minor": N_("The person may be a minor"),
    "threshold": N_("The penalty is close to the threshold"),
}
