"""Columns of other people's lists, recognised by their names: what is a number, what an issuer."""

import re
from collections.abc import Mapping, Sequence

NAMES: Mapping[str, str] = {
    "number": "number no nr docno docnumber documentnumber documentno passportnumber passportno serial num",
    "last": "last to lastnumber rangeto numberto",
    "issuer": "issuer country issuingcountry issuingstate state nationality issuedby countryofissue",
    "type": "type documenttype doctype kind category",
    "status": "status reason stolenstatus what documentstatus",
    "date": "date stolendate lostdate dateoftheft dateofloss incidentdate on theftdate",
    "place": "place stolenplace placeoftheft placeofloss city where incidentplace",
    "theft_country": "stolencountry countryoftheft countryofloss theftcountry incidentcountry",
    "case": "case casereference caseref casenumber filenumber",
    "circumstances": "circumstances remarks notes note comment description",
    "ref": "ref reference id recordid ownreference identifier",
    "surname": "surname lastname familyname",
    "given": "given givenname givennames firstname forename forenames",
    "name": "name fullname holder holdername",
    "birth": "birth birthdate born dateofbirth dob",
}
_FIELDS = {name: field for field, names in NAMES.items() for name in names.split()}
_SIGNS = re.compile(r"[^a-z]")


def fields_of(header: Sequence[str], wanted: Sequence[str]) -> dict[str, int]:
    """Field to the place of its column, the first where two fit; other columns are left out."""
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        field = _FIELDS.get(_SIGNS.sub("", name.casefold()), "")
        if field in wanted:
            found.setdefault(field, place)
    return found
