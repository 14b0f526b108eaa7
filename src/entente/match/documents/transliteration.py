"""Every way a printed name may be spelled in a machine readable zone (ICAO Doc 9303-3, sections 4.6 and 6).

An issuer chooses among the spellings of a letter (Ä is AE or A, Ñ is N or NXX), and five Cyrillic alphabets
read some letters their own way, all of them within one name. Apostrophes and other punctuation are left out,
hyphens and blanks become one filler, a comma between identifiers two.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product

from entente.match.documents.tables import rows

Letters = tuple[tuple[str, ...], ...]
"""For each letter of a text the ways to write it; "<" and "<<" stand where it has a gap."""

LONGEST = 500
"""Characters beyond which a text is no name: it has no spelling and no zone agrees with it."""

_OWN = ("be", "bg", "mk", "sr", "uk")
_ANY = ""
_SHADDA = "\u0651"
_TATWEEL = "\u0640"  # a letter to Unicode, to a printer a longer line
_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@dataclass(frozen=True, slots=True)
class _Rule:
    language: str
    place: str  # "first", "last" or anywhere
    spellings: tuple[str, ...]


@cache
def _rules() -> Mapping[str, tuple[_Rule, ...]]:
    """The rules of each letter, the most particular first."""
    found: dict[str, list[_Rule]] = {}
    for letter, condition, spelled in rows("spellings.tsv"):
        words = condition.split()
        language = next((w for w in words if w in _OWN), _ANY)
        place = next((w for w in words if w in ("first", "last")), "")
        written = tuple("" if s == "-" else s for s in spelled.split())
        found.setdefault(letter, []).append(_Rule(language, place, written))
    order = {k: sorted(v, key=lambda r: (not r.language, not r.place)) for k, v in found.items()}
    return {letter: tuple(rules) for letter, rules in order.items()}


def _ways(letter: str, language: str, first: bool, last: bool) -> tuple[str, ...] | None:
    """How a letter is written at its place in a word; None where no table has it."""
    if letter in _LATIN:
        return (letter,)
    for rule in _rules().get(letter, ()):
        here = {"first": first, "last": last}.get(rule.place, True)
        if here and rule.language in (_ANY, language):
            return rule.spellings
    taken_apart = unicodedata.decomposition(letter)
    if taken_apart and not taken_apart.startswith("<"):  # a letter with a mark that no table has: without it
        return _ways(chr(int(taken_apart.split()[0], 16)), language, first, last)
    return None


def _gap(character: str) -> str | None:
    """The filler a character becomes: "" where it is left out, None where it is a letter or a digit."""
    if character == ",":
        return "<<"
    sort = unicodedata.category(character)
    if character == "<" or character.isspace() or sort in ("Pd", "Zs", "Zl", "Zp"):
        return "<"
    # Arabic vowel signs, marks that NFC could not join, punctuation, modifier letters (a turned comma), signs
    # of direction.
    return "" if sort[0] in "MPSC" or sort == "Lm" or character == _TATWEEL else None


@lru_cache(maxsize=1 << 10)
def _parts(text: str) -> tuple[str, ...]:
    """The characters that count, in capitals, with runs of gaps made one and those at the ends gone."""
    parts: list[str] = []
    for character in unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).upper()):
        gap = _gap(character)
        after_gap = not parts or parts[-1] in ("<", "<<")
        if gap is None or (character == _SHADDA and not after_gap):
            parts.append(character)
        elif gap and parts:
            if after_gap:
                parts[-1] = max(parts[-1], gap)
            else:
                parts.append(gap)
    while parts and parts[-1] in ("<", "<<"):
        parts.pop()
    return tuple(parts)


def letters(text: str, language: str = "") -> Letters | None:
    """The ways to write each letter of a text, as the alphabet of a language has them; None where the tables
    lack one, or the text is too long for a name."""
    if len(text) > LONGEST:
        return None
    found: list[tuple[str, ...]] = []
    parts = _parts(text)
    for at, part in enumerate(parts):
        if part in ("<", "<<"):
            found.append((part,))
            continue
        if part == _SHADDA:
            found[-1] = tuple(way * 2 for way in found[-1])
            continue
        following = next((p for p in parts[at + 1 :] if p != _SHADDA), "<")
        first = at == 0 or parts[at - 1] in ("<", "<<")
        ways = _ways(part, language, first, following in ("<", "<<"))
        if ways is None:
            return None
        found.append(ways)
    return tuple(found)


def unspelled(text: str) -> str:
    """The characters of a text, each once, that no table spells: another script, or a digit. Of a text that
    is too long for a name only the start is looked at."""
    odd = [
        part
        for part in _parts(text[:LONGEST])
        if part not in ("<", "<<", _SHADDA) and _ways(part, _ANY, False, False) is None
    ]
    return "".join(dict.fromkeys(odd))


def readings(text: str) -> Sequence[Letters]:
    """The text after each alphabet that reads it its own way, the table's own rules first."""
    found = (letters(text, language) for language in (_ANY, *_OWN))
    return tuple(dict.fromkeys(reading for reading in found if reading is not None))


