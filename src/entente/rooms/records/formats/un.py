"""The consolidated list of the UN Security Council as it publishes it: UN_consolidated.xml.

Read element by element, with entities, networks and huge trees switched off. Dates of birth keep how
sure they are: EXACT as they are, APPROXIMATELY as `~1971`, BETWEEN as `1970/1975`.
"""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from entente.core.kinds.countries import code_of
from entente.rooms.records.formats.rows import Bad, Row, Told

NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
PLACE = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
QUALITIES = {"Low": "weakAlias", "f.k.a.": "previousName"}
PASSPORTS = ("passport", "passeport", "pasaporte")


def read_un(path: Path) -> Iterator[Row | Bad]:
    """Every listed person and entity as a Row, each passport as a Row of its own that names its holder."""
    with path.open("rb") as file:
        parsing = etree.iterparse(
            file,
            events=("end",),
            tag=("INDIVIDUAL", "ENTITY"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        number = 0
        try:
            for _, element in parsing:
                number = element.sourceline or number
                if element.getroottree().docinfo.internalDTD is not None:
                    yield Bad(1, "has a DOCTYPE, as the list never has; nothing was read")
                    return
                yield from (
                    _individual(number, element) if element.tag == "INDIVIDUAL" else _entity(number, element)
                )
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as wrong:
            yield Bad(
                wrong.lineno or number, f"is no well-formed XML; nothing after it was read: {wrong.msg}"
            )
            return
        if parsing.root is not None and parsing.root.tag != "CONSOLIDATED_LIST":
            yield Bad(1, "is not the consolidated list of the UN Security Council")


def _individual(number: int, element: etree._Element) -> Iterator[Row | Bad]:
    told, ref = _listed(element)
    if not ref:
        yield Bad(number, "has no DATAID")
        return
    for values, prop in (("TITLE", "title"), ("DESIGNATION", "position")):
        for value in element.iterfind(f"{values}/VALUE"):
            told.add(prop, _line(value))
    told.add("gender", {"Male": "male", "Female": "female"}.get(_text(element, "GENDER"), ""))
    for value in element.iterfind("NATIONALITY/VALUE"):
        name = _line(value)
        told.add("nationality", code_of(name) or "")
        told.add("notes", f"Nationality: {name}" if name and not code_of(name) else "")
    for one in element.iterfind("INDIVIDUAL_ALIAS"):
        _alias(one, told)
    for one in element.iterfind("INDIVIDUAL_ADDRESS"):
        _address(one, told)
    for one in element.iterfind("INDIVIDUAL_PLACE_OF_BIRTH"):
        told.add("birthPlace", _joined(one, PLACE))
        told.add("birthCountry", code_of(_text(one, "COUNTRY")) or "")
    for one in element.iterfind("INDIVIDUAL_DATE_OF_BIRTH"):
        told.add("birthDate", _date(one))
        told.add("notes", f"Date of birth: {_text(one, 'NOTE')}" if _text(one, "NOTE") else "")
    documents = [
        row
        for place, one in enumerate(element.iterfind("INDIVIDUAL_DOCUMENT"), 1)
        for row in _document(number, f"{ref}-document-{place}", ref, one, told)
    ]
    yield Row(number, "Person", ref, told.raw)
    yield from documents


def _entity(number: int, element: etree._Element) -> Iterator[Row | Bad]:
    told, ref = _listed(element)
    if not ref:
        yield Bad(number, "has no DATAID")
        return
    for one in element.iterfind("ENTITY_ALIAS"):
        _alias(one, told)
    for one in element.iterfind("ENTITY_ADDRESS"):
        _address(one, told)
    yield Row(number, "Organization", ref, told.raw)


def _listed(element: etree._Element) -> tuple[Told, str]:
    """What persons and entities have in common, and the reference, empty when there is none."""
    told = Told()
    told.add("name", _joined(element, NAMES, " "))
    told.add("name" if not told.raw.get("name") else "alias", _text(element, "NAME_ORIGINAL_SCRIPT"))
    told.add("programId", _text(element, "REFERENCE_NUMBER"))
    told.add("program", _text(element, "UN_LIST_TYPE"))
    told.add("createdAt", _text(element, "LISTED_ON")[:10])
    told.add("notes", (element.findtext("COMMENTS1") or "").strip())
    id = _text(element, "DATAID")
    return told, f"un-{id}" if id else ""


def _alias(one: etree._Element, told: Told) -> None:
    former = "listed as" in _text(one, "NOTE")
    prop = "previousName" if former else QUALITIES.get(_text(one, "QUALITY"), "alias")
    told.add(prop, _text(one, "ALIAS_NAME"))


def _address(one: etree._Element, told: Told) -> None:
    country = _text(one, "COUNTRY")
    told.add("address", _joined(one, PLACE))
    told.add("country", code_of(country) or "")


def _date(one: etree._Element) -> str:
    first, last = _text(one, "FROM_YEAR"), _text(one, "TO_YEAR")
    if first and last:
        return first if first == last else f"{first}/{last}"
    date = _text(one, "DATE")[:10] or _text(one, "YEAR")
    about = _text(one, "TYPE_OF_DATE") == "APPROXIMATELY" or _text(one, "NOTE") == "Approximately"
    return f"~{date}" if date and about else date


def _document(number: int, ref: str, holder: str, one: etree._Element, told: Told) -> Iterator[Row]:
    id = _text(one, "NUMBER")
    sort = _text(one, "TYPE_OF_DOCUMENT") or _text(one, "TYPE_OF_DOCUMENT2")
    if not id:
        told.add(
            "notes",
            f"Document: {_joined(one, ('TYPE_OF_DOCUMENT', 'TYPE_OF_DOCUMENT2', 'NOTE'))}" if sort else "",
        )
        return
    passport = any(word in sort.casefold() for word in PASSPORTS)
    prop = "passportNumber" if passport else "idNumber"
    told.add(prop, id)
    said = {
        "holder": holder,
        "number": id,
        "type": sort,
        "country": code_of(_text(one, "ISSUING_COUNTRY") or _text(one, "COUNTRY_OF_ISSUE")) or "",
        "startDate": _text(one, "DATE_OF_ISSUE")[:10],
        "summary": _text(one, "NOTE"),
    }
    kind = "Passport" if passport else "Identification"
    yield Row(number, kind, ref, {name: [value] for name, value in said.items() if value})


def _text(element: etree._Element, tag: str) -> str:
    return " ".join((element.findtext(tag) or "").split())


def _line(element: etree._Element) -> str:
    return " ".join((element.text or "").split())


def _joined(element: etree._Element, tags: tuple[str, ...], between: str = ", ") -> str:
    return between.join(text for tag in tags if (text := _text(element, tag)))
