"""ANSI/NIST-ITL in the traditional encoding (1-2007, 1-2011): read into a transaction.

Reading takes the file apart in a process of its own (nist_child.py); here the fields get their meaning.
Types 1, 2, 4, 9, 10, 13 and 14 are read, others told as left. Of Type-2, whose fields each domain defines for
itself, every field is kept as text, and INT-I's numbers are understood where the file says INT-I or no
domain. Writing is nist_writing.py's.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from entente.core.problems import Fault, Faulty, NotSupported, TooLarge
from entente.rooms.biometrics.codes import fault
from entente.rooms.biometrics.decoding_process import answered
from entente.rooms.biometrics.inti_checks import CHECKS
from entente.rooms.biometrics.inti_extended import Extended, Point, minutiae_of_extended
from entente.rooms.biometrics.inti_model import Descriptive, Error, Header, Name, National, Party, Respondent
from entente.rooms.biometrics.inti_records import Image, Minutia, Minutiae, Transaction
from entente.rooms.biometrics.nist_legacy import legacy_minutiae
from entente.web.language import N_

MOST_BYTES = 25 * 1024 * 1024
_CHILD = "nist_child.py"
_MEND = N_("Mend the file in the system that wrote it, and send it again.")
FAULTS: Mapping[str, str] = {
    "begin": N_("A record does not begin where the one before it ends (117)"),
    "cut": N_("The file ends before its last record does (117)"),
    "length": N_("The length that a record states of itself is wrong (117)"),
    "type": N_("The standard has no such type of record (102)"),
    "after": N_("Something follows after the last record (105)"),
    "contents": N_("Its table of contents, field 1.003, is not valid (105)"),
    "many": N_("It has more than 500 records (104)"),
    "items": N_("It has more than 100,000 values (104)"),
    "field": N_("A record has a field that cannot be read, or one twice (117)"),
    "idc": N_("A record has no information designation character, field 2 (101)"),
    "broken": N_("This is no ANSI/NIST-ITL file that can be read (117)"),
}
"""What nist_child.py finds, in words."""
ALGORITHMS = ("NONE", "WSQ20", "JPEGB", "JPEGL", "JP2", "JP2L", "PNG")
"""By the number that Type-4 gives them (table 15)."""
IMAGES: Mapping[int, Mapping[str, str]] = {
    10: {"category": "3", "colours": "12", "profile": "13", "pose": "20", "comment": "38"},
    13: {"impression": "3", "bits": "12", "position": "13", "comment": "20"},
    14: {"impression": "3", "bits": "12", "position": "13", "comment": "20"},
}
"""Fields of each type, beside those that all have."""
COMMON: Mapping[str, str] = {
    "taken_by": "4",
    "taken": "5",
    "width": "6",
    "height": "7",
    "units": "8",
    "density": "9",
    "density_down": "10",
    "algorithm": "11",
}
_NEEDED = ("width", "height", "algorithm")
_NUMBERS = ("width", "height", "units", "density", "density_down", "impression", "bits", "position")
_RESOLUTION = re.compile(r"\d{2}\.\d{2}", re.ASCII)
"""Pixels a millimetre (1.011)."""
Fields = Mapping[str, Sequence[Sequence[str]]]


def recognised(data: bytes) -> bool:
    """Whether this is meant to be a traditional ANSI/NIST-ITL file."""
    return data.startswith((b"1.001:", b"1.01:", b"1.1:"))


def read(data: bytes, where: str = "file") -> Transaction:
    """The transaction in a file. Raises Faulty with every fault, TooLarge, Unavailable; NotSupported where
    nistitl is not installed."""
    if len(data) > MOST_BYTES:
        raise TooLarge(f"A NIST file has at most {MOST_BYTES >> 20} MiB.")
    records, rest = _apart(data, where)
    faults: list[Fault] = []
    told = Transaction()
    images: list[Image] = []
    minutiae: list[Minutiae] = []
    left: list[tuple[int, int]] = []
    texts: dict[str, tuple[tuple[str, ...], ...]] = {}
    at = 0
    for number, record in enumerate(records, start=1):
        kind, idc, fields = int(record["type"]), int(record["idc"]), record["fields"]
        picture = rest[at : at + record["length"]]
        at += record["length"]
        place = f"{where}/{number} ({kind})"
        if kind == 1:
            told = replace(told, header=_header(fields, place, faults))
        elif kind == 2:
            texts |= {f"2.{int(n):03d}": tuple(map(tuple, said)) for n, said in fields.items() if int(n) > 2}
        elif kind == 4:
            images.append(_type4(fields, idc, picture, told.header))
        elif kind in IMAGES:
            image = _image(fields, kind, idc, picture, place, faults)
            images += [image] if image else []
        elif kind == 9 and any(block in fields for block in ("137", "331", "12")):
            minutiae.append(_minutiae(fields, idc, place, faults))
        else:
            left.append((kind, idc))
    if faults:
        raise Faulty(faults=tuple(faults[:50]))
    own = told.header.domain in ("", "INT-I")
    descriptive = _descriptive(texts) if own else Descriptive()
    return replace(
        told,
        descriptive=descriptive,
        images=tuple(images),
        minutiae=tuple(minutiae),
        texts=texts,
        left=tuple(left),
    )


def _apart(data: bytes, where: str) -> tuple[list[dict[str, Any]], bytes]:
    well, out = answered(_CHILD, data)
    line, _end, rest = out.partition(b"\n")
    try:
        told = json.loads(line) if well else {}
    except ValueError:
        told = {}
    faults = told.get("faults") or ([] if "records" in told else [("117", "", "broken")])
    if faults and faults[0][2] == "no-nistitl":
        raise NotSupported("ANSI/NIST-ITL files are read with the extra `bio`: install entente[bio].")
    if faults:
        raise Faulty(
            faults=tuple(
                fault(code, f"{where}/{place}".rstrip("/"), FAULTS[word], _MEND)
                for code, place, word in faults
            )
        )
    return told["records"], rest


def _one(fields: Fields, number: str, item: int = 0) -> str:
    items = (fields.get(number) or [[]])[0]
    return items[item].strip() if len(items) > item else ""


def _day(text: str) -> str:
    """A day as written here; text that is none stays, for the check to find."""
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdigit() else text


def _found(value: str, check: str, place: str, faults: list[Fault]) -> None:
    if value and (code := CHECKS[check](value)):
        faults.append(fault(code, place))


def _header(fields: Fields, place: str, faults: list[Fault]) -> Header:
    for number, name in (("2", "VER"), ("4", "TOT"), ("7", "DAI"), ("8", "ORI"), ("9", "TCN")):
        if not _one(fields, number):
            faults.append(fault("101", f"{place}/{name}"))
    version = _one(fields, "2").zfill(4)
    utc = _one(fields, "14")
    header = Header(
        date=_day(_one(fields, "5")),
        to=Party(_one(fields, "7"), _one(fields, "17"), _one(fields, "17", 2)),
        origin=Party(_one(fields, "8"), _one(fields, "17", 1), _one(fields, "17", 3)),
        utc=f"{_day(utc[:8])}T{utc[8:10]}:{utc[10:12]}:{utc[12:14]}Z" if len(utc) == 15 else utc,
        tcn=_one(fields, "9"),
        tcr=_one(fields, "10"),
        domain=_one(fields, "13"),
        domain_version=_one(fields, "13", 1),
        scanned=_one(fields, "11"),
        sent=_one(fields, "12"),
        major=version[:2],
        minor=version[2:4],
        priority=_one(fields, "6"),
        tot=_one(fields, "4"),
    )
    _found(header.date, "date", f"{place}/DAT", faults)
    _found(header.utc, "time", f"{place}/GMT", faults)
    _found(header.tcn, "tcn", f"{place}/TCN", faults)
    return header


def _descriptive(texts: Fields) -> Descriptive:
    """Type-2 by the numbers of INT-I version 6. Values are the sender's words and are not judged here."""
    names = _one(texts, "2.030")
    family, comma, given = names.partition(",")
    name = Name(family=family.strip(), given=given.strip()) if comma else Name()
    told = Descriptive(
        numbers=replace(Descriptive().numbers, case=National(_one(texts, "2.007"), _one(texts, "2.007", 1))),
        mode=_one(texts, "2.094"),
        errors=tuple(Error(*[*items, "", "", ""][:3]) for items in texts.get("2.074", ())),
    )
    answer = (texts.get("2.064") or [()])[0]
    person = replace(
        told.person,
        name=name if comma or not names else Name(extended=(names,)),
        birth=_day(_one(texts, "2.035")),
        citizenship=_one(texts, "2.038"),
        sex=_one(texts, "2.039"),
    )
    return replace(
        told, person=person, respondent=Respondent(*answer) if len(answer) == 5 else told.respondent
    )


