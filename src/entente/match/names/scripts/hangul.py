"""Korean names in Hangul, in Latin letters.

Koreans spell their names by custom; the rules of 2000 (Revised Romanisation) and of 1939 (McCune-Reischauer less
its signs, the North's practice too) are the second and third reading.
"""

LETTERS = "\u1100-\u11ff\uac00-\ud7a3"

_INITIALS = "g kk n d tt r m b pp s ss . j jj ch k t p h".replace(".", "").split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_FINALS = ". k k k n n n t l k m l l l p l m p p t t ng t t k t p t".replace(".", "").split(" ")
_OLD_INITIALS = "k kk n t tt r m p pp s ss . ch tch ch k t p h".replace(".", "").split(" ")
_OLD_VOWELS = "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i".split()

_CUSTOM = dict(
    zip(
        (
            "영정현준경선우은성승혜희수지훈석철숙순주규병명형옥춘덕국대기광건권범중근문환천신식윤유구균"
            "두무복부비길김강걸곤교군귀금극거고관"
        ),
        (
            "young jung hyun jun kyung sun woo eun sung seung hye hee soo ji hoon suk chul sook soon joo kyu byung "
            "myung hyung ok chun duk kook dae ki kwang kun kwon bum joong keun moon hwan chun shin sik yoon yoo koo "
            "kyun doo moo bok boo bi kil kim kang kul kon kyo kun kwi keum keuk ko ko kwan"
        ).split(),
        strict=False,
    )
)
"""A syllable of a given name to its customary spelling, where that is not the rule's."""

_FAMILIES = """
김 kim gim kim|이 lee yi ri|박 park bak pak|최 choi choe choe|정 jung jeong chong|강 kang gang kang|조 cho jo cho
윤 yoon yun yun|장 jang jang chang|임 lim im rim|한 han han han|오 oh o o|서 seo seo so|신 shin sin sin
권 kwon gwon kwon|황 hwang hwang hwang|안 ahn an an|송 song song song|전 jeon jeon chon|홍 hong hong hong
유 yoo yu ryu|고 ko go ko|문 moon mun mun|양 yang yang ryang|손 son son son|배 bae bae pae|백 baek baek paek
허 heo heo ho|남 nam nam nam|심 shim sim sim|노 noh no ro|하 ha ha ha|곽 kwak gwak kwak|성 sung seong song
차 cha cha cha|주 joo ju chu|우 woo u u|구 koo gu ku|민 min min min|류 ryu ryu yoo|나 na na ra|진 jin jin chin
지 ji ji chi|엄 um eom om|채 chae chae chae|원 won won won|천 chun cheon chon|방 bang bang pang|공 kong gong kong
현 hyun hyeon hyon|함 ham ham ham|변 byun byeon pyon|염 yeom yeom ryom|여 yeo yeo ryo|추 choo chu chu|도 do do to
석 suk seok sok|선 sun seon son|설 seol seol sol|마 ma ma ma|길 gil gil kil|연 yeon yeon yon|위 wi wi wi
표 pyo pyo pyo|명 myung myeong myong|기 ki gi ki|반 ban ban pan|라 ra ra na|왕 wang wang wang|금 keum geum kum
옥 ok ok ok|육 yook yuk yuk|인 in in in|맹 maeng maeng maeng|제 je je che|모 mo mo mo|탁 tak tak tak
국 kook guk kuk|어 eo eo o|은 eun eun un|편 pyun pyeon pyon|용 yong yong ryong|예 ye ye ye|경 kyung gyeong kyong
봉 bong bong pong|사 sa sa sa|부 boo bu pu|리 ri lee yi|로 ro noh no|림 rim lim im|량 ryang yang yang|렴 ryom yeom yom
남궁 namgung namgung namgung|황보 hwangbo hwangbo hwangbo|제갈 jegal jegal chegal|선우 sunwoo seonu sonu
사공 sagong sagong sagong|독고 dokgo dokgo tokko|피 pi pi pi|감 kam gam kam|계 kye gye kye|형 hyung hyeong hyong
"""
_FAMILY: dict[str, tuple[str, ...]] = {}
for _entry in _FAMILIES.replace("\n", "|").split("|"):
    if _entry:
        _written, *_spelled = _entry.split()
        _FAMILY[_written] = tuple(_spelled)


def spell(text: str) -> tuple[str, ...]:
    """At most three readings of a Korean name: by custom, by the rules of 2000, by those of 1939. A given name is
    one word whether it was written so or not; a family name may stand first or, after a space, last."""
    words = text.split()
    if len(words) == 1:
        family, given = _cut(words[0])
        return _readings([family] if family else [], [given] if given else [])
    if len(words) > 2 and all(len(w) == 1 for w in words) and words[0] in _FAMILY:
        return _readings(words[:1], ["".join(words[1:])])
    if words[0] in _FAMILY:
        return _readings(words[:1], words[1:])
    if words[-1] in _FAMILY:
        return _readings([], words[:-1], words[-1:])
    return _readings([], words)


def _cut(word: str) -> tuple[str, str]:
    """Family and given name of a word; no family where it is too long to be a name or begins with none."""
    for size in (2, 1):
        if size < len(word) <= size + 2 and word[:size] in _FAMILY:
            return word[:size], word[size:]
    return ("", word) if word not in _FAMILY else (word, "")


def _readings(first: list[str], given: list[str], last: list[str] | None = None) -> tuple[str, ...]:
    found = []
    for way in range(3):
        spelled = [" ".join([_FAMILY[w][way] for w in part]) for part in (first, last or [])]
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
