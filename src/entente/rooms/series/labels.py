"""Slugs of image series and what people call them."""

from collections.abc import Mapping

from entente.web.language import N_

STATES: Mapping[str, str] = {
    "unidentified": N_("Unidentified"),
    "in-progress": N_("In progress"),
    "identified": N_("Identified"),
    "distributed": N_("Distributed"),
}
TONES: Mapping[str, str] = {"unidentified": "warn", "in-progress": "info", "identified": "good"}
SAYS: Mapping[str, str] = {
    "identified": N_("Known: the victim is identified"),
    "in-progress": N_("Known: somebody works on it"),
    "distributed": N_("Known: widely distributed"),
    "unidentified": N_("Known: nobody works on its series yet"),
    "known": N_("Known, in no series"),
    "own": N_("Your bureau's own"),
    "near": N_("Something resembles it: look at both"),
    "new": N_("Not known"),
    "ignored": N_("On your negative list"),
}
SAYS_TONES: Mapping[str, str] = {
    "identified": "good",
    "in-progress": "info",
    "distributed": "info",
    "unidentified": "warn",
    "known": "warn",
    "near": "warn",
}
DO: Mapping[str, str] = {
    "identified": N_("Stop: the work is done. Ask the bureau named."),
    "in-progress": N_("Call the bureau named before you go on."),
    "unidentified": N_("Nobody works on it: you may say that your bureau does."),
}
"""What an answer asks of whoever reads it."""
LINES: Mapping[str, str] = {
    "identical": N_("The very same file"),
    "same": N_("The same picture"),
    "probable": N_("Probably the same picture: look at both"),
    "video": N_("The same film"),
    "scene": N_("The same place or object"),
    "image_id": N_("The same picture, by the camera's own number"),
    "device": N_("The same camera"),
    "lens": N_("The same lens"),
    "tables": N_("Written by the same program or kind of camera"),
}
EVIDENCE: Mapping[str, str] = {
    "hash": N_("By"),
    "distance": N_("Bits that differ, of 256"),
    "view": N_("Part that agrees"),
    "asked_view": N_("Part asked that agrees"),
    "turn": N_("Turned"),
    "second": N_("At second"),
    "share": N_("Share of frames"),
    "device": N_("Camera"),
    "lens": N_("Lens"),
    "image_id": N_("Number of the picture"),
    "tables": N_("Tables"),
    "agrees": N_("Agrees"),
    "contradicted": N_("Contradicted by"),
    "also": N_("Also"),
}
SHARING: Mapping[str, str] = {
    "open": N_("Every cleared specialist sees it"),
    "blind": N_("They learn only whom to ask"),
    "silent": N_("They learn nothing; my bureau is told of every match"),
}
HOW: Mapping[str, str] = {
    "shown": N_("They have it"),
    "contact": N_("They have something: ask them"),
    "asked": N_("They ask for what you have"),
}
DID: Mapping[str, str] = {
    "begun": N_("Begun"),
    "described": N_("Described anew"),
    "proposed": N_("Proposed as identified"),
    "returned": N_("Not approved"),
    "unidentified": N_("Unidentified again"),
    "in-progress": N_("Work begun"),
    "identified": N_("Identified, by two persons"),
    "distributed": N_("Said to be distributed"),
    "asked": N_("Asked to be merged"),
    "refused": N_("Merge refused"),
    "merged": N_("Merged into another series"),
    "apart": N_("Taken apart again"),
    "split": N_("Split from another series"),
    "other-merged": N_("Another series was merged into it"),
    "other-apart": N_("Another series was taken out again"),
    "other-split": N_("Another series was split from it"),
}
COMMON: Mapping[str, str] = {
    "csam": N_("Abuse"),
    "exploitative": N_("Exploitative"),
    "generated": N_("Generated or drawn"),
    "comparison": N_("Comparison"),
    "non-pertinent": N_("Non-pertinent"),
    "uncategorised": N_("Not categorised"),
    "unmapped": N_("In no scheme that the house knows"),
}