def _type4(fields: Fields, idc: int, picture: bytes, header: Header) -> Image:
    algorithm = int(_one(fields, "8"))
    coded = ALGORITHMS[algorithm] if algorithm < len(ALGORITHMS) else ""
    native = float(header.scanned) if _RESOLUTION.fullmatch(header.scanned) else 0.0
    dpi = round(native * 25.4) if _one(fields, "5") == "1" and native > 1 else 500
    position = _one(fields, "4")
    return Image(
        data=picture,
        algorithm=coded,
        width=_one(fields, "6"),
        height=_one(fields, "7"),
        density=str(dpi),
        density_down=str(dpi),
        units="1",
        bits="8",
        impression=_one(fields, "3"),
        position="0" if position == "255" else position,
        record=4,
        idc=idc,
    )


def _image(
    fields: Fields, kind: int, idc: int, picture: bytes, place: str, faults: list[Fault]
) -> Image | None:
    """None where the finger is missing (14.018), which needs no picture."""
    if kind == 14 and not picture and "18" in fields:
        return None
    values = {name: _one(fields, number) for name, number in {**COMMON, **IMAGES[kind]}.items()}
    values["taken"] = _day(values["taken"])
    before = len(faults)
    faults += [fault("101", f"{place}/{name}") for name in _NEEDED if not values[name]]
    if not picture:
        faults.append(fault("502", f"{place}/DATA"))
    for name in _NUMBERS:
        _found(values.get(name, ""), "number", f"{place}/{name}", faults)
    if len(faults) > before:
        return None
    quality = _one(fields, "24", 1) if kind in (13, 14) else ""
    said = int(quality) if not CHECKS["number"](quality) and int(quality) <= 100 else None
    if kind == 10:
        values["face_profile"] = values.pop("profile")
    return Image(data=picture, record=kind, idc=idc, quality=said, **values)


