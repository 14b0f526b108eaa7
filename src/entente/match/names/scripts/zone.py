"""Names as a machine readable zone prints them, read back (ICAO Doc 9303-3, section 6).

A zone has A to Z and filler. Signs on Latin letters are dropped or spelled (Ñ is N or NXX, Ü is UE, U or
UXX), and States that print Arabic letters one by one write an X before those that Latin lacks (table 6.C:
محمد is MXHMD).
"""

import re

from entente.match.names.scripts import arabic

_CODES = {
    "XE": "ء", "XAA": "آ", "XAE": "أ", "U": "ؤ", "I": "إ", "XI": "ئ", "A": "ا", "B": "ب", "XTA": "ة",
    "XAH": "ة", "T": "ت", "XTH": "ث", "J": "ج", "XH": "ح", "XKH": "خ", "D": "د", "XDH": "ذ", "R": "ر",
    "Z": "ز", "S": "س", "XSH": "ش", "XSS": "ص", "XDZ": "ض", "XTT": "ط", "XZZ": "ظ", "E": "ع", "G": "غ",
    "F": "ف", "Q": "ق", "K": "ك", "L": "ل", "M": "م", "N": "ن", "H": "ه", "W": "و", "XAY": "ى", "Y": "ي",
    "XXA": "ٱ", "XXT": "ٹ", "XRT": "ټ", "P": "پ", "XKE": "ځ", "XXH": "څ", "XC": "چ", "XXD": "ڈ", "XDR": "ډ",
    "XXR": "ڑ", "XRR": "ړ", "XRX": "ږ", "XJ": "ژ", "XXS": "ښ", "XKK": "ک", "XXK": "ګ", "XNG": "ڭ", "XGG": "گ",
    "XNN": "ں", "XXN": "ڼ", "XDO": "ھ", "XYH": "ۀ", "XXG": "ہ", "XGE": "ۂ", "XTG": "ۃ", "XYA": "ی",
    "XXY": "ۍ", "XYB": "ے", "XBE": "ۓ",
}  # fmt: skip
_CODE = re.compile(f"(?:{'|'.join(sorted(_CODES, key=len, reverse=True))})")
# A hamza below an alef (I) begins a word or follows the article; no word begins with XE or XI.
_SPELT_IN_ARABIC = re.compile(rf"(?!X[EI])(?:AL)?I?(?:(?!I){_CODE.pattern})+")
_SURELY_ARABIC = re.compile("X[^EI]")
_CROSSED = re.compile("(?<=[NU])XX")
_DOUBLED = re.compile(r"(\w)\1")


def spell(surname: str, given: str) -> tuple[str, ...]:
    """Readings of the two fields of a zone, given names first: as it stands less the crosses of NXX and UXX,
    then, when its letters may be Arabic ones, as those are spelled."""
    text = re.sub("[< ]+", " ", f"{given} {surname}").strip().upper()
    latin = _CROSSED.sub("", text)
    words = text.split()
    if not _SURELY_ARABIC.search(latin) or not all(_SPELT_IN_ARABIC.fullmatch(word) for word in words):
        return (latin,)
    letters = _DOUBLED.sub(r"\1", _CODE.sub(lambda found: _CODES[found[0]], text))
    return (*arabic.spell(letters), latin)
