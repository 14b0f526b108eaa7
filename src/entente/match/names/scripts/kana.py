"""Japanese in kana, in Latin letters: Hepburn (ISO 3602 is the second reading), long vowels written short.

Passports leave out the length of vowels (Ono for Oono), and so does the fold; "oh" and "ou" meet it by sound.
"""

import re
import unicodedata

LETTERS = "\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"

_ROWS = """
あ a i u e o|か ka ki ku ke ko|さ sa shi su se so|た ta chi tsu te to|な na ni nu ne no|は ha hi fu he ho
ま ma mi mu me mo|ら ra ri ru re ro|が ga gi gu ge go|ざ za ji zu ze zo|だ da ji zu de do|ば ba bi bu be bo
ぱ pa pi pu pe po
"""
_COLUMNS = (
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめも"
    "らりるれろがぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽ"
)
_KANA = dict(
    zip(
        _COLUMNS,
        [s for row in _ROWS.replace("\n", "|").split("|") if row for s in row.split()[1:]],
        strict=True,
    )
) | {"や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "ゐ": "i", "ゑ": "e", "を": "o", "ん": "n", "ゔ": "v"}
_SMALL = dict(zip("ぁぃぅぇぉゃゅょ", "a i u e o ya yu yo".split(), strict=True))
_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_KUNREI = (
    ("shi", "si"),
    ("sh", "sy"),
    ("chi", "ti"),
    ("ch", "ty"),
    ("tsu", "tu"),
    ("ji", "zi"),
    ("j", "zy"),
    ("fu", "hu"),
)
_LONG = re.compile(r"ou|oo|ō")
_LONG_U = re.compile(r"uu|ū")


def spell(text: str) -> tuple[str, ...]:
    """At most three readings of kana: Hepburn, ISO 3602, and for katakana one with l, since foreign names
    have
    lost theirs."""
    latin = romaji(text)
    kunrei = latin
    for hepburn, japanese in _KUNREI:
        kunrei = kunrei.replace(hepburn, japanese)
    foreign = re.search("[\u30a1-\u30fa]{3}", text) and latin.replace("r", "l")
    return tuple(dict.fromkeys([r for r in (latin, foreign, kunrei) if r])) or ("",)


def romaji(text: str) -> str:
    """Kana in Hepburn; other characters stay."""
    out: list[str] = []
    double = False
    for c in unicodedata.normalize("NFKC", text).translate(_HIRAGANA):
        if c in "っー・゛゜":
            double = double or c == "っ"
            if c == "・":
                out.append(" ")
            continue
        if c in _SMALL and out and out[-1][-1:] in "iueo":
            out[-1] = _contract(out[-1], _SMALL[c])
            continue
        said = _KANA.get(c) or _SMALL.get(c) or c
        if double and said[:1].isalpha():
            said = ("t" if said.startswith("ch") else said[0]) + said
        double = False
        out.append(said)
    return _LONG_U.sub("u", _LONG.sub("o", "".join(out)))


def _contract(before: str, vowel: str) -> str:
    """A small kana takes the vowel of the one before it (ki + ya = kya, shi + yo = sho, fu + a = fa)."""
    stem = before[:-1]
    if vowel[0] == "y" and (stem.endswith(("sh", "ch")) or stem == "j"):
        return stem + vowel[1]
    return (stem or before.replace("u", "w").replace("i", "y")) + vowel
