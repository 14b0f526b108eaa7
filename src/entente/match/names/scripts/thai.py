"""Thai and Lao names in Latin letters: the Royal Thai General System, then as families spell themselves.

Surnames keep the Sanskrit they were made from (Shinawatra, not Chinnawat): the second reading keeps final
letters and leaves out the h of aspiration. Lao stands 0x80 above Thai in Unicode, letter by letter.
"""

import re
from functools import lru_cache

LETTERS = "\u0e01-\u0e4e\u0e81-\u0ede"

_CONSONANTS = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_INITIAL = dict(
    zip(
        _CONSONANTS,
        """
        k kh kh kh kh kh ng ch ch ch s ch y d t th th th n d t th th th n b p ph f ph f ph m y r l w s s s h l
        - h
        """.split(),
        strict=True,
    )
)
_FINAL = dict(
    zip(
        _CONSONANTS,
        "k k k k k k ng t t t t t n t t t t t n t t t t t n p p p p p p p m i n n o t t t - n - -".split(),
        strict=True,
    )
)
for _table in (_INITIAL, _FINAL):
    _table.update({letter: "" for letter, sound in _table.items() if sound == "-"})
_OWN = _INITIAL | {"ข": "k", "ค": "k", "ฆ": "k", "ถ": "t", "ท": "t", "ธ": "t", "ฐ": "t", "ฑ": "t", "ฒ": "t",
                   "ผ": "p", "พ": "p", "ภ": "p", "ย": "y", "ญ": "y", "ว": "w"}  # fmt: skip

_LAO = {code: code - 0x80 for code in range(0x0E81, 0x0ECE)} | {
    0x0EDC: "หน",
    0x0EDD: "หม",
    0x0EBD: "ย",
    0x0EBB: "\u0e31",
}
_SILENT = re.compile("(?:[ทตฎด]ร|[ก-ฮ][ิุ]?)์")
_MARKS = re.compile("[\u0e47-\u0e4b\u0e4d\u0e4e\u0e3a]")
_C = f"([กขคตปผพ][รล](?=[{_CONSONANTS}])|[{_CONSONANTS}])"
_SPELT = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        ("ทร(?=[าัีิ])", "ซ"), ("พรหม", "พร<o>ม"), ("เสริ", "ส<oe>"), ("เจริ", "จ<a>ร<oe>"),
        ("เฉลิ", "ฉ<a>ล<oe>"),
        ("เกษม", "ก<a>ษ<e>ม"), ("เพชร(?![ะ-ู])", "พ<e>ช"), ("แสวง", "ส<a>ว<ae>ง"), ("สวัส", "ส<a>ว<a>ส"),
        ("ฤ", "รึ"),
        ("ห(?=[งญนมยรลว][ะ-ู])", ""),
        (f"เ{_C}ียะ?", r"\1<ia>"), (f"เ{_C}ือะ?", r"\1<uea>"), (f"เ{_C}าะ", r"\1<o>"), (f"เ{_C}า", r"\1<ao>"),
        (f"เ{_C}อะ?", r"\1<oe>"), (f"เ{_C}ิ", r"\1<oe>"), (f"เ{_C}ย(?![าะิี])", r"\1<oei>"),
        (f"เ{_C}ะ?", r"\1<e>"), (f"แ{_C}ะ?", r"\1<ae>"), (f"โ{_C}ะ?", r"\1<o>"), (f"[ใไ]{_C}ย?", r"\1<ai>"),
        ("ัวะ?", "<ua>"), ("ัย", "<ai>"), ("รร(?=[ก-ฮ](?![ะ-ู<]))", "<A>"), ("รร", "<a>น"),
        ("ำ", "<am>"), ("ือ", "<ue>"), ("ั", "<A>"), ("[ะา]", "<a>"), ("[ิี]", "<i>"),
        ("[ึื]", "<ue>"), ("[ุู]", "<u>"),
        (f"(?<=[{_CONSONANTS}])อ(?![ะ-ู<])", "<o>"),
        (f"(?<=[{_CONSONANTS}])ว(?=[{_CONSONANTS}](?!<))", "<ua>"),
    )
)  # fmt: skip
_LEADING, _FOLLOWING = frozenset("กขคตปผพศ"), frozenset("รลว")
"""Consonants that are said as one at the beginning of a syllable."""
_UNIT = re.compile(f"([{_CONSONANTS}])(?:<([a-zA]+)>)?|<([a-zA]+)>|(\\s+)|(.)")


