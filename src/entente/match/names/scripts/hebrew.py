"""Hebrew names in Latin letters.

Vowels are half written and b/v, p/f, k/kh share a letter, so a name that many people bear is looked up
(`hebrew_names.tsv`, written by us). Any other word follows the rule of place: stops at the beginning,
spirants after it; a second reading keeps the stops and reads the vav as u.
"""

import re
from functools import cache

from entente.match.names.scripts.tables import rows

LETTERS = "\u0590-\u05ff\ufb1d-\ufb4f"

_LETTERS = {
    "א": "a", "ב": "v", "ג": "g", "ד": "d", "ה": "h", "ו": "o", "ז": "z", "ח": "h", "ט": "t", "י": "i",
    "כ": "kh", "ך": "kh", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "a", "פ": "f",
    "ף": "f", "צ": "ts", "ץ": "ts", "ק": "k", "ר": "r", "ש": "sh", "ת": "t",
}  # fmt: skip
_SPIRANTS = str.maketrans(_LETTERS)
_STOPS = str.maketrans(_LETTERS | {"ב": "b", "פ": "p", "כ": "k", "ו": "u"})
_POINTS = re.compile("[\u0591-\u05c7]")
_GERESH = str.maketrans({"׳": "'", "’": "'", "`": "'", "״": None, '"': None})
_FOREIGN = (("ג'", "j"), ("ז'", "zh"), ("צ'", "ch"), ("ץ'", "ch"), ("ת'", "th"))
_YIDDISH = (("טש", "ch"), ("שטיין", "stein"), ("שטין", "stein"))
_FIRST = {"ב": "b", "פ": "p", "כ": "k", "ו": "v", "י": "y"}
_CONSONANT = "בגדזחטכלמנסצקרשתפ"
_BREATH = re.compile(f"(?<=[{_CONSONANT}])[הח](?=\\w)")
_LATER_YOD = re.compile("(?<=[אהוע])י(?=[אהוע])")


@cache
def _known() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("hebrew_names.tsv")}


def spell(text: str) -> tuple[str, ...]:
    """At most two readings of a Hebrew name: spirants (Avner, Yosef), stops (Abner, Yosep)."""
    words = _POINTS.sub("", text).translate(_GERESH).split()
    spelled = [_word(w) for w in words]
    return tuple(dict.fromkeys((" ".join([a for a, _ in spelled]), " ".join([b for _, b in spelled]))))


def _word(word: str) -> tuple[str, str]:
    known = _known().get(word)
    if known:
        return known, known
    for written, said in (*_FOREIGN, *_YIDDISH):
        word = word.replace(written, said)
    word = word.replace("וו", "v").replace("יי", "ay")
    first = _FIRST.get(word[:1], word[:1])
    if word[:2] in ("או", "עו", "אי", "עי"):
        first, word = "", word[1:]
    else:
        word = word[1:]
    word = _BREATH.sub(lambda found: "a" + found[0], first + word)
    word = re.sub("ה$", "a", _LATER_YOD.sub("y", word))
    # -vits or -vich: both are heard, and only the second is written with a sign that is often left out.
    other = "vich".join(word.rsplit("ביץ", 1)) if word.endswith("ביץ") else word
    return word.translate(_SPIRANTS), re.sub("^sh(?=[tp])", "s", other.translate(_STOPS))
