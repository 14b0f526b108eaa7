"""Slugs of image series and what people call them."""

from collections.abc import Mapping

from entente.web.language import N_, _

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
    "contact": N_("Ask: somebody has something"),
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
    "contact": "warn",
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
    "seconds": N_("Seconds that run alike"),
    "share_of_kept": N_("Share of the other's frames"),
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
PLACES: Mapping[str, str] = {
    "whole": N_("the whole"),
    "without border": N_("without border"),
    "a view": N_("a part"),
    "centre": N_("the centre"),
    "corner": N_("a corner"),
    "edge": N_("all but an edge"),
    "top left": N_("top left"),
    "top right": N_("top right"),
    "bottom left": N_("bottom left"),
    "bottom right": N_("bottom right"),
    "top": N_("top"),
    "bottom": N_("bottom"),
    "left": N_("left"),
    "right": N_("right"),
    "as it is": N_("as it is"),
    "rotated 90": N_("rotated by 90°"),
    "rotated 180": N_("rotated by 180°"),
    "rotated 270": N_("rotated by 270°"),
    "upside down": N_("upside down"),
    "mirrored": N_("mirrored"),
    "over the diagonal": N_("turned over the diagonal"),
    "over the other diagonal": N_("turned over the other diagonal"),
    "turned": N_("turned"),
}
"""What `match.images` calls views and turns."""
MOST_SIGNS = 60


def evidence(name: str, value: str) -> str:
    """A piece of evidence as an officer reads it."""
    if name in ("view", "asked_view", "turn"):
        return ", ".join(_place(piece) for piece in value.split(", "))
    if name == "also":
        return ", ".join(_(LINES.get(line, line)) for line in value.split(", "))
    if name == "tables":
        return value[:12]
    return value.replace("|", " ")[:MOST_SIGNS]


def _place(piece: str) -> str:
    """`corner 0.95 top left`: where, how much of the side is left, and which."""
    words = piece.split(" ")
    at = next((n for n, word in enumerate(words) if word.startswith("0.")), None)
    if at is None:
        return _(PLACES.get(piece, piece))
    where, which = " ".join(words[:at]), " ".join(words[at + 1 :])
    share = f"{float(words[at]) * 100:.0f} %"
    return " ".join(
        filter(None, (_(PLACES.get(where, where)), share, _(PLACES.get(which, which)) if which else ""))
    )
