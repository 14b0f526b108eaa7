"""Dates in running text that count from another era: "12 Muharram 1391", "1350/05/12", "2514 BE"."""

import re
from collections.abc import Iterator
from functools import cache

from entente.match.calendars import BUDDHIST, CALENDARS, ETHIOPIAN, ISLAMIC, JULIAN, PERSIAN, span_in

_ERAS = {
    ISLAMIC: "AH|A.H.|هـ|هجري|هجرية",
    PERSIAN: "SH|S.H.|HS|H.S.|AP|A.P.|هـ ش|ه.ش|ه.ش.|شمسي|خورشیدی",
    BUDDHIST: "BE|B.E.",
    ETHIOPIAN: "EC|E.C.|ዓ.ም|ዓ.ም.",
    JULIAN: "OS|O.S.",
}
"""How texts name an era, behind the year. In capitals: in small letters they are words ("be")."""
_MONTHS = {
    ISLAMIC: (
        "muharram moharram المحرم محرم",
        "safar صفر",
        "rabi-al-awwal rabi-al-awal rabi-ul-awwal rabi-i ربيع-الأول ربيع-الاول",
        "rabi-al-thani rabi-ul-thani rabi-al-akhir rabi-ii ربيع-الثاني ربيع-الآخر",
        "jumada-al-awwal jumada-al-ula jumada-i جمادى-الأولى جمادى-الأول",
        "jumada-al-thani jumada-al-akhira jumada-ii جمادى-الآخرة جمادى-الثانية",
        "rajab رجب",
        "shaban sha'ban شعبان",
        "ramadan ramadhan ramazan رمضان",
        "shawwal شوال",
        "dhu-al-qadah dhu-al-qi'dah dhul-qadah zul-qadah ذو-القعدة",
        "dhu-al-hijjah dhul-hijjah zul-hijjah ذو-الحجة",
    ),
    PERSIAN: (
        "farvardin hamal فروردین حمل",
        "ordibehesht sawr saur اردیبهشت ثور",
        "khordad jawza خرداد جوزا",
        "tir saratan تیر سرطان",
        "mordad asad مرداد اسد",
        "shahrivar sunbula شهریور سنبله",
        "mehr mizan مهر میزان",
        "aban aqrab آبان عقرب",
        "azar qaws آذر قوس",
        "dey dai دی جدی",
        "bahman dalw بهمن دلو",
        "esfand hut اسفند حوت",
    ),
    ETHIOPIAN: (
        "meskerem መስከረም",
        "tikimt ጥቅምት",
        "hidar ኅዳር",
        "tahsas ታኅሣሥ",
        "tir ጥር",
        "yekatit የካቲት",
        "megabit መጋቢት",
        "miyazya ሚያዝያ",
        "ginbot ግንቦት",
        "sene ሰኔ",
        "hamle ሐምሌ",
        "nehasse ነሐሴ",
        "pagume ጳጉሜ",
    ),
}
"""The months in their order, as they are mostly written; Afghanistan's names stand beside Iran's."""
_LABEL = r"\b(?:born(?:\s+(?:in|on))?|b\.|d\.?o\.?b\.?|née?(?:\s+en)?|nacid[oa](?:\s+en)?)[.:]*\s*"
_MAY_BE = re.compile(r"1[1-4]\d\d|2[3-5]\d\d|\d\s?(?:E\.?C|O\.?S|ዓ)", re.ASCII)
Reading = tuple[str, str]
"""(calendar, the Gregorian days it means in clean form)."""