def _minutiae(fields: Fields, idc: int, place: str, faults: list[Fault]) -> Minutiae:
    if "137" not in fields and "331" in fields:
        return _extended(fields, idc, place, faults)
    if "137" not in fields:
        told = legacy_minutiae(fields, idc)
        if told is None:
            faults.append(fault("117", f"{place}/MRC"))
        return told or Minutiae()
    values = {
        "impression": _one(fields, "3"),
        "owner": _one(fields, "126"),
        "format": _one(fields, "126", 1),
        "product": _one(fields, "126", 2),
        "certified": _one(fields, "127"),
        "device": _one(fields, "127", 1),
        "width": _one(fields, "128"),
        "height": _one(fields, "129"),
        "units": _one(fields, "130"),
        "density": _one(fields, "131"),
        "density_down": _one(fields, "132"),
        "view": _one(fields, "133"),
        "position": _one(fields, "134"),
        "quality": _one(fields, "135"),
        "quality_vendor": _one(fields, "135", 1),
        "quality_product": _one(fields, "135", 2),
        "count": _one(fields, "136"),
    }
    rows = [tuple(items) for items in fields["137"] if any(items)]
    numbers = ("impression", "width", "height", "density", "position", "quality", "count")
    before = len(faults)
    for name in numbers:
        _found(values[name], "number", f"{place}/{name}", faults)
    for n, row in enumerate(rows, start=1):
        if len(row) != 6:
            faults.append(fault("105", f"{place}/FMD {n}"))
        for value in row:
            _found(value, "number", f"{place}/FMD {n}", faults)
    if len(faults) > before:
        return Minutiae()
    return Minutiae(minutiae=tuple(Minutia(*row) for row in rows), idc=idc, **values)


def _extended(fields: Fields, idc: int, place: str, faults: list[Fault]) -> Minutiae:
    points = [
        Point(*[*(said.strip() for said in items), "", "", "", ""][:4])
        for items in fields["331"]
        if any(items)
    ]
    region = [_one(fields, "300", item) for item in range(4)]
    wide, high, left, top = region
    told = Extended(_one(fields, "3"), wide, high, left, top, _one(fields, "302"), tuple(points))
    before = len(faults)
    for value in (told.impression, *region, told.position):
        _found(value, "number", f"{place}/ROI", faults)
    for n, point in enumerate(points, start=1):
        for value in (point.x, point.y, point.angle):
            _found(value, "number", f"{place}/MIN {n}", faults)
    return minutiae_of_extended(told, idc) if len(faults) == before else Minutiae()
