"""Armenian names in Latin letters: Eastern (BGN/PCGN less its signs), then Western, which swaps the
voices."""

import re

LETTERS = "\u0530-\u058f\ufb13-\ufb17"

_EASTERN = dict(
    zip(
        "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
        ("a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev").split(),
        strict=True,
    )
)
_VOICES = {
    "բ": "p",
    "պ": "b",
    "գ": "k",
    "կ": "g",
    "դ": "t",
    "տ": "d",
    "ձ": "ts",
    "ծ": "dz",
    "ջ": "ch",
    "ճ": "j",
}
_EAST, _WEST = str.maketrans(_EASTERN), str.maketrans(_EASTERN | _VOICES)
_YAN = re.compile(r"(?<=[^\Wաեէըիոօ])յան\b")


def spell(text: str) -> tuple[str, ...]:
    """Two readings of an Armenian name, Eastern (Sargsyan, Petrosyan) and Western (Sarkissian,
    Bedrossian)."""
    text = re.sub("ու", "u", text.lower())
    text = re.sub(r"\bե(?!վ)", "ye", re.sub(r"\bո(?!վ)", "vo", text))
    return text.translate(_EAST), re.sub(r"\by(?=[ao])", "h", _YAN.sub("ian", text).translate(_WEST))