def default(text: str) -> str | None:
    """The spelling that the tables put first; None where they lack a letter."""
    found = letters(text)
    return None if found is None else "".join(ways[0] for ways in found)


def spellings(text: str, most: int = 256) -> Iterator[str]:
    """The allowed spellings, each once, the default first; at most so many, of a name of many letters not
    all. `allowed` knows all of them."""
    seen: set[str] = set()
    tried = (("".join(way) for way in product(*reading)) for reading in readings(text))
    # Spellings can coincide, so that what is tried is bounded too.
    for spelled in (s for each in tried for s in islice(each, 8 * most)):
        if len(seen) >= most:
            return
        if spelled not in seen:
            seen.add(spelled)
            yield spelled


def allowed(text: str, written: str) -> bool:
    """Whether a zone may write the text so; fillers at its end do not count.

    Walks over the places of the zone that the letters so far can end at: time by length, where the spellings
    of a name double with each of its letters.
    """
    written = written.rstrip("<")
    return any(len(written) in _ends(reading, written) for reading in readings(text))


def same_letters(text: str, written: str) -> bool:
    """Whether a zone that writes the text so differs in its gaps at most: O<NEIL for O'Neil, VANDYK for Van
    Dyk."""
    written = written.replace("<", "")
    apart = (tuple(ways for ways in reading if ways[0] not in ("<", "<<")) for reading in readings(text))
    return any(len(written) in _ends(reading, written) for reading in apart)


def begins(text: str, written: str) -> bool:
    """Whether a zone may write the text so when it has no room for all: words may be shortened, down to their
    first letter, and those at the end left out (Doc 9303-3, 4.6; parts 4 to 7, truncation)."""
    words = [word for word in written.split("<") if word]
    if not words:
        return False
    for reading in readings(text):
        printed = _words(reading)
        if len(words) <= len(printed) and all(map(_starts, printed, words)):
            return True
    return False


def _ends(reading: Letters, written: str) -> set[int]:
    places = {0}
    for ways in reading:
        places = {at + len(way) for at in places for way in ways if written.startswith(way, at)}
        if not places:
            break
    return places


def _starts(reading: Letters, word: str) -> bool:
    """Whether a spelling of the letters starts with a word of the zone."""
    places = {0}
    for ways in reading:
        if any(way.startswith(word[at:]) for at in places for way in ways if way):
            return True
        places = {at + len(way) for at in places for way in ways if word.startswith(way, at)}
        if not places or len(word) in places:
            break
    return len(word) in places


def _words(reading: Letters) -> list[Letters]:
    words: list[list[tuple[str, ...]]] = [[]]
    for ways in reading:
        if ways[0] in ("<", "<<"):
            words.append([])
        else:
            words[-1].append(ways)
    return [tuple(word) for word in words if word]