def foreign_dates_in(text: str) -> Iterator[tuple[re.Match[str], tuple[Reading, ...]]]:
    """Dates that are not Gregorian, each with what it may mean: 1350 is a year of two calendars. A bare year
    needs an era or a word that says "born"; a day or month needs neither where nobody living was born in such
    a Gregorian year."""
    if not _MAY_BE.search(text):
        return  # for speed
    day, year, worded = _patterns()
    for pattern in (day, worded, year):
        for found in pattern.finditer(text):
            if readings := _readings(found.groupdict()):
                yield found, readings


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    era = "|".join(
        f"(?P<{calendar}>{'|'.join(re.escape(sign) for sign in _longest_first(signs.split('|')))})(?!\\w)"
        for calendar, signs in sorted(_ERAS.items(), key=lambda item: item[0] != PERSIAN)
    )
    month = "|".join(_spelled(word) for word in _longest_first([*_months()]))
    day = re.compile(
        r"(?<![\w./-])(?:(?P<y>\d{4})([./-])(?P<m>\d\d?)\2(?P<d>\d\d?)|"
        rf"(?P<d2>\d\d?)([./-])(?P<m2>\d\d?)\6(?P<y2>\d{{4}}))(?![\w/-])(?:\s?(?:{era}))?",
        re.ASCII,
    )
    year = re.compile(
        rf"(?<![\w./-])(?P<y>\d{{4}})\s?(?:{era})|(?i:{_LABEL})(?P<born>1[234]\d\d|2[45]\d\d)(?![\w./-])(?:\s?B\.?E\b\.?)?|"
        r"(?:พ\.ศ\.|B\.E\.)\s?(?P<thai>2[45]\d\d)(?!\w)",
        re.ASCII,
    )
    worded = re.compile(
        rf"(?:(?<!\w)(?P<d>\d\d?)\s+)?\b(?P<month>{month})\s+(?P<y>\d{{4}})(?!\w)(?:\s?(?:{era}))?", re.I
    )
    return day, year, worded


@cache
def _months() -> dict[str, tuple[Reading, ...]]:
    """Each month's word, to (calendar, number): tir is of two calendars."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for calendar, months in _MONTHS.items():
        for number, words in enumerate(months, 1):
            for word in words.split():
                found[word] = (*found.get(word, ()), (calendar, str(number)))
    return found


def _longest_first(words: list[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def _spelled(word: str) -> str:
    return re.escape(word).replace(r"\-", r"[\s-]+").replace("'", "['’ʿ]?")


def _readings(part: dict[str, str | None]) -> tuple[Reading, ...]:
    year = int(part.get("y") or part.get("y2") or part.get("born") or part.get("thai") or 0)
    month, day = int(part.get("m") or part.get("m2") or 0), int(part.get("d") or part.get("d2") or 0)
    told = [calendar for calendar in CALENDARS if part.get(calendar)]
    if (word := part.get("month")) and not (day or told):
        return ()  # Asad, Azar, Ramadan are given names too
    if word:
        meant = [(c, int(n)) for c, n in _months().get(_plain(word), ()) if not told or c in told]
    else:
        meant = [(calendar, month) for calendar in told or _of_year(year)]
    spans = [(calendar, _gregorian(calendar, year, month, day)) for calendar, month in meant]
    return tuple([(calendar, days) for calendar, days in spans if days])


def _plain(word: str) -> str:
    return re.sub(r"[\s-]+", "-", word.lower().replace("’", "'").replace("ʿ", "'"))


def _of_year(year: int) -> tuple[str, ...]:
    """The calendars in which somebody living may be born in such a year, where the Gregorian is none."""
    if 1250 <= year <= 1480:
        return PERSIAN, ISLAMIC
    return (BUDDHIST,) if 2400 <= year <= 2599 else ()


def _gregorian(calendar: str, year: int, month: int, day: int) -> str:
    """A day, or a range of days; "" where there is none, or none in the years that a question may mean."""
    try:
        first, last = span_in(calendar, year, month, day)
    except ValueError:
        return ""
    if not 1800 <= first.year <= 2040:
        return ""
    if calendar == BUDDHIST:
        return first.isoformat()[: 10 if day else 7 if month else 4]
    return first.isoformat() if first == last else f"{first}/{last}"
