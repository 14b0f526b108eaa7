"""ANSI/NIST-ITL in the traditional encoding, written from a transaction: for systems that read no XML.

The records go out as they come in (nist.py); pictures as their records hold them, so that a print which was
kept losslessly leaves losslessly. Texts are UTF-8, and the header says so (1.015).
"""

from datetime import UTC, datetime
from typing import Any

from entente.core.problems import Faulty, NotSupported
from entente.rooms.biometrics.codes import fault
from entente.rooms.biometrics.inti_model import Descriptive, Header, Respondent
from entente.rooms.biometrics.inti_records import Image, Minutiae, Transaction, records_of
from entente.rooms.biometrics.nist import ALGORITHMS, COMMON, IMAGES
from entente.web.language import N_

try:
    import nistitl
except ImportError:  # the extra `bio` is not installed
    nistitl = None

UTF_8 = ("3", "UTF-8", "")
_ISR_500, _NO_POSITION = 0, 255


def written(told: Transaction) -> bytes:
    """The file. Raises Faulty for a text with a separator in it, a Type-4 picture that has no size or a
    compression without a number; NotSupported where nistitl is not installed."""
    if nistitl is None:
        raise NotSupported("ANSI/NIST-ITL files are written with the extra `bio`: install entente[bio].")
    message = nistitl.Message()
    message.reset(autocreate=False)
    _header(message[0], told.header)
    second = _record(2, 0)
    _type2(second, told)
    message += second
    for one in records_of(told):
        message += _minutiae(one) if isinstance(one, Minutiae) else _image(one)
    made: bytes = message.NIST
    return made


def _record(kind: int, idc: int) -> Any:
    record = nistitl.AsciiRecord(kind)
    record.IDC = idc
    return record


def _said(text: str, place: str) -> str:
    """A text as nistitl wants it, which writes each character as one byte."""
    if any(sign < " " and sign not in "\t\n\r" for sign in text):
        what = N_("A text holds a character that separates fields (111)")
        raise Faulty(faults=(fault("111", place, what, N_("Take control characters out of it.")),))
    return text.encode().decode("latin-1")


def _put(record: Any, number: int, *items: str) -> None:
    """One field of one subfield, where there is anything to say."""
    if any(items):
        place = f"{record.type}.{number:03d}"
        said = [_said(item, place) for item in items]
        record += nistitl.Field(record.type, number, said[0] if len(said) == 1 else [said])


def _header(record: Any, told: Header) -> None:
    record += nistitl.Field(1, 1, 0)
    record += nistitl.Field(1, 3, "")
    try:
        utc = datetime.fromisoformat(told.utc).astimezone(UTC).strftime("%Y%m%d%H%M%SZ") if told.utc else ""
    except ValueError:
        raise Faulty(faults=(fault("114", "1.014"),)) from None
    texts: dict[int, tuple[str, ...]] = {
        2: (f"{told.major}{told.minor}",),
        4: (told.tot,),
        5: (told.date.replace("-", ""),),
        6: (told.priority,),
        7: (told.to.code or told.to.name,),
        8: (told.origin.code or told.origin.name,),
        9: (told.tcn,),
        10: (told.tcr,),
        11: (told.scanned or "00.00",),
        12: (told.sent or "00.00",),
        13: (told.domain, told.domain_version),
        14: (utc,),
        15: UTF_8,
        17: (told.to.name, told.origin.name, told.to.country, told.origin.country),
    }
    for number, items in texts.items():
        _put(record, number, *items)


def _type2(record: Any, told: Transaction) -> None:
    """Every field it came with; where it came with none, what INT-I has numbers for."""
    if told.texts:
        for number, said in told.texts.items():
            kind = int(number.partition(".")[2])
            subfields = [[_said(item, number) for item in items] for items in said]
            plain = len(subfields) == 1 and len(subfields[0]) == 1
            record += nistitl.Field(2, kind, subfields[0][0] if plain else subfields)
        return
    one: Descriptive = told.descriptive
    name = one.person.name
    parts = (f"{name.family}, {name.given}" if name.family or name.given else "",)
    _put(record, 7, one.numbers.case.country, one.numbers.case.number)
    _put(record, 30, *(name.extended[:1] if name.extended and not name.family else parts))
    _put(record, 35, one.person.birth.replace("-", ""))
    _put(record, 38, one.person.citizenship)
    _put(record, 39, one.person.sex)
    answer: Respondent = one.respondent
    if answer != Respondent():
        _put(record, 64, answer.rank, answer.verified, answer.total, answer.category, answer.result)
    if one.errors:
        errors = [[_said(text, "2.074") for text in (e.code, e.field, e.text)] for e in one.errors]
        record += nistitl.Field(2, 74, errors)
    _put(record, 94, one.mode)


def _image(one: Image) -> Any:
    if one.record == 4:
        return _type4(one)
    record = _record(one.record, one.idc)
    names = {**COMMON, **IMAGES[one.record]}
    for name, number in names.items():
        value = str(getattr(one, "face_profile" if name == "profile" else name))
        value = value or (one.taken_by_code if name == "taken_by" else "")
        _put(record, int(number), value.replace("-", "") if name == "taken" else value)
    if one.quality is not None and one.record != 10:
        _put(record, 24, one.position or "0", str(one.quality), "0000", "1")
    record += nistitl.BinaryField(one.record, 999, one.data)
    return record


def _type4(one: Image) -> Any:
    """Binary, of 500 dpi by definition; the codec by its number."""
    place = f"4/{one.idc}"
    try:
        algorithm = ALGORITHMS.index(one.algorithm)
        sizes = int(one.width), int(one.height)
        impression, position = int(one.impression or 0), int(one.position or 0)
    except ValueError:
        raise Faulty(faults=(fault("117", place),)) from None
    if max(sizes) > 0xFFFF or min(sizes) < 1 or max(impression, position) > 254:
        raise Faulty(faults=(fault("118", place),))
    record = nistitl.BinaryRecord(4)
    record.IDC = one.idc
    positions = bytes([position, *[_NO_POSITION] * 5])
    record.pack("!B6sBHHB", impression, positions, _ISR_500, *sizes, algorithm, one.data)
    return record


def _minutiae(one: Minutiae) -> Any:
    record = _record(9, one.idc)
    texts: dict[int, tuple[str, ...]] = {
        3: (one.impression or "0",),
        4: ("U",),
        126: (one.owner, one.format, one.product),
        127: (one.certified, one.device),
        128: (one.width,),
        129: (one.height,),
        130: (one.units,),
        131: (one.density,),
        132: (one.density_down,),
        133: (one.view,),
        134: (one.position,),
        135: (one.quality, one.quality_vendor, one.quality_product),
        136: (one.count or str(len(one.minutiae)),),
    }
    for number, items in texts.items():
        _put(record, number, *items)
    rows = [[m.index, m.x, m.y, m.angle, m.kind, m.quality] for m in one.minutiae]
    if rows:
        record += nistitl.Field(9, 137, rows)
    return record
