"""OFAC's remarks: clauses divided by `; `, read one by one. What is not known stays as a note."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from entente.core.kinds.countries import code_of
from entente.rooms.records.formats.rows import Told


@dataclass(frozen=True, slots=True)
class Document:
    """A passport as the remarks tell it; dates are ISO or empty, the country is a code or empty."""

    number: str
    country: str = ""
    issued: str = ""
    expires: str = ""


_DAY = r"\d{1,2} [A-Z][a-z]{2} \d{4}"
_DOCUMENT = re.compile(
    rf"(?P<number>.+?)(?: \((?P<country>[^()]+(?:\([^()]*\))?[^()]*)\))?"
    rf"(?: issued (?P<issued>{_DAY}))?(?: expires (?P<expires>{_DAY}))?"
)
_NUMBERED: tuple[tuple[str, str, str], ...] = (  # begins with, property of a Person, of anything else
    ("Cedula No.", "idNumber", "registrationNumber"),
    ("National ID No.", "idNumber", "registrationNumber"),
    ("Identification Number", "idNumber", "idNumber"),
    ("D.N.I.", "idNumber", "idNumber"),
    ("C.U.R.P.", "idNumber", "idNumber"),
    ("C.U.I.T.", "taxNumber", "taxNumber"),
    ("SSN", "socialSecurityNumber", "idNumber"),
    ("Personal ID Card", "idNumber", "idNumber"),
    ("Driver's License No.", "licenseNumber", "licenseNumber"),
    ("Trade License No.", "licenseNumber", "licenseNumber"),
    ("Tax ID No.", "taxNumber", "taxNumber"),
    ("NIT #", "taxNumber", "taxNumber"),
    ("RUC #", "taxNumber", "taxNumber"),
    ("RIF #", "taxNumber", "taxNumber"),
    ("R.F.C.", "taxNumber", "taxNumber"),
    ("V.A.T. Number", "vatCode", "vatCode"),
    ("D-U-N-S Number", "dunsCode", "dunsCode"),
    ("SWIFT/BIC", "swiftBic", "swiftBic"),
    ("Registration Number", "registrationNumber", "registrationNumber"),
    ("Registration ID", "registrationNumber", "registrationNumber"),
    ("Business Registration Number", "registrationNumber", "registrationNumber"),
    ("Business Registration Document #", "registrationNumber", "registrationNumber"),
    ("Commercial Registry Number", "registrationNumber", "registrationNumber"),
    ("Company Number", "registrationNumber", "registrationNumber"),
    ("C.R. No.", "registrationNumber", "registrationNumber"),
    ("Matricula Mercantil No", "registrationNumber", "registrationNumber"),
    ("Folio Mercantil No.", "registrationNumber", "registrationNumber"),
    ("Government Gazette Number", "okpoCode", "okpoCode"),
)
_LEGAL = {"Person", "Organization"}
_OF_VESSELS = {"MMSI": "mmsi", "Vessel Registration Identification IMO": "imoNumber", "Vessel Type": "type"}
_OF_AIRCRAFT = {
    "Aircraft Manufacturer's Serial Number (MSN)": "serialNumber",
    "Aircraft Model": "model",
    "Aircraft Tail Number": "registrationNumber",
}
_PLAIN = {"Telephone": "phone", "Phone Number": "phone", "Email Address": "email", "Website": "website"}


def read_remarks(kind: str, remarks: str, told: Told) -> list[Document]:
    """Add what the remarks tell to `told`; returns the passports."""
    documents: list[Document] = []
    for clause in remarks.strip().removesuffix(".").split("; "):
        said = clause.strip().removeprefix("alt. ")
        if not (said and (_named(said, told) or _told_of(kind, said, told, documents))):
            told.add("notes", clause)
    return documents


def _named(said: str, told: Told) -> bool:
    for start, prop in (("a.k.a. ", "weakAlias"), ("f.k.a. ", "previousName"), ("n.k.a. ", "alias")):
        if said.startswith(start):
            told.add(prop, said.removeprefix(start).strip().strip("'"))
            return True
    return False


def _told_of(kind: str, said: str, told: Told, documents: list[Document]) -> bool:
    if kind == "Person" and _of_a_person(said, told, documents):
        return True
    if kind in _LEGAL:
        if said.startswith("Organization Established Date "):
            return _dated(told, "incorporationDate", said.removeprefix("Organization Established Date "))
        return _starting(said, _PLAIN, told) or _numbered(kind, said, told)
    if kind == "Vessel":
        if said.startswith("Former Vessel Flag "):
            return _country(told, "pastFlags", said.removeprefix("Former Vessel Flag "))
        return _starting(said, _OF_VESSELS, told)
    if said.startswith("Aircraft Manufacture Date "):
        return _dated(told, "buildDate", said.removeprefix("Aircraft Manufacture Date "))
    return _starting(said, _OF_AIRCRAFT, told)


def _of_a_person(said: str, told: Told, documents: list[Document]) -> bool:
    word, _, rest = said.partition(" ")
    if word == "DOB":
        return _dated(told, "birthDate", rest)
    if word == "POB":
        told.add("birthPlace", rest)
        told.add("birthCountry", code_of(rest.rpartition(", ")[2]) or "")
        return True
    if word in _COUNTRIES:
        return _country(told, _COUNTRIES[word], rest)
    if word == "Gender":
        told.add("gender", rest.lower())
        return rest in ("Male", "Female")
    if word == "Passport" and (matched := _DOCUMENT.fullmatch(rest)):
        document = Document(
            number=matched["number"].strip(),
            country=code_of(matched["country"] or "") or "",
            issued=date_of(matched["issued"] or "") or "",
            expires=date_of(matched["expires"] or "") or "",
        )
        documents.append(document)
        told.add("passportNumber", document.number)
        return True
    return False


_COUNTRIES = {"nationality": "nationality", "citizen": "citizenship"}


def _numbered(kind: str, said: str, told: Told) -> bool:
    for start, of_person, of_other in _NUMBERED:
        if said.startswith(start + " ") and (
            matched := _DOCUMENT.fullmatch(said.removeprefix(start).strip())
        ):
            told.add(of_person if kind == "Person" else of_other, matched["number"])
            return not matched["issued"] and not matched["expires"]
    return False


def _starting(said: str, words: dict[str, str], told: Told) -> bool:
    for start, prop in words.items():
        if said.startswith(start + " "):
            value = said.removeprefix(start).strip()
            if prop == "website" and "://" not in value:
                value = f"http://{value}"  # the list leaves it out
            if prop == "website" and " " in value:
                return False
            told.add(prop, value)
            return True
    return False


def _country(told: Told, prop: str, name: str) -> bool:
    code = code_of(name)
    told.add(prop, code or "")
    return code is not None


def _dated(told: Told, prop: str, written: str) -> bool:
    date = date_of(written)
    told.add(prop, date or "")
    return date is not None


def date_of(written: str) -> str | None:
    """`05 Mar 1971`, `Mar 1971`, `1971`, `circa 1971`, `1970 to 1975` as stored; None when it is none."""
    if written.startswith("circa "):
        date = date_of(written.removeprefix("circa "))
        return f"~{date.removeprefix('~')}" if date else None
    first, between, last = written.partition(" to ")
    if between:
        ends = date_of(first), date_of(last.removeprefix("circa "))
        return None if None in ends else f"{ends[0]}/{ends[1]}"
    for form, out in _FORMS:
        try:
            return out(datetime.strptime(written, form))
        except ValueError:
            continue
    return None


_FORMS: tuple[tuple[str, Callable[[datetime], str]], ...] = (
    ("%d %b %Y", lambda d: d.strftime("%Y-%m-%d")),
    ("%b %Y", lambda d: d.strftime("%Y-%m")),
    ("%Y", lambda d: d.strftime("%Y")),
)
