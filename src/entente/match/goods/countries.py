"""Countries as tables of seizures write them: names in four languages, ISO and UN codes, codes of CITES, and
countries that are no more. What may be of two is asked, and nothing is taken by likeness.

Sources: ISO 3166-1 and 3166-3; UN M49; CLDR's names (Babel); the codes of the CITES trade database.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.core import get_global
from rapidfuzz import fuzz, process

from entente.core.kinds import countries as kept
from entente.match.goods.readings import TwoReadings

LANGUAGES = ("en", "fr", "es", "ar")
LIKE = 85
"""How near (0 to 100, ratio of letters) a name must be to be offered when a text is none."""


@dataclass(frozen=True, slots=True)
class Former:
    """A country that is no more: our code, name, what lists name it by, its last year, the countries of today
    (one: it was renamed or joined), the code that a record's property of type country holds ("" for none)."""

    code: str
    name: str
    other: tuple[str, ...]
    last: int
    today: tuple[str, ...]
    record: str = ""


_SOVIET = "ru am az by ee ge kz kg lv lt md tj tm ua uz"
FORMER = (
    Former("su", "Soviet Union", ("sun", "810", "ussr"), 1991, tuple(_SOVIET.split()), "suhh"),
    Former("yu", "Yugoslavia", ("yug", "890"), 2003, tuple("rs me hr si ba mk".split()), "yucs"),
    Former("zc", "Czechoslovakia", ("csk", "200", "cshh"), 1992, ("cz", "sk"), "cshh"),
    Former("cs", "Serbia and Montenegro", ("scg", "csxx"), 2006, ("rs", "me"), "csxx"),
    Former("dd", "East Germany", ("ddr", "278", "german democratic republic"), 1990, ("de",), "dd"),
    Former("zr", "Zaire", ("zar",), 1997, ("cd",), "zr"),
    Former("bu", "Burma", ("bur",), 1989, ("mm",)),
    Former("tp", "East Timor", ("tmp",), 2002, ("tl",)),
    Former("yd", "South Yemen", ("ymd", "720", "yemen democratic", "democratic yemen"), 1990, ("ye",)),
    Former("pc", "Pacific Islands Trust Territory", ("pci", "582"), 1986, ("fm", "mh", "mp", "pw")),
    Former("an", "Netherlands Antilles", ("ant", "530", "532"), 2010, ("cw", "sx", "bq")),
)
_SEVERAL: Mapping[str, tuple[str, ...]] = {
    "congo": ("cg", "cd"),
    "korea": ("kr", "kp"),
    "coree": ("kr", "kp"),
    "corea": ("kr", "kp"),
    "guinea": ("gn", "gw", "gq", "pg"),
    "guinee": ("gn", "gw", "gq", "pg"),
    "virgin islands": ("vg", "vi"),
    "iles vierges": ("vg", "vi"),
    "islas virgenes": ("vg", "vi"),
    "saint martin": ("mf", "sx"),
    "st martin": ("mf", "sx"),
    "antilles": ("ag", "an"),
    "كوريا": ("kr", "kp"),
    "الكونغو": ("cg", "cd"),
    "غينيا": ("gn", "gw", "gq", "pg"),
}
"""Short names of more than one country. (Guinea and Congo are the short names of one each with the United
Nations, but who writes them by hand may mean another.)"""
CITES = {
    "xf": "Africa",
    "xs": "Asia",
    "xc": "Caribbean",
    "xe": "Europe",
    "xa": "French Antilles",
    "zz": "Introduction from the sea",
    "nt": "Neutral Zone",
    "xm": "South America",
    "xx": "Unknown",
    "xv": "Various",
}
"""What CITES writes where there is no country. XA to XZ are our bureaus' countries, too, and mean those in
our own papers."""


def read_country(text: str, on: date | None = None) -> str:
    """The two-letter code (small letters) of a country as it is written; `on` the day it is said of.

    A country that ended keeps its code for days of its time, and without a day; for a later one its single
    successor is given, or TwoReadings where there are several. TwoReadings for a name of several countries;
    ValueError for what is no country, with what it is like where that is near.
    """
    text = _ARTICLE.sub("", text)
    key = _fold(text)
    if not key:
        raise ValueError("is empty: a country is a name or a code")
    if key in ("cs", "891"):
        return _two_of_cs(key, on)
    if (former := _former().get(key)) is not None:
        return _in_time(former, on)
    if choices := _SEVERAL.get(key):
        raise TwoReadings(
            f"may be {' or '.join(english(one) for one in choices)}: write which, or a code", choices
        )
    for form in _forms(text):
        if code := _codes().get(form):
            return code
        if former := _former().get(form):
            return _in_time(former, on)
    raise ValueError("is no country that we know" + _near(key))


def settled(names: Iterable[str]) -> dict[str, str]:
    """Of the names in one column, those that may be of several countries and are settled by the others: where
    every other country that "Congo" may be stands there under a name of its own, Congo is the one left."""
    several, named = dict[str, tuple[str, ...]](), set[str]()
    for name in set(names):
        try:
            named.add(read_country(name))
        except TwoReadings as two:
            several[name] = two.choices
        except ValueError:
            continue
    left = {name: [one for one in choices if one not in named] for name, choices in several.items()}
    return {name: codes[0] for name, codes in left.items() if len(codes) == 1}


