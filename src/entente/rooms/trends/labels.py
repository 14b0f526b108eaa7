"""Slugs of the trends room and what people call them; closed lists of goods have theirs in match/goods."""

from collections.abc import Mapping

from entente.match.goods import codes
from entente.match.goods.taxonomy import TAXONOMY
from entente.web.language import N_

STATES: Mapping[str, str] = {
    "draft": N_("Draft"),
    "validated": N_("Your bureau alone"),
    "shared": N_("Shared"),
    "enriched": N_("Shared, with a laboratory's result"),
}
TONES: Mapping[str, str] = {"draft": "", "validated": "warn", "shared": "good", "enriched": "good"}
FIELDS: Mapping[str, str] = {
    "form": N_("Form"),
    "event_kind": N_("What happened"),
    "date": N_("When"),
    "date_end": N_("Until (of a period)"),
    "country": N_("Where"),
    "place": N_("Place"),
    "place_kind": N_("Sort of place"),
    "locode": N_("UN/LOCODE"),
    "region": N_("Region (ISO 3166-2)"),
    "latitude": N_("Latitude"),
    "longitude": N_("Longitude"),
    "authority": N_("Reporting authority"),
    "contributor": N_("Reported by"),
    "source_kind": N_("Sort of source"),
    "detection": N_("How it was found"),
    "operation": N_("Operation"),
    "concealment": N_("How it was hidden"),
    "summary": N_("What happened, without persons"),
    "lab": N_("Result of the laboratory"),
    "photo": N_("SHA-256 of a photo"),
    "ref": N_("Your own reference"),
    "items": N_("Goods"),
    "route": N_("Route"),
    "conveyances": N_("What carried the goods"),
    "what": N_("What"),
    "goods": N_("Goods"),
    "hs": N_("HS code"),
    "edition": N_("Edition of the HS"),
    "state": N_("Genuine or not"),
    "quantity": N_("How much"),
    "unit": N_("Unit"),
    "value": N_("Value"),
    "currency": N_("Currency"),
    "basis": N_("Sort of value"),
    "brand": N_("Brand"),
    "batch": N_("Batch"),
    "species": N_("Species"),
    "term": N_("Term (CITES)"),
    "appendix": N_("Appendix (CITES)"),
    "source": N_("Source (CITES)"),
    "purpose": N_("Purpose (CITES)"),
    "role": N_("What the place is to the goods"),
    "mode": N_("How it was moved"),
    "certainty": N_("How it is known"),
    "from_date": N_("From"),
    "to_date": N_("Until"),
    "from": N_("From where"),
    "to": N_("To where"),
    "kind": N_("Sort of number"),
    "number": N_("Number"),
    "flag": N_("Flag"),
    "name": N_("Name"),
    "record": N_("Record"),
    "other": N_("Other seizure"),
}
"""Fields of forms, by the last part of their place."""
CARRIERS: Mapping[str, str] = {
    "container": N_("Container"),
    "vessel": N_("Vessel (IMO number)"),
    "mmsi": N_("Vessel (MMSI)"),
    "plate": N_("Vehicle (plate)"),
    "vin": N_("Vehicle (VIN)"),
    "aircraft": N_("Aircraft"),
    "parcel": N_("Parcel"),
    "seal": N_("Seal"),
}
RULES: Mapping[str, str] = {
    "prior": N_("Two like seizures in one country and week"),
    "date": N_("Date"),
    "country": N_("Country"),
    "goods": N_("Goods"),
    "place": N_("Place"),
    "quantity": N_("Quantity"),
    "number-serial": N_("The same container, parcel, seal or batch"),
    "number-imo": N_("The same vessel"),
    "number-plate": N_("The same vehicle"),
}
HOW: Mapping[str, str] = {
    "same": N_("as it was written"),
    "physical": N_("by its unit"),
    "legal": N_("by a factor that the field agreed on"),
    "median": N_("by the median of records"),
    "none": N_("not added up"),
}
BY: Mapping[str, str] = {
    "said": N_("as you said"),
    "remembered": N_("as the last time"),
    "header": N_("by its header"),
    "": N_("left out"),
}
COLUMNS: Mapping[str, str] = {
    "ref": N_("Reference"),
    "year": N_("Year"),
    "month": N_("Month"),
    "origin": N_("Country of origin"),
    "departure": N_("Country of departure"),
    "transit": N_("Country on the way"),
    "destination": N_("Country of destination"),
    "container": N_("Container"),
    "imo": N_("Vessel (IMO number)"),
    "plate": N_("Vehicle (plate)"),
    "parcel": N_("Parcel"),
    "seal": N_("Seal"),
    "goods": N_("Code of the goods"),
}
"""What columns of files mean, where a field of the form is not called the same."""
FIGURES: Mapping[str, str] = {
    "checks": N_("Checks carried out"),
    "declarations": N_("Declarations"),
    "staff_days": N_("Days of staff"),
    "scanner_hours": N_("Hours of scanners"),
}
METHODS: Mapping[str, str] = {
    "physical": N_("Measured"),
    "median": N_("Median of records"),
    "legal": N_("By law"),
}
LISTS = codes.LABELS
"""The closed lists, each code with its label."""


def field(where: str) -> str:
    """What the field at a place (`items/0/quantity`) is called, in English; the place where it has none."""
    last = next((part for part in reversed(where.split("/")) if not part.isdecimal()), where)
    return FIELDS.get(last) or COLUMNS.get(last) or where


def goods_name(code: str) -> str:
    """What goods are called, in English; empty for what is no code."""
    return TAXONOMY.node(code).label if code in TAXONOMY else ""
