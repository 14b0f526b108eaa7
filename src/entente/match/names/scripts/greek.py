"""Greek names in Latin letters: ELOT 743 (ISO 843, as passports print them), then as they are heard."""

import re
import unicodedata

LETTERS = "\u0370-\u03ff\u1f00-\u1fff"

_ELOT = str.maketrans(
    dict(
        zip(
            "αβγδεζηθικλμνξοπρσςτυφχψω",
            "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(),
            strict=True,
        )
    )
)
_HEARD = str.maketrans(
    dict(
        zip(
            "αβγδεζηθικλμνξοπρσςτυφχψω",
            "a v g d e z i th i k l m n x o p r s s t i f h ps o".split(),
            strict=True,
        )
    )
)
_BREATHED = re.compile(r"([αεη])υ(?=[θκξπσςτφχψ]|\b)")
_VOICED = re.compile(r"([αεη])υ(?=\w)")
_WRITTEN = (
    (re.compile(r"\bμπ"), "b"),
    (re.compile("ου"), "ou"),
    (re.compile("γ(?=[γχ])"), "n"),
    (re.compile("γξ"), "nx"),
)
_SAID = (
    (re.compile("μπ"), "b"), (re.compile("ντ"), "d"), (re.compile("γ[κγ]"), "g"), (re.compile("ου"), "u"),
    (re.compile("γχ"), "nh"), (re.compile("αι"), "e"), (re.compile("ει|οι|υι"), "i"),
    (re.compile("γι?(?=[αεηιουω])"), "y"),
)  # fmt: skip


def spell(text: str) -> tuple[str, ...]:
    """Two readings of a Greek name: letter by letter (Georgios, Ntinos) and by ear (Yeoryios, Dinos)."""
    text = "".join([c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c)])
    text = _VOICED.sub(r"\1β", _BREATHED.sub(r"\1φ", text))
    written = said = text
    for pattern, letters in _WRITTEN:
        written = pattern.sub(letters, written)
    for pattern, letters in _SAID:
        said = pattern.sub(letters, said)
    return tuple(dict.fromkeys((written.translate(_ELOT), said.translate(_HEARD))))
