"""Korean names in Hangul, in Latin letters.

Koreans spell their names by custom; the rules of 2000 (Revised Romanisation) and of 1939 (McCune-Reischauer
less its signs, the North's practice too) are the second and third reading.
"""

from functools import cache

from entente.match.names.scripts.tables import rows

LETTERS = "\u1100-\u11ff\uac00-\ud7a3"

_INITIALS = "g kk n d tt r m b pp s ss . j jj ch k t p h".replace(".", "").split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_FINALS = ". k k k n n n t l k m l l l p l m p p t t ng t t k t p t".replace(".", "").split(" ")
_OLD_INITIALS = "k kk n t tt r m p pp s ss . ch tch ch k t p h".replace(".", "").split(" ")
_OLD_VOWELS = "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i".split()

_CUSTOM = dict(
    zip(
        "영정현준경선우은성승혜희수지훈석철숙순주규병명형옥춘덕국대기광건권범중근문환천신식윤유구균두무복부"
        "비길김강걸곤교군귀금극거고관",
        """
        young jung hyun jun kyung sun woo eun sung seung hye hee soo ji hoon suk chul sook soon joo kyu byung
        myung hyung ok chun duk kook dae ki kwang kun kwon bum joong keun moon hwan chun shin sik yoon yoo koo
        kyun doo moo bok boo bi kil kim kang kul kon kyo kun kwi keum keuk ko ko kwan
        """.split(),
        strict=True,
    )
)
"""A syllable of a given name to its customary spelling, where that is not the rule's."""


@cache
def _families() -> dict[str, tuple[str, ...]]:
    """A family name to its spelling by custom, by the rules of 2000 and by those of 1939."""
    return {row[0]: row[1:] for row in rows("korean_families.tsv")}


def spell(text: str) -> tuple[str, ...]:
    """At most three readings of a Korean name: by custom, by the rules of 2000, by those of 1939. A given
    name is
    one word whether it was written so or not; a family name may stand first or, after a space, last."""
    words = text.split()
    if len(words) == 1:
        family, given = _cut(words[0])
        return _readings([family] if family else [], [given] if given else [])
    if len(words) > 2 and all(len(w) == 1 for w in words) and words[0] in _families():
        return _readings(words[:1], ["".join(words[1:])])
    if words[0] in _families():
        return _readings(words[:1], words[1:])
    if words[-1] in _families():
        return _readings([], words[:-1], words[-1:])
    return _readings([], words)


def _cut(word: str) -> tuple[str, str]:
    """Family and given name of a word; no family where it is too long to be a name or begins with none."""
    for size in (2, 1):
        if size < len(word) <= size + 2 and word[:size] in _families():
            return word[:size], word[size:]
    return ("", word) if word not in _families() else (word, "")


def _readings(first: list[str], given: list[str], last: list[str] | None = None) -> tuple[str, ...]:
    found = []
    for way in range(3):
        spelled = [" ".join([_families()[w][way] for w in part]) for part in (first, last or [])]
        middle = " ".join(["".join([_syllable(c, way) for c in word]) for word in given])
        found.append(" ".join(part for part in (spelled[0], middle, spelled[1]) if part))
    return tuple(dict.fromkeys(found))


def _syllable(letter: str, way: int) -> str:
    if way == 0 and letter in _CUSTOM:
        return _CUSTOM[letter]
    place = ord(letter) - 0xAC00
    if not 0 <= place < 11172:
        return letter
    initials, vowels = (_OLD_INITIALS, _OLD_VOWELS) if way == 2 else (_INITIALS, _VOWELS)
    return initials[place // 588] + vowels[place % 588 // 28] + _FINALS[place % 28]
