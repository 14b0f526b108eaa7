"""Codes of the Harmonized System of customs, as people and spreadsheets write them.

Editions: those of the World Customs Organization's convention of 1983. A code means something in an edition
only; between editions goods move, which `same_in` knows for a few of ours.
"""

import re
from dataclasses import dataclass

from entente.match.goods.readings import TwoReadings

EDITIONS = ("1988", "1992", "1996", "2002", "2007", "2012", "2017", "2022")
"""Years from the first of January of which an edition is in force."""
_NATIONAL = ("98", "99")
"""Chapters that every country fills itself."""
_HEADINGS = (
    "06 10 09 10 11 04 14 14 10 08 09 14 02 04 22 05 04 06 05 09 06 09 09 04 30 21 16 53 42 06 05 15 07 "
    "07 07 06 07 27 26 17 15 06 04 21 04 02 07 23 11 07 13 12 11 08 16 09 05 11 11 06 17 17 10 06 07 03 "
    "04 15 14 20 18 29 26 19 08 16 .. 06 07 07 13 15 11 87 49 09 16 07 08 33 14 09 07 06 08 20 06"
).split()
"""The highest heading of each chapter from 01 on, in any edition; 77 is kept free."""


@dataclass(frozen=True, slots=True)
class HS:
    """A code of 2, 4 or 6 digits and its edition ("" where none was said). `national`: it had digits more,
    which are the country's own, or is of a chapter that is. `note`: what was done to read it, in words."""

    code: str
    edition: str = ""
    national: bool = False
    note: str = ""


def read_hs(text: str, edition: str = "") -> HS:
    """The code a text stands for: with dots or spaces, with national digits behind, without its leading zero.

    Raises TwoReadings where the zero may or may not have been lost, ValueError for what is no code.
    """
    if edition and edition not in EDITIONS:
        raise ValueError(f"has an unknown edition; there are {', '.join(EDITIONS)}")
    shown = re.sub(r"^(?:HS|H\.S\.|SH|SA)\b[\s:.-]*", "", text.strip(), flags=re.IGNORECASE)
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in shown)
    dotted = re.fullmatch(r"(\d{4})\.(\d)", digits)
    if re.fullmatch(r"\d+\.0", digits):  # a number that a spreadsheet has made of it
        digits, dotted = digits[:-2], None
    digits = re.sub(r"[\s.\-\u00a0]", "", digits)
    if not digits.isdigit() or not digits.isascii():
        raise ValueError("is no customs code: write its 2, 4 or 6 digits")
    if len(digits) > 12:
        raise ValueError("has too many digits for a customs code")
    found = {one.code: one for one in _meant(digits, bool(dotted))}
    if not found:
        raise ValueError(_why_none(digits))
    if len(found) > 1:
        codes = tuple(found)
        raise TwoReadings(f"can be read as {' or '.join(codes)}: write it with all its digits", codes)
    (one,) = found.values()
    return HS(one.code, edition, one.national, one.note)


def exists(code: str) -> bool:
    """Whether a code's chapter, and its heading where it names one, is in some edition."""
    if code[:2] in _NATIONAL:
        return True
    if not 1 <= int(code[:2]) <= 97 or not (last := _HEADINGS[int(code[:2]) - 1]).isdigit():
        return False
    return len(code) == 2 or 1 <= int(code[2:4]) <= int(last)


def edition_on(year: int) -> str:
    """The edition in force in a year; "" before the first."""
    return next((edition for edition in reversed(EDITIONS) if int(edition) <= year), "")


def _meant(digits: str, dotted: bool) -> list[HS]:
    """Every code that digits can be."""
    readings = []
    if len(digits) in (2, 4, 6):
        readings.append(HS(digits, national=digits[:2] in _NATIONAL))
    elif len(digits) > 6:
        readings.append(HS(digits[:6], national=True, note="the digits behind the sixth are national"))
    elif len(digits) == 5:
        readings.append(HS(digits[:4], note="the fifth digit alone names no subheading"))
    if len(digits) % 2 and not dotted:
        code = f"0{digits}"[:6]
        note = "a leading zero was lost"
        readings.insert(0, HS(code, national=len(digits) > 5, note=note))
    return [one for one in readings if exists(one.code)]


def _why_none(digits: str) -> str:
    chapter = digits[:2]
    if len(digits) % 2 == 0 and exists(chapter) and len(digits) > 2:
        return f"names no heading: chapter {chapter} ends at {chapter}{_HEADINGS[int(chapter) - 1]}"
    return "names no chapter: there are 01 to 97 without 77, and 98 and 99 for countries' own"


_MOVED = (
    "380810@1988-2002 380891@2007-2012 380852,380859,380861,380862,380869,380891@2017-2022",
    "380820@1988-2002 380892@2007-2022",
    "380830@1988-2002 380893@2007-2022",
    "380890@1988-2002 380899@2007-2022",
    "293990@1988-1996 293991@2002-2012 293971@2017 293945,293972@2022",
    "293910@1988-1996 293911@2002-2022",
    "854810@1996-2017 854911,854912,854913,854914,854919@2022",
    "240310@1988-2007 240311,240319@2012-2022",
    "271000@1988-1996 271011,271019@2002-2007 271012,271019,271020@2012-2022",
    "970500@1988-2017 970510,970521,970522,970529,970531,970539@2022",
    "970600@1988-2017 970610,970690@2022",
    "300220@1988-2017 300241@2022",
    "300230@1988-2017 300242@2022",
    "851712@2007-2017 851713,851714@2022",
    "160430@1988-2007 160431,160432@2012-2022",
    "030110@1988-2007 030111,030119@2012-2022",
)
"""Goods of ours that moved, one a line: codes and the editions they stand in. [From memory of the correlation
tables of the World Customs Organization; several codes are what one was, a little more or less.]"""


def same_in(code: str, edition: str, to: str) -> tuple[str, ...]:
    """The codes of another edition that hold the goods of one: itself within an edition, one or more where we
    know that it moved. Empty where we do not know: then compare on four digits."""
    if edition == to:
        return (code,)
    for row in _MOVED:
        stands = [(part.split("@")[0].split(","), part.split("@")[1].split("-")) for part in row.split()]
        if any(code in codes and _within(edition, years) for codes, years in stands):
            return tuple(c for codes, years in stands if _within(to, years) for c in codes)
    return ()


def _within(edition: str, years: list[str]) -> bool:
    return years[0] <= edition <= years[-1]
