"""Names folded to a-z and digits: any script, any capital, any punctuation.

Arabic, Persian and Hebrew letters are spelled here first, because the weak consonants (alef, ayin,
waw, yeh) decide whether an unvowelled name can meet its Latin spellings; the `anyascii` library
(ISC licence) spells every other script.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_ARABIC = {
    **dict.fromkeys("اأإآٱع", "a"),
    **dict.fromkeys("ءئ", ""),
    **dict.fromkeys("وؤ", "w"),
    **dict.fromkeys("يیىې", "y"),
    **dict.fromkeys("ةهەۀ", "h"),
    **dict.fromkeys("كک", "k"),
    "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "gh", "ف": "f", "ق": "q", "ل": "l",
    "م": "m", "ن": "n", "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ڤ": "v",
}  # fmt: skip
_HEBREW = {
    "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "w", "ז": "z", "ח": "h", "ט": "t", "י": "y",
    "כ": "k", "ך": "k", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "a", "פ": "p",
    "ף": "f", "צ": "ts", "ץ": "ts", "ק": "k", "ר": "r", "ש": "sh", "ת": "t",
}  # fmt: skip
_SPELLED = str.maketrans(
    {
        **_ARABIC,
        **_HEBREW,
        # Ukrainian, Kazakh and Georgian aside, anyascii's Cyrillic is the common romanisation.
        **dict.fromkeys("ьъЬЪ", ""),
        **dict.fromkeys("ʼʻ’‘`´ʹʺʿʾ'′", ""),
        "&": " and ",
        "ـ": "",
        "№": " ",
    }
)
_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{3})")
_SYLLABIC = re.compile(r"([\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3\U00020000-\U0003ffff])")
_BREATH = re.compile("(?<=[תדסכגקטז])ה|(?<=[تدسكکگزط])[هح]")
# A Korean family name is romanised by custom, not by rule (Revised Romanization leaves names free).
_FAMILY = dict(
    zip(
        "김이박최정강조윤임오우권고구백노유류신",
        (
            *("kim", "lee", "park", "choi", "jung", "kang", "cho", "yoon", "lim", "oh"),
            *("woo", "kwon", "ko", "koo", "baek", "roh", "yoo", "ryu", "shin"),
        ),
        strict=True,
    )
)
_KOREAN = re.compile(f"(?<![\\uac00-\\ud7a3])([{''.join(_FAMILY)}])(?=[\\uac00-\\ud7a3 ])")
_JOINED = re.compile(r"(?<=[^\W\d_A-Z]{3})(?=[A-Z][^\W\d_A-Z]{3})")
_DOTTED = re.compile(r"\b(?:[^\W\d_][./]){1,}[^\W\d_]\b\.?")
_OTHER = re.compile(r"[^a-z0-9]+")


_TWO_LETTER_FORMS = frozenset({"sa", "ag", "as", "nv", "bv", "lp", "ab", "oy", "ad", "dd", "doo", "kg"})


def _undot(found: re.Match[str]) -> str:
    """ "L.L.C." is one word, "F. M." are two initials."""
    letters = re.sub(r"[./]", "", found.group())
    return letters if len(letters) > 2 or letters.casefold() in _TWO_LETTER_FORMS else found.group()


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """The name in a-z, 0-9 and single spaces. Order is kept, except that what follows one comma comes first
    ("PETROV, Ivan" is "ivan petrov"). Never raises."""
    if name.count(",") == 1:
        last, _, first = name.partition(",")
        name = f"{first} {last}" if first.strip() else last
    if "." in name or "/" in name:
        name = _DOTTED.sub(_undot, name)
    if not name.isupper():
        name = _JOINED.sub(" ", name)
    if not name.isascii():
        name = _ARTICLE.sub("al ", unicodedata.normalize("NFKC", name))
        name = _BREATH.sub("eh", _KOREAN.sub(lambda found: _FAMILY[found[1]] + " ", name))
        name = anyascii(_SYLLABIC.sub(r" \1 ", name).translate(_SPELLED))
    folded = name.casefold().replace("'", "").replace("`", "").replace("&", " and ")
    return _OTHER.sub(" ", folded).strip()
