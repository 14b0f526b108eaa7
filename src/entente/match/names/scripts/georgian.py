"""Georgian names in Latin letters: the national system of 2002 less the sign of the ejectives.

German and Russian-mediated spellings (dsch, zch, dzh, kh for k) meet by sound (`names.keys`).
"""

LETTERS = "\u10a0-\u10ff\u1c90-\u1cbf"

_LETTERS = str.maketrans(
    dict(
        zip(
            "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
            "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h".split(),
            strict=True,
        )
    )
)


def spell(text: str) -> tuple[str, ...]:
    """The one reading of a Georgian name."""
    return (text.lower().translate(_LETTERS),)
