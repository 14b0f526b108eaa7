"""Words of the reports room: chapters, links, crimes, roles, states. Closed lists, in the order shown.

Chapters are those of INTERPOL's "Against Organized Crime: Trafficking and Counterfeiting Casebook 2014"; the
rest is the shared specification's part C1.4.
"""

from typing import Annotated, Literal, get_args

from pydantic import StringConstraints

Chapter = Literal[
    "consumer-goods",
    "tobacco",
    "food-drink",
    "medicine",
    "mass-production",
    "digital",
    "firearms",
    "human-trafficking",
    "fraud-laundering",
    "drugs",
    "terrorism",
    "environment",
    "cybercrime",
]
LinkType = Literal[
    "manufactures",
    "distributes",
    "finances",
    "launders_for",
    "supplies_precursor",
    "shares_route_with",
    "shares_facility_with",
    "shares_member_with",
    "invests_profit_in",
    "corrupts",
    "uses_violence",
    "forced_labour_in",
    "trades_for",
    "terrorism_finance",
    "cyber_enables",
    "documents_by",
    "protects",
    "controls_market",
]
Crime = Literal[
    "drugs",
    "firearms",
    "human_trafficking",
    "migrant_smuggling",
    "organs",
    "fraud",
    "money_laundering",
    "corruption",
    "cyber",
    "terrorism",
    "environmental",
    "extortion",
    "property",
    "tax_excise",
    "document",
]
PartyRole = Literal[
    "organiser",
    "financier",
    "producer",
    "importer",
    "broker",
    "transporter",
    "distributor",
    "retailer",
    "lawyer",
    "accountant",
    "corrupt_official",
    "document_forger",
    "it",
    "facility",
    "route",
]
"""What a party did. A facility or a route is a party too: cases that share one meet."""
Access = Literal["internal", "law_enforcement", "public"]
Named = Literal["named", "initials", "none"]
"""How persons are called in what is published."""
State = Literal[
    "proposed",
    "drafting",
    "evidence_complete",
    "in_review",
    "changes",
    "accepted",
    "legal_clearance",
    "published",
    "withdrawn",
]
CHAPTERS: tuple[str, ...] = get_args(Chapter)
LINK_TYPES: tuple[str, ...] = get_args(LinkType)
CRIMES: tuple[str, ...] = get_args(Crime)
PARTY_ROLES: tuple[str, ...] = get_args(PartyRole)
STATES: tuple[str, ...] = get_args(State)
LEAST, MOST = 25, 30
"""Cases of an edition (the plan of January 2013: 25 to 30)."""

Id = Annotated[str, StringConstraints(max_length=64, pattern=r"^[0-9a-f]*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,8}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
"""Two letters (ISO 3166, or a user-assigned code such as xa)."""
Goods = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,59}$")]
"""A code of the taxonomy of goods."""
Day = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]
Word = Annotated[str, StringConstraints(max_length=60)]
Short = Annotated[str, StringConstraints(max_length=200)]
Line = Annotated[str, StringConstraints(max_length=500)]
Text = Annotated[str, StringConstraints(max_length=6_000)]
