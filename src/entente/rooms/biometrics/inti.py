"""INT-I version 6 in NIEM-XML: a transaction read from it and written to it.

The tables are the dataclasses of inti_model.py and inti_records.py; here are the two walks over them. A file
is untrusted: no entity, no DTD, no network, bounded in size and in records. Every fault is told at once, with
INT-I's code and the path of the element. What is read is told by those dataclasses; elements of the schema
that none of them names (Type-20, cores and deltas, character set directories, …) are left out, and whole
records left out are listed in `Transaction.left`.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from lxml import etree

from entente.core.problems import Fault, Faulty, TooLarge
from entente.rooms.biometrics.codes import fault
from entente.rooms.biometrics.inti_checks import CHECKS
from entente.rooms.biometrics.inti_extended import Extended, minutiae_of_extended
from entente.rooms.biometrics.inti_model import AT, CHECK, MANY, OF, Descriptive, Header
from entente.rooms.biometrics.inti_records import Image, Minutiae, Transaction, records_of
from entente.web.language import N_

MOST_BYTES = 25 * 1024 * 1024
MOST_RECORDS = 500
MOST_MARKS = 500_000
"""Of elements and attributes: each takes some hundred bytes of memory once it is read."""
MOST_TEXT, MOST_TIMES = 4_000, 1_000
"""Letters of a text; times that an element is there of which there may be several."""
MOST_FAULTS = 50
"""Told at once: a file that is wrong all over would name thousands."""
NAMES: Mapping[str, str] = {
    "int-i": "http://interpol.gov/int-i/1.0",
    "itl": "http://biometrics.nist.gov/standard/2011",
    "biom": "http://niem.gov/niem/biometrics/1.0",
    "nc": "http://niem.gov/niem/niem-core/2.0",
}
ROOT = "itl:NISTBiometricInformationExchangePackage"
HEADER, DESCRIPTIVE = "itl:PackageInformationRecord", "itl:PackageDescriptiveTextRecord"
_DOMAIN = "itl:UserDefinedDescriptiveDetail/int-i:DomainDefinedDescriptiveDetail"
PICTURES: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "itl:PackageHighResolutionGrayscaleImageRecord": (4, ("biom:FingerprintImage",)),
    "itl:PackageFacialAndSMTImageRecord": (10, ("biom:FaceImage",)),
    "itl:PackageLatentImageRecord": (13, ("biom:FingerImpressionImage",)),
    "itl:PackageFingerprintImageRecord": (14, ("itl:FingerprintImage", "biom:FingerImpressionImage")),
}
"""Records of pictures: their type, and the elements that hold the picture (the first is written)."""
MINUTIAE, EXTENDED = "itl:PackageMinutiaeRecord", "biom:ExtendedFeatureSetMinutiae"
_IDC = "biom:ImageReferenceIdentification/nc:IdentificationID"
_CATEGORY = "biom:RecordCategoryCode"
_FILE = "transaction"


def recognised(data: bytes) -> bool:
    """Whether this is meant to be an XML file with a NIST package."""
    begin = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return begin.startswith(b"<") and b"NISTBiometricInformationExchangePackage" in begin


def read(data: bytes) -> Transaction:
    """The transaction in an XML file. Raises Faulty with every fault found, TooLarge."""
    root = _parsed(data)
    faults: list[Fault] = []
    header, descriptive = Header(), Descriptive()
    images, minutiae, left, once = [], [], [], set()
    if len(root) > MOST_RECORDS:
        raise Faulty(faults=(fault("104", _FILE),))
    for number, record in enumerate(root):
        name, where = _short(record.tag), f"{_FILE}/{number}"
        idc = _number(record.findtext(_IDC, "0", NAMES), f"{where}/{_IDC}", faults)
        if name in (HEADER, DESCRIPTIVE):
            if name in once:
                faults.append(fault("104", where))
                continue
            once.add(name)
        if name == HEADER:
            header = _made(Header, record.find("biom:Transaction", NAMES), f"{where}/Transaction", faults)
        elif name == DESCRIPTIVE:
            descriptive = _made(Descriptive, record.find(_DOMAIN, NAMES), f"{where}/Type-2", faults)
        elif name == MINUTIAE and record.find("biom:INCITSMinutiae", NAMES) is not None:
            minutiae.append(replace(_made(Minutiae, record, where, faults), idc=idc))
        elif name == MINUTIAE and record.find(f"{EXTENDED}/biom:EFSMinutia", NAMES) is not None:
            before = len(faults)
            extended = _made(Extended, record, where, faults)
            minutiae += [minutiae_of_extended(extended, idc)] if len(faults) == before else []
        elif name in PICTURES:
            kind, holders = PICTURES[name]
            held = next((h for h in (record.find(x, NAMES) for x in holders) if h is not None), None)
            if held is None:
                left.append((kind, idc))
                continue
            images.append(replace(_made(Image, held, where, faults), record=kind, idc=idc))
        else:
            left.append(
                (_number(record.findtext(_CATEGORY, "0", NAMES), f"{where}/{_CATEGORY}", faults), idc)
            )
    faults += _missing(header)
    if faults:
        raise Faulty(faults=tuple(faults[:MOST_FAULTS]))
    return Transaction(header, descriptive, tuple(images), tuple(minutiae), left=tuple(left))


def written(told: Transaction) -> bytes:
    """The transaction as an XML file (UTF-8). Raises Faulty where it has no type, sender, receiver, number or
    date, or a text that XML cannot hold."""
    if faults := _missing(told.header):
        raise Faulty(faults=tuple(faults))
    root = etree.Element(_long(ROOT), nsmap=dict(NAMES))
    try:
        header = etree.SubElement(root, _long(HEADER))
        _put(header, _CATEGORY, "1")
        transaction = etree.SubElement(header, _long("biom:Transaction"))
        _fill(transaction, told.header)
        records = records_of(told)
        _summary(transaction, records)
        text = _record(root, DESCRIPTIVE, "02", 0)
        _fill(_made_path(text, _DOMAIN.split("/")), told.descriptive)
        for one in records:
            _one(root, one)
    except ValueError:
        what = N_("A text holds a character that XML cannot hold (111)")
        raise Faulty(faults=(fault("111", _FILE, what, N_("Take control characters out of it.")),)) from None
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _parsed(data: bytes) -> Any:
    if len(data) > MOST_BYTES:
        raise TooLarge(f"A transaction has at most {MOST_BYTES >> 20} MiB.")
    if data.count(b"<") > MOST_MARKS or data.count(b"=") > MOST_MARKS:
        raise Faulty(faults=(fault("104", _FILE),))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = etree.fromstring(data, parser).getroottree()
    except (etree.XMLSyntaxError, ValueError):
        what = N_("This is no well-formed XML (117)")
        raise Faulty(faults=(fault("117", _FILE, what),)) from None
    if tree.docinfo.doctype:
        what = N_("A transaction has no document type of its own (117)")
        raise Faulty(faults=(fault("117", _FILE, what, N_("Take the DOCTYPE out of it.")),))
    root = tree.getroot()
    if root.tag != _long(ROOT):
        what = N_("This XML is no NIST package (117)")
        raise Faulty(faults=(fault("117", _FILE, what, N_("Send an INT-I version 6 transaction.")),))
    return root


def _made(of: type, element: Any, where: str, faults: list[Fault]) -> Any:
    """A dataclass of the model from an element. Faults go into the list, with their path."""
    if element is None:
        return of()
    values: dict[str, Any] = {}
    for field in fields(of):
        if AT not in field.metadata:
            continue
        path, inner = field.metadata[AT], field.metadata.get(OF)
        found = element.findall(path, NAMES)
        place = f"{where}/{path.rpartition('/')[2].partition(':')[2]}"
        most = MOST_TIMES if field.metadata.get(MANY) else 1
        if len(found) > most:
            faults.append(fault("104", place))
            found = found[:most]
        if field.type in (bytes, "bytes"):
            values[field.name] = _bytes(found, place, faults)
        elif inner:
            told = [_made(inner, one, f"{place}/{n}", faults) for n, one in enumerate(found)]
            values[field.name] = tuple(told) if field.metadata.get(MANY) else (told or [inner()])[0]
        else:
            texts = [_text(one) for one in found]
            for text in texts:
                faults += _checked(text, field.metadata.get(CHECK), place)
            values[field.name] = tuple(texts) if field.metadata.get(MANY) else (texts or [""])[0]
    return of(**values)


def _text(element: Any) -> str:
    text = element.text or ""
    return text.strip() if len(text) < 100 else text


def _bytes(found: list[Any], place: str, faults: list[Fault]) -> bytes:
    try:
        return b64decode("".join((found[0].text or "").split()), validate=True) if found else b""
    except (NotBase64, ValueError):
        faults.append(fault("111", place))
        return b""


def _checked(text: str, check: str | None, place: str) -> list[Fault]:
    if len(text) > MOST_TEXT:
        return [fault("107", place)]
    if not text or not check:
        return []
    code = CHECKS[check](text)
    return [fault(code, place)] if code else []


def _number(text: str, place: str, faults: list[Fault]) -> int:
    if found := _checked(text.strip(), "number", place):
        faults += found
        return 0
    return int(text.strip() or 0)


def _missing(header: Header) -> list[Fault]:
    needed = {"TOT": header.tot, "DAT": header.date, "TCN": header.tcn}
    needed |= {"DAI": header.to.name and header.to.country}
    needed |= {"ORI": header.origin.name and header.origin.country}
    missing = [fault("101", f"{_FILE}/0/Transaction/{name}") for name, value in needed.items() if not value]
    if header.tot == "SRE" and not header.tcr:
        missing.append(fault("101", f"{_FILE}/0/Transaction/TCR"))
    return missing


def _fill(parent: Any, told: Any) -> None:
    for field in fields(told):
        path = field.metadata.get(AT)
        value = getattr(told, field.name)
        if path is None or not value:
            continue
        inner = field.metadata.get(OF)
        values = value if field.metadata.get(MANY) else (value,)
        for one in values:
            if isinstance(one, bytes):
                _put(parent, path, b64encode(one).decode())
            elif inner:
                if one != inner():
                    _fill(_made_path(parent, path.split("/"), bool(field.metadata.get(MANY))), one)
            else:
                _put(parent, path, one)


def _put(parent: Any, path: str, text: str) -> None:
    _made_path(parent, path.split("/"), True).text = text


def _made_path(parent: Any, steps: list[str], anew: bool = False) -> Any:
    """The element at a path below another: the last one is gone on with; the last step is new if `anew`."""
    for depth, step in enumerate(steps):
        last = parent[-1] if len(parent) else None
        again = last is not None and last.tag == _long(step) and not (anew and depth == len(steps) - 1)
        parent = last if again else etree.SubElement(parent, _long(step))
    return parent


def _record(root: Any, name: str, category: str, idc: int) -> Any:
    record = etree.SubElement(root, _long(name))
    _put(record, _CATEGORY, category)
    _put(record, _IDC, str(idc))
    return record


def _one(root: Any, told: Image | Minutiae) -> None:
    if isinstance(told, Minutiae):
        _fill(_record(root, MINUTIAE, "9", told.idc), told)
        return
    wanted = _kind(told)
    name, holders = next((n, h) for n, (kind, h) in PICTURES.items() if kind == wanted)
    record = _record(root, name, str(wanted), told.idc)
    _fill(etree.SubElement(record, _long(holders[0])), told)


def _summary(transaction: Any, records: list[Any]) -> None:
    """1.003: what records follow, the Type-2 first."""
    summary = etree.SubElement(transaction, _long("biom:TransactionContentSummary"))
    kinds = [(0, 2), *((one.idc, _kind(one)) for one in records)]
    _put(summary, "biom:ContentFirstRecordCategoryCode", "1")
    _put(summary, "biom:ContentRecordQuantity", str(len(kinds)))
    for idc, kind in kinds:
        one = etree.SubElement(summary, _long("biom:ContentRecordSummary"))
        _put(one, _IDC, str(idc))
        _put(one, _CATEGORY, str(kind))


def _kind(one: Image | Minutiae) -> int:
    """The record type that is written: Type-14 for Type-4, as the standard asks of new files."""
    if isinstance(one, Minutiae):
        return 9
    return 14 if one.record == 4 else one.record


def _long(name: str) -> str:
    prefix, _colon, local = name.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"


def _short(tag: str) -> str:
    space, _brace, local = tag.rpartition("}")
    prefix = next((short for short, long in NAMES.items() if "{" + long == space), "")
    return f"{prefix}:{local}" if prefix else local