def spell(text: str) -> tuple[str, ...]:
    """Two readings of a Thai or Lao name: by ear (RTGS), and letter by letter as families do."""
    words = [_word(word) for word in text.split()]
    return tuple(
        dict.fromkeys((" ".join([said for said, _ in words]), " ".join([kept for _, kept in words])))
    )


@lru_cache(maxsize=1 << 14)
def _word(word: str) -> tuple[str, str]:
    word = _MARKS.sub("", _SILENT.sub("", word.translate(_LAO)))
    for pattern, said in _SPELT:
        word = pattern.sub(said, word)
    units = _units(word)
    return _said(units), _kept(units)


def _units(text: str) -> list[tuple[str, str]]:
    return [
        (found[1] or found[4] or found[5] or "", found[2] or found[3] or "") for found in _UNIT.finditer(text)
    ]


def _said(units: list[tuple[str, str]]) -> str:
    """Syllables by ear."""
    out: list[str] = []
    bare: list[str] = []
    open_syllable = ""
    for letter, vowel in units:
        if letter in _INITIAL and not vowel:
            bare.append(letter)
            continue
        out.append(_without_vowels(bare, open_syllable, letter))
        bare = []
        out.append(_INITIAL.get(letter, letter) + vowel.lower())
        open_syllable = "" if vowel == "am" else vowel
    return "".join((*out, _without_vowels(bare, open_syllable, "")))


def _without_vowels(letters: list[str], open_syllable: str, following: str) -> str:
    """Consonants without a vowel: one closes the syllable before it (it must after a short a, "A"), two make
    a syllable with o, one that is left over opens one with a."""
    if not letters:
        return ""
    if len(letters) > 1 and letters[-1] in _LEADING and following in _FOLLOWING:
        return _without_vowels(letters[:-1], open_syllable, following) + _INITIAL[letters[-1]]
    first, rest, said = letters[0], letters, ""
    closes = len(letters) == 2 if following else len(letters) == 1
    if open_syllable == "A" or (open_syllable and (closes or (len(letters) % 2 and following))):
        said, rest = _FINAL[first], letters[1:]
        if not following and rest == ["ร"]:
            return said
    elif open_syllable and not following and letters[1:] == ["ร"] and first in "ตช":
        return _FINAL[first]
    if len(rest) % 2:
        alone, rest = rest[0], rest[1:]
        leads = not rest and alone in _LEADING and following in _FOLLOWING
        said += _INITIAL[alone] + ("a" if not leads and (rest or following) else "")
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return said + "".join([_INITIAL[a] + "o" + _FINAL[b] for a, b in pairs])


def _kept(units: list[tuple[str, str]]) -> str:
    """Every letter with its own sound; an a after a consonant that has no vowel and closes no syllable."""
    out: list[str] = []
    closable = False
    for i, (letter, vowel) in enumerate(units):
        if letter not in _INITIAL:
            out.append(letter + vowel.lower())
            continue
        follows = i + 1 < len(units) and units[i + 1][0] in _INITIAL
        implied = "a" if not vowel and follows and not closable else ""
        own = "n" if letter == "ญ" and not vowel else _OWN[letter]
        out.append(own + (vowel.lower() or implied))
        closable = bool(implied) or (bool(vowel) and follows and units[i + 1][0] in "งนมร")
    spelled = "".join(out)
    # พร, the commonest end of women's names, is porn whatever the letters say.
    return spelled[:-3] + "porn" if units[-2:] == [("พ", ""), ("ร", "")] else spelled
