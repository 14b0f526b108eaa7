"""Machine readable zones of travel documents (ICAO Doc 9303 parts 3 to 7; ISO/IEC 7501).

TD1 is 3 lines of 30, TD2 and the visa MRV-B 2 of 36, TD3 and the visa MRV-A 2 of 44. Check digits: weights
7, 3, 1, letters from A = 10, filler 0, modulo 10.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from entente.core.kinds.countries import code_of

_SHAPES = {(3, 30): "TD1", (2, 36): "TD2", (2, 44): "TD3"}
_VALUES = {**{str(d): d for d in range(10)}, **{chr(65 + i): 10 + i for i in range(26)}, "<": 0}
_NOT_MRZ = re.compile(r"[^A-Z0-9<]")


@dataclass(frozen=True, slots=True)
class Zone:
    """What a zone says. `wrong` names the fields whose check digit does not fit; dates are ISO or empty.

    `cut` is set when the names fill their field, so that they may have been truncated.
    """

    form: str
    document: str
    issuer: str
    surname: str
    given: str
    number: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    personal: str
    wrong: tuple[str, ...]
    cut: bool = False


def check_digit(field: str) -> str:
    """The check digit of a field. Raises KeyError for a character that no zone has."""
    return str(sum(_VALUES[c] * (7, 3, 1)[i % 3] for i, c in enumerate(field)) % 10)


def find(text: str) -> Zone | None:
    """The zone in a pasted text: on its lines, on one line, or with spaces; None when there is none."""
    if "<" not in text and "\u00ab" not in text:
        return None
    text = text.upper().replace("\u00ab", "<<")
    lines = [_NOT_MRZ.sub("", line) for line in text.splitlines()]
    lines = [line for line in lines if len(line) >= 28]
    for count, width in _SHAPES:
        for start in range(len(lines) - count + 1):
            block = lines[start : start + count]
            # A lost or added filler at the end of a line is what copying does.
            if all(abs(len(line) - width) <= 2 for line in block):
                zone = parse([line.rstrip("<").ljust(width, "<")[:width] for line in block])
                if zone is not None:
                    return zone
    run = _NOT_MRZ.sub("", text)
    for count, width in _SHAPES:
        if len(run) == count * width:
            return parse([run[i * width : (i + 1) * width] for i in range(count)])
    return None


def parse(lines: list[str]) -> Zone | None:
    """Read the lines of one zone; None when they are not one (wrong lengths, no such characters or dates)."""
    form = _SHAPES.get((len(lines), len(lines[0]) if lines else 0))
    if form is None or any(len(line) != len(lines[0]) or _NOT_MRZ.search(line) for line in lines):
        return None
    if form == "TD1":
        return _td1(lines)
    visa = lines[0][0] == "V"
    return _two_lines(lines, {"TD2": "MRVB", "TD3": "MRVA"}[form] if visa else form)


@dataclass(frozen=True, slots=True)
class _Cut:
    """The fields of a zone as they stand in it, each with its check digit behind it."""

    form: str
    head: str
    names: str
    number: str
    birth: str
    expiry: str
    sex: str
    nationality: str
    optional: str
    whole: str = ""
    personal: str = ""


def _td1(lines: list[str]) -> Zone | None:
    one, two, three = lines
    if one[0] not in "ACI" or not _plausible(two[0:6], two[7], two[8:14]):
        return None
    number, optional = _long_number(one[5:15], one[15:30])
    whole = one[5:30] + two[0:7] + two[8:15] + two[18:30]
    cut = _Cut("TD1", one, three, number, two[0:7], two[8:15], two[7], two[15:18], optional, whole)
    return _zone(cut)


def _two_lines(lines: list[str], form: str) -> Zone | None:
    one, two = lines
    if one[0] not in "PVACI" or not _plausible(two[13:19], two[20], two[21:27]):
        return None
    cut = _Cut(form, one, one[5:], two[0:10], two[13:20], two[21:28], two[20], two[10:13], two[28:])
    start = two[0:10] + two[13:20]
    if form == "TD3":
        cut = replace(cut, optional=two[28:42], personal=two[28:43], whole=start + two[21:44])
    elif form == "TD2":
        number, optional = _long_number(two[0:10], two[28:35])
        cut = replace(cut, number=number, optional=optional, whole=start + two[21:36])
    return _zone(cut)


def _long_number(number: str, optional: str) -> tuple[str, str]:
    """A number of more than nine characters goes on in the optional field, its check digit behind it (part 5,
    4.2.2): filler stands where the check digit would."""
    if number[9] != "<" or optional.startswith("<"):
        return number, optional
    rest = optional.split("<", 1)[0]
    return number[:9] + rest, optional[len(rest) :]


def _plausible(birth: str, sex: str, expiry: str) -> bool:
    """Whether dates and sex stand where a zone has them."""
    return sex in "MFX<" and all(not c.isalpha() for c in birth + expiry)


def _zone(cut: _Cut) -> Zone:
    checks = {"number": cut.number, "birth": cut.birth, "expiry": cut.expiry, "whole": cut.whole}
    if cut.personal.strip("<"):
        checks["personal"] = cut.personal  # may be filler throughout, check digit included
    surname, _, given = cut.names.partition("<<")
    expires = _date(cut.expiry, late=True)
    return Zone(
        form=cut.form,
        document=cut.head[0:2].strip("<"),
        issuer=_country(cut.head[2:5]),
        surname=surname.replace("<", " ").strip(),
        given=given.replace("<", " ").strip(),
        number=cut.number[:-1].replace("<", ""),
        nationality=_country(cut.nationality),
        birth=_date(cut.birth, late=False, until=int(expires[:4]) if expires else 2035),
        sex={"M": "male", "F": "female"}.get(cut.sex, ""),
        expiry=expires,
        personal=cut.optional.replace("<", ""),
        wrong=tuple(name for name, field in checks.items() if field and check_digit(field[:-1]) != field[-1]),
        cut=not cut.names.endswith("<"),
    )


_ZONE_ONLY = {"D": "de", "GBD": "gb", "GBN": "gb", "GBO": "gb", "GBP": "gb", "GBS": "gb", "RKS": "xk"}


def _country(code: str) -> str:
    """FollowTheMoney's code of a zone's country (part 3, section 5); empty where none fits."""
    code = code.strip("<")
    return _ZONE_ONLY.get(code) or (code_of(code) or "" if len(code) == 3 else "")


def _date(six: str, *, late: bool, until: int = 2035) -> str:
    """YYMMDD to ISO. A zone has no century: an expiry lies in 1985-2084, a birth in the hundred years that
    end a year before the expiry. An unknown month or day (filler) leaves the year."""
    if not six[:2].isdigit():
        return ""
    year = 2000 + int(six[:2])
    if (late and year > 2084) or (not late and year >= until):
        year -= 100
    month, day = six[2:4], six[4:6]
    if not month.isdigit() or month == "00":
        return f"{year:04}"
    if not day.isdigit() or day == "00":
        return f"{year:04}-{month}" if 1 <= int(month) <= 12 else ""
    try:
        return date(year, int(month), int(day)).isoformat()
    except ValueError:
        return ""
