"""Slugs and numbers of biometrics and what people call them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from entente.rooms.biometrics.model import Share
from entente.web import words
from entente.web.language import N_, _

FINGERS = words.FINGERS
HANDS: Mapping[str, str] = {
    "right": N_("Four fingers of the right hand: index to little finger"),
    "left": N_("Four fingers of the left hand: little finger to index"),
    "thumbs": N_("Both thumbs: left, right"),
    "none": N_("Something else"),
}
"""What a picture of several fingers shows."""
IMPRESSIONS: Mapping[str, str] = {
    "plain": N_("Flat"),
    "rolled": N_("Rolled"),
    "latent": N_("Latent mark"),
    "swipe": N_("Swiped"),
}
SORTS: Mapping[str, str] = {"person": N_("Person"), "mark": N_("Mark of unknown maker")}
AGAINST: Mapping[str, str] = {"persons": N_("Persons"), "marks": N_("Unsolved marks")}
SETS: Mapping[str, str] = {"enrolled": N_("Enrolled"), "unsolved": N_("Unsolved"), "solved": N_("Solved")}
SET_TONES: Mapping[str, str] = {"unsolved": "warn", "solved": "good"}
VERDICTS: Mapping[str, str] = {
    "hit": N_("Hit"),
    "no-hit": N_("No hit"),
    "inconclusive": N_("Inconclusive"),
}
KEYS: Mapping[str, str] = {"hit": "h", "no-hit": "n", "inconclusive": "i"}
"""Keys that lead to the verdicts, as examiners know them from their own systems."""
STATES: Mapping[str, str] = {
    "open": N_("Open"),
    "closed": N_("Closed"),
    "new": N_("To be examined"),
    "waiting": N_("Waits for a second examiner"),
    "hit": N_("Hit, by two examiners"),
    "no-hit": N_("No hit"),
    "inconclusive": N_("Inconclusive, by two examiners"),
    "disputed": N_("Disputed: the examiners differ"),
}
TONES: Mapping[str, str] = {
    "open": "info",
    "new": "info",
    "waiting": "warn",
    "hit": "good",
    "disputed": "bad",
}
WHY: Mapping[str, str] = {
    "search": N_("A candidate of a search"),
    "mark": N_("An unsolved mark and a person"),
    "duplicate": N_("Perhaps the same person twice"),
}
"""How a comparison came about."""
LISTS: Mapping[str, str] = {
    "waiting": N_("For a second examiner"),
    "new": N_("To be examined"),
    "mine": N_("Judged by me"),
    "all": N_("All"),
}
REASONS: Mapping[str, str] = {
    "small": N_("little of the finger is seen"),
    "few": N_("fewer than twelve minutiae"),
    "faint": N_("ridges and valleys hardly differ"),
    "dry": N_("ridges are broken: dry, or hardly pressed"),
    "wet": N_("ridges run into each other: wet, or pressed too hard"),
    "smudged": N_("ridges have no clear direction"),
    "cut": N_("it runs beyond the edge of the picture"),
    "several": N_("there is more print than one finger leaves: cut out one finger"),
    "inverted": N_("white ridges on a dark ground: read as its negative"),
}
"""Why the quality of a print is low (`match.prints`)."""
FACE_REASONS: Mapping[str, str] = {
    "small": N_("few pixels between the eyes: use a larger original"),
    "blurred": N_("the face is blurred"),
    "faint": N_("the face has hardly any contrast"),
    "clipped": N_("much of the face is pure black or white"),
    "exposure": N_("the face is far too dark or too bright"),
    "turned": N_("the head is turned to the side"),
    "tilted": N_("the head is tilted"),
    "drawn": N_("it seems to be a drawing: what is found resembles the drawing"),
    "background": N_("the ground behind the head is busy"),
    "several": N_("there are several faces: make sure that the largest is meant"),
    "crowd": N_("there are many faces: cut out the one who is meant"),
    "unsure": N_("it may not be a face at all"),
}
"""Why the quality of a portrait is low (`match.faces`)."""
LOW, FAIR = 30, 60
"""Quality below which a sample is searched with a warning, and below which it is only fair."""


def sample(what: str, position: int) -> str:
    """What one sample is of, in the reader's language."""
    return words.sample("face" if what == "face" else f"finger-{position}")


def places() -> list[tuple[str, str]]:
    """Every finger as a choice of a form, and the one that is not known."""
    return [(str(n), sample("finger", n)) for n in (*FINGERS, 0)]


def by(samples: Iterable[Mapping[str, object]]) -> str:
    """What was searched with, as it is kept of a search: each sort of sample, and how many where several."""
    told = Counter(sample(str(one["what"]), int(str(one["position"]))) for one in samples)
    return ", ".join(f"{said} ({n})" if n > 1 else said for said, n in told.items())


def reason(what: str, code: str) -> str:
    """Why the quality of a sample is low, in the reader's language."""
    return _((FACE_REASONS if what == "face" else REASONS).get(code, code))


def fingers(positions: Iterable[int]) -> str:
    """Several fingers in a line, each once."""
    return ", ".join(dict.fromkeys(sample("finger", n) for n in sorted(positions)))


def holds(positions: Collection[int], faces: int) -> str:
    """What is in a set, in a few words: fingers by name while they are few."""
    few = len(positions) <= 3
    said = fingers(positions) if few else _("%(n)s fingers") % {"n": len(positions)}
    return " · ".join(filter(None, (said, sample("face", 0) if faces else "")))


def quality_tone(quality: int) -> str:
    """Colour beside a quality; the number says the same."""
    return "bad" if quality < LOW else "warn" if quality < FAIR else "good"


def lacks(profile: Iterable[str]) -> list[str]:
    """What a set lacks and what is weak in it (codes of `shown.profile`), a line for each sort of it."""
    missing: list[int] = []
    weak: list[int] = []
    lines: list[str] = []
    for code in profile:
        which, _dash, number = code.partition("-")
        if number.isdecimal():
            (missing if which == "missing" else weak).append(int(number))
        elif code == "no-face":
            lines.append(_("No portrait."))
        elif code == "weak-face":
            lines.append(_("The portrait is weak: take it again."))
    if weak:
        lines.insert(0, _("Weak, to be taken again: %(fingers)s.") % {"fingers": fingers(weak)})
    if missing:
        said = _("all fingers") if len(missing) == len(FINGERS) else fingers(missing)
        lines.append(_("Missing: %(fingers)s.") % {"fingers": said})
    return lines


def scores(parts: Iterable[Share]) -> list[tuple[str, float]]:
    """What each part of a score is of, and the part."""
    return [(sample(part.what, part.position), part.score) for part in parts]
