"""What somebody is called besides his name: in quotes, in parentheses, after "alias" and words like it."""

import re
import unicodedata
from dataclasses import dataclass

from entente.match.names.fold import fold
from entente.match.names.keys import is_light
from entente.match.names.monikers import is_short
from entente.match.names.tables import FORMS

_SURE = r"""
    alias(?:es)? | a\.\s?k\.\s?a\b\.? | f\.\s?k\.\s?a\b\.? | (?:(?:also|better|commonly)\s)?known\sas
    | nick-?name(?:d)? | moniker | street\sname | nom\sde\sguerre | code-?name(?:d)?
    | soprannom(?:e|inato|inata) | apod(?:o|ado|ada) | sobrenombre | con(?:oc|hec)id[oa]\scomo
    | alcunha | vulgo | surnom(?:mée?)? | spitzname | genannt | lakap(?:lı)? | lakabı | nam-?ı\s?diğer
    | pseudonim | przezwisko
    | (?:по\s)?кличк[аеи] | (?:по\s)?прозвищ[еуа] | погоняло | он\sже | она\sже
    | извест(?:ен|на|ный|ная)\sкак | (?:на\s)?прізвисько | він\sже | ლაქაბი | მეტსახელ(?:ი|ად)
    | معروف\sبه | ملقب\sبه
"""
_BETWEEN = r"aka | AKA | called | dit | dite | detto | detta | ps\."
"""Only with something before them: they are names and other words too."""
_LABEL = re.compile(
    rf"(?:(?<!\w)(?i:{_SURE})(?!\w)|(?<=\S\s)(?:{_BETWEEN})(?!\w))\s*[:=.]*\s*"
    r"|(?<!\w)(?:الملقب|المعروف|الشهير)\s+ب(?=\w)",
    re.VERBOSE,
)
_QUOTED = re.compile(
    r"""[“”„"«»‟]\s*(?P<a>[^“”„"«»‟]{2,80}?)\s*[“”"«»‟]|[「『](?P<b>[^」』]{1,80})[」』]"""
    r"""|(?<!\w)['‘‚‹](?P<c>[^'‘’‚‹›]{2,80})['’‘›](?!\w)|\((?P<d>[^()]{2,80})\)"""
)
_STOP = re.compile(r"[,;()\[\]“”„\"«»]")
_EDGES = " ,.:-–—/\\#*()[]{}\"'<>=?!“”„«»‘’"


@dataclass(frozen=True, slots=True)
class Called:
    """`names`: the name first, then those after "alias"; `monikers`: what is short and stands beside a name.

    `whole`: the name with what is quoted in it, where that is another reading of it; else empty.
    """

    names: tuple[str, ...]
    monikers: tuple[str, ...] = ()
    whole: str = ""


def called(text: str) -> Called:
    """Read one line of what is left when numbers and dates are taken out.

    Quoted words are read both ways, as a moniker beside the name and as a part of it; what follows "alias"
    is a name by itself and, if short, a moniker. A company's quotes and parentheses hold its name or its
    country.
    """
    text = " ".join(text.split())
    if not _QUOTED.search(text) and not _LABEL.search(text):
        return Called(tuple(filter(None, [_tidy(text)])))
    aliases: list[str] = []
    beside: list[str] = []
    left = _apart(text, aliases)
    whole = _tidy(_QUOTED.sub(lambda found: f" {_inside(found)} ", left))
    rest = _tidy(_QUOTED.sub(lambda found: _set_aside(found, beside), left)) or ("" if aliases else whole)
    if _a_company(rest):
        rest, beside = whole, []
    names = tuple(dict.fromkeys(filter(None, [rest, *aliases])))
    monikers = tuple(dict.fromkeys(m for m in (*beside, *aliases) if _short(m)))
    return Called(names, monikers, "" if whole in names else whole)


def _apart(text: str, aliases: list[str]) -> str:
    """The text without what follows a label: a quoted part, or all up to a comma, a bracket, a label."""
    kept, place = "", 0
    while label := _LABEL.search(text, place):
        start = label.end()
        quoted = _QUOTED.match(text, start)
        if quoted:
            end, said = quoted.end(), _inside(quoted)
        else:
            ends = [found.start() for sign in (_LABEL, _STOP) if (found := sign.search(text, start))]
            end = min(ends, default=len(text))
            said = _tidy(text[start:end])
        if _lettered(said):
            kept += text[place : label.start()] + " "
            aliases.append(said)
        else:  # a label of nothing is a word like any other
            kept += text[place:end]
        place = end
    return kept + text[place:]


def _set_aside(found: re.Match[str], beside: list[str]) -> str:
    inside = _inside(found)
    if _short(inside):
        beside.append(inside)
        return " "
    return f" {inside} "


def _inside(found: re.Match[str]) -> str:
    return _tidy(next(filter(None, found.groups()), ""))


def _tidy(text: str) -> str:
    return re.sub(r"[\s,]*,[\s,]*", ", ", re.sub(r"\s+", " ", text)).strip(_EDGES)


def _lettered(text: str) -> bool:
    return any(unicodedata.category(c)[0] == "L" for c in text)


def _short(text: str) -> bool:
    return _lettered(text) and ":" not in text and is_short(text)


def _a_company(rest: str) -> bool:
    """Whether what is left has a company's form at an end, or nothing that tells."""
    words = fold(rest).split()
    return bool(words) and (words[0] in FORMS or words[-1] in FORMS or all(map(is_light, words)))