def english(code: str) -> str:
    """The English name of a code of ours, to show; the code itself in capitals where there is none."""
    former = next((one.name for one in FORMER if one.code == code), "")
    return former or Locale("en").territories.get(code.upper(), "") or kept.names().get(code, code.upper())


def in_records(code: str) -> str:
    """The code that a record's property of type country holds for one of ours (Soviet Union: suhh); a country
    that was renamed is kept as today's. "" where none is: the Netherlands Antilles."""
    former = next((one for one in FORMER if one.code == code), None)
    if former is None or former.record:
        return former.record if former else code
    return former.today[0] if len(former.today) == 1 else ""


def pack(code: str) -> int:
    """Two letters as a number from 1 (aa) to 676 (zz), a record's code of a former country as ours; 0 for ""
    and what has no two letters."""
    former = next((one.code for one in FORMER if code and one.record == code), code)
    if not re.fullmatch("[a-z]{2}", former):
        return 0
    return (ord(former[0]) - 97) * 26 + ord(former[1]) - 96


def unpack(number: int) -> str:
    """The two letters of a number; "" for 0. Raises ValueError for a number that no letters have."""
    if not 0 <= number <= 676:
        raise ValueError("is no number of a country")
    return chr(97 + (number - 1) // 26) + chr(97 + (number - 1) % 26) if number else ""


def _two_of_cs(key: str, on: date | None) -> str:
    """CS was Czechoslovakia's and then that of Serbia and Montenegro; 891 Yugoslavia's and then theirs."""
    first, last = ("zc", 1992) if key == "cs" else ("yu", 2003)
    if on is None:
        raise TwoReadings(f"may be {english(first)} or {english('cs')}: say the year", (first, "cs"))
    return first if on.year <= last else _in_time(FORMER[3], on)


def _in_time(former: Former, on: date | None) -> str:
    if on is None or on.year <= former.last:
        return former.code
    if len(former.today) == 1:
        return former.today[0]
    raise TwoReadings(
        f"ended in {former.last}: name the country of today ({', '.join(english(c) for c in former.today)})",
        former.today,
    )


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("&", " and "))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_ARABIC)
    return " ".join(re.sub(r"[\W_]+", " ", plain.casefold()).split())


_ARABIC = str.maketrans("ىةـ", "يه ")
_ARTICLE = re.compile(r"\s*[(,]\s*(?:the|les?|la|l['’]|los|las|el)\s*\)?[\s*]*$", re.IGNORECASE)


def _forms(text: str) -> tuple[str, ...]:
    """A name as it is written, with what stands behind a comma or in brackets in front, and without it."""
    forms = [_fold(text), _fold(re.sub(r"\bst\b\.?", "saint", text, flags=re.IGNORECASE))]
    if found := re.fullmatch(r"\s*([^,()]+?)\s*(?:,\s*([^,()]+)|\(([^()]+)\))\s*", text):
        name, behind = found[1], found[2] or found[3]
        forms += [_fold(f"{behind} {name}"), _fold(f"{name} {behind}")]
        forms += [] if _fold(name) in _SEVERAL or found[2] else [_fold(name)]
    return tuple(dict.fromkeys([bare for form in forms for bare in (form, form.removeprefix("the "))]))


def _near(key: str) -> str:
    like = process.extract(key, _codes().keys(), scorer=fuzz.ratio, score_cutoff=LIKE, limit=3)
    names = tuple(dict.fromkeys(english(_codes()[name]) for name, _, _ in like if len(name) > 3))
    return f"; it is like {' or '.join(names)}: write the name in full or a code" if names else ""


@cache
def _former() -> Mapping[str, Former]:
    renamed = {"Burma", "East Timor"}  # still used for the country of today
    return {
        _fold(key): one
        for one in FORMER
        for key in (one.code, one.name, f"former {one.name}", *one.other)
        if key not in renamed
    }


@cache
def _codes() -> Mapping[str, str]:
    """Folded name or code to our code. Codes win over names, the languages' names in LANGUAGES' order."""
    found = dict[str, str]()
    known = {code for code in kept.names() if len(code) == 2} | set(CITES)
    for code in sorted(known):
        found[code] = code
    for alias, of in get_global("territory_aliases").items():
        if len(of) == 1 and len(of[0]) == 2 and of[0] != "ZZ" and (len(alias) == 3 or alias in ("UK",)):
            found.setdefault(alias.casefold(), of[0].lower())
            found.setdefault(alias.lstrip("0") or alias, of[0].lower())
    for language in LANGUAGES:
        for territory, name in Locale(language).territories.items():
            if territory.lower() in known and territory not in ("XA", "XB", "ZZ"):
                found.setdefault(_fold(name), territory.lower())
                found.setdefault(_fold(re.sub(r"\(.*?\)", "", name)), territory.lower())
    for code, name in kept.names().items():
        if len(code) == 2:
            found.setdefault(_fold(name), code)
    for line in (files(__package__) / "countries.txt").read_text("utf-8").splitlines():
        code, *names = line.split("|")
        found.update((_fold(name), code) for name in names if not line.startswith("#"))
    for several in _SEVERAL:
        found.pop(several, None)
    return found
