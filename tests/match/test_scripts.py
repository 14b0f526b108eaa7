"""Names in every script: how they are read, and that spellings of one name meet. Names are invented or of
figures of history."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.names.compounds import one_word
from entente.match.names.fold import MOST_READINGS, fold, readings
from entente.match.names.keys import MOST_SOUNDS, deletes_of, is_light, sounds_of
from entente.match.names.scripts.wade_giles import wade_giles

PAIRS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("scripts_pairs.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
ICAO = Path(__file__).parents[3] / "shared" / "data" / "documents" / "icao9303_translit.json"
ANY_SCRIPT = st.text(
    st.one_of(
        st.characters(min_codepoint=first, max_codepoint=last)
        for first, last in (
            (0x20, 0x24F), (0x370, 0x6FF), (0x900, 0xEFF), (0x10A0, 0x11FF), (0x1E00, 0x1FFF),
            (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3),
        )
    ),
    max_size=24,
)  # fmt: skip


def share_met(a: str, b: str) -> float:
    """The share of the words of two names that meet a word (or neighbours written together) of the other, in
    the readings that agree best."""
    return max(_share(_words(x), _words(y)) for x in readings(a) for y in readings(b))


def _words(folded: str) -> list[set[str]]:
    every = one_word(folded.split())
    strong = [t for t in every if not is_light(t)] or every
    found = []
    for i in range(len(strong)):
        runs = [strong[a:b] for a in range(max(0, i - 2), i + 1) for b in range(i + 1, i + 4)]
        found.append(set().union(*[sounds_of("".join(r)) | deletes_of("".join(r)) for r in runs]))
    return found


def _share(a: list[set[str]], b: list[set[str]]) -> float:
    def met(some: list[set[str]], others: list[set[str]]) -> float:
        return sum(any(keys & other for other in others) for keys in some) / len(some)

    return min(met(a, b), met(b, a))


@pytest.mark.parametrize(
    ("scripts", "least"),
    [
        ("cyrillic arabic hebrew georgian armenian greek", 0.95),
        ("han hangul kana thai", 0.9),
        ("devanagari bengali tamil gurmukhi telugu malayalam", 0.9),
        ("latin", 0.9),
    ],
)
def test_spellings_of_one_name_meet_word_by_word(scripts, least):
    missed = Counter()
    pairs = [p for p in PAIRS if p[0] in scripts.split() and p[3] == "same"]
    for _, native, other, _ in pairs:
        if share_met(native, other) < 1:
            missed[native, other] += 1
    assert len(pairs) > 20
    assert 1 - len(missed) / len(pairs) >= least, sorted(missed)


@pytest.mark.parametrize("pair", [p for p in PAIRS if p[3] == "other"], ids=lambda p: f"{p[1]}-{p[2]}")
def test_names_of_two_people_do_not_meet_word_by_word(pair):
    assert share_met(pair[1], pair[2]) < 1


@given(ANY_SCRIPT)
def test_any_text_has_a_few_readings_in_plain_letters_the_first_of_which_is_its_fold(text):
    found = readings(text)
    assert found[0] == fold(text)
    assert 1 <= len(found) <= MOST_READINGS
    assert len(set(found)) == len(found)
    for reading in found:
        assert reading == " ".join(reading.split())
        assert all(c.isascii() and (c.islower() or c.isdigit() or c == " ") for c in reading)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14))
def test_a_token_has_at_most_four_sounds(token):
    assert len(sounds_of(token)) <= MOST_SOUNDS


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("曾国藩", "zeng guofan"),  # the family name's own reading, not céng
        ("单田芳", "shan tianfang"),
        ("解琬", "xie wan"),
        ("仇英", "qiu ying"),
        ("查继佐", "zha jizuo"),
        ("欧阳修", "ouyang xiu"),
        ("尉迟恭", "yuchi gong"),
        ("佐藤栄作", "sato eisaku"),
        ("長谷川 潔", "hasegawa kiyoshi"),
        ("石原裕次郎", "ishihara yujiro"),  # no table has him
        ("黒柳徹子", "kuroyanagi tetsuko"),  # nor her family
        ("高山杉", "gao shanshan"),  # a Chinese name that begins like a Japanese one
        ("華信船務有限公司", "hua xin chuan wu ltd"),
        ("김민수", "kim minsoo"),
        ("민수 김", "minsoo kim"),
        ("しょうじ ようこ", "shoji yoko"),
        ("شیرین عبادی", "shirin abadi"),
        ("عبدالرحمن", "abd al rahman"),
        ("علیرضا", "alireza"),
        ("רבקה כהן", "rivka cohen"),
        ("Γεώργιος", "georgios"),
        ("Παύλος", "pavlos"),
        ("Ευτυχία", "eftychia"),
        ("Євген Їжак", "yevhen yizhak"),
        ("Щедрин", "shchedrin"),
        ("Първанов", "parvanov"),
        ("Њежић", "njezic"),
        ("रजनीकांत मिश्रा", "rajnikant mishra"),
        ("สุวรรณ", "suwan"),
        ("Müller", "muller"),
    ],
)
def test_a_name_is_read_by_the_rules_of_its_own_script(written, first):
    assert fold(written) == first


@pytest.mark.parametrize(
    ("written", "among"),
    [
        ("陳嘉庚", ["chen jiageng", "tan jiageng"]),
        ("李小龍", ["li xiaolong", "lee siulung"]),
        ("金大中", ["jin dazhong", "kim daejoong"]),
        ("阮文雄", ["ruan wenxiong", "nguyen vanhung"]),
        ("林健一", ["lin jianyi", "hayashi kenichi"]),
        ("박정희", ["park junghee", "bak jeonghui", "pak chonghui"]),
        ("Müller", ["muller", "mueller"]),
        ("Милошевић", ["milosevic", "miloshevich"]),
        ("Гончар", ["gonchar", "honchar"]),
        ("رضا", ["rida", "reza"]),
        ("Գրիգոր", ["grigor", "krikor"]),
    ],
)
def test_a_name_that_may_be_read_in_several_ways_has_a_reading_for_each(written, among):
    assert set(among) <= set(readings(written))


@pytest.mark.parametrize("written", ["Ivan Petrov", "Mueller", "Иван Петров", "გიორგი", "Đỗ Mười"])
def test_a_name_that_is_read_in_one_way_has_one_reading(written):
    assert len(readings(written)) == 1


def test_letters_that_only_look_latin_are_read_as_they_look():
    assert readings("Ivаnоv") == ("ivanov",)  # with Cyrillic а and о


def test_both_names_of_a_text_in_two_scripts_are_read():
    assert fold("Mao Zedong (毛泽东)") == "mao zedong mao zedong"


@pytest.mark.parametrize(
    ("pinyin", "older"),
    [("xi", "hsi"), ("zhang", "chang"), ("deng", "teng"), ("zi", "tzu"), ("jiang", "chiang"), ("guo", "kuo")],
)
def test_pinyin_becomes_wade_giles_less_its_signs(pinyin, older):
    assert wade_giles(pinyin) == older


@pytest.mark.parametrize(
    ("a", "b"), [("kwok", "guo"), ("chan", "chen"), ("ong", "wang"), ("cheung", "zhang"), ("tsui", "xu")]
)
def test_spellings_of_one_chinese_family_name_share_a_key(a, b):
    assert sounds_of(a) & sounds_of(b)


@pytest.mark.parametrize(
    ("surname", "given", "among"),
    [
        ("PETROV", "IVAN<SERGEEVICH", "ivan sergeevich petrov"),
        ("MUXXLLER", "JUERGEN", "juergen muller"),
        ("NUNXXEZ", "ANA", "ana nunez"),
        ("ALXKHALDY", "MXHMD", "muhammad al khalidi"),
        ("XIMENEZ", "ANA", "ana ximenez"),
    ],
)
def test_a_zone_is_read_back_into_the_name_that_was_printed(surname, given, among):
    assert fold(f"{surname}<<{given}") == among
    assert readings(f"{surname}<<{given}<<<")[0] == among


@pytest.mark.skipif(not ICAO.exists(), reason="the table of ICAO Doc 9303-3 is not here")
@pytest.mark.parametrize("native", ["محمد", "صلاح", "خالد", "شريف", "ثابت", "طارق", "ضياء"])
def test_arabic_letters_printed_by_the_table_of_icao_come_back_as_the_name(native):
    table = json.loads(ICAO.read_text("utf-8"))["arabic"]
    printed = "".join(table[letter].split()[0] for letter in native)
    assert fold(f"<<{printed}") == fold(native)


@pytest.mark.skipif(not ICAO.exists(), reason="the table of ICAO Doc 9303-3 is not here")
@pytest.mark.parametrize(
    "native", ["Щербаков", "Жуковский", "Цветаева", "Ульянов", "Хрущёв", "Юдина", "Эренбург", "Чайковский"]
)
def test_cyrillic_names_meet_their_spelling_in_a_passport(native):
    table = json.loads(ICAO.read_text("utf-8"))["cyrillic"]
    printed = "".join(table[letter] for letter in native.upper())
    assert share_met(native, printed) == 1


@pytest.mark.skipif(not ICAO.exists(), reason="the table of ICAO Doc 9303-3 is not here")
@pytest.mark.parametrize("native", ["Müller", "Ñandú", "Groß", "Ångström", "Łukasz", "Đoković", "Æbelø"])
def test_latin_names_meet_every_spelling_that_a_passport_may_give_them(native):
    table = json.loads(ICAO.read_text("utf-8"))["latin"]
    for choice in range(3):
        spelled = [table.get(c, [c]) for c in native.upper().replace("SS", "ß" if "ß" in native else "SS")]
        printed = "".join(options[min(choice, len(options) - 1)] for options in spelled)
        assert share_met(native, f"{printed}<<" if "XX" in printed else printed) == 1
