"""What each colour of notice must say, as data: fields, attestations, who or what it may be about.

Sources: INTERPOL Rules on the Processing of Data (RPD), articles 73 to 103; Constitution, articles 2 and 3;
shared specification "sharing", section 1, table of notices.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from entente.web.language import N_

Sort = str
"""line, text (several lines), date, years, months, status."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a notice."""

    label: str
    sort: Sort = "line"
    hint: str = ""


FIELDS: Mapping[str, Field] = {
    "facts": Field(N_("Facts"), "text", N_("What was done, by whom, when and where")),
    "place": Field(N_("Place of the facts")),
    "date": Field(N_("Date of the facts"), "date"),
    "charge": Field(N_("Charge or offence")),
    "law": Field(N_("Law that makes it an offence")),
    "maximum": Field(N_("Maximum penalty"), "years", N_("Years, or: life")),
    "remaining": Field(N_("Sentence left to serve"), "months", N_("Months")),
    "warrant": Field(N_("Reference of the warrant or judgment")),
    "warrantDate": Field(N_("Date of the warrant or judgment"), "date"),
    "authority": Field(N_("Authority that issued it")),
    "status": Field(N_("Status of the person"), "status"),
    "case": Field(N_("Reference of the criminal case")),
    "assessment": Field(N_("Assessment"), "text", N_("An assessment, not a fact: it is shown as such")),
    "grounds": Field(N_("Grounds of the assessment"), "text"),
    "report": Field(N_("Reference of the police report")),
    "reportDate": Field(N_("Date of the report"), "date"),
    "dna": Field(N_("DNA reference")),
    "fingerprints": Field(N_("Fingerprints reference")),
    "modus": Field(N_("How it is done"), "text"),
    "objects": Field(N_("Objects used"), "text"),
    "concealment": Field(N_("Where it is hidden"), "text"),
    "threat": Field(N_("The imminent threat"), "text"),
    "offence": Field(N_("Offence the assets are linked to")),
    "listing": Field(N_("Reference in the United Nations' list")),
    "action": Field(N_("What is asked of the reader"), "text"),
}
STATUSES: Mapping[str, str] = {
    "convicted": N_("Convicted"),
    "charged": N_("Charged"),
    "suspect": N_("Suspect"),
    "witness": N_("Witness"),
    "victim": N_("Victim"),
    "missing": N_("Missing"),
    "deceased": N_("Deceased"),
    "of-interest": N_("Of interest to an inquiry"),
}
"""Status of a person (RPD, articles 38 to 44)."""
ATTEST: Mapping[str, str] = {
    "neutral": N_(
        "It serves no political, military, religious or racial purpose and respects human rights"
        " (Constitution, articles 2 and 3; RPD, articles 5 and 34)"
    ),
    "extradition": N_("Extradition will be sought when the person is arrested (RPD, article 84)"),
    "ordinary": N_(
        "It is a serious ordinary-law crime: no controversy over behaviour or culture, no family or private"
        " matter, no administrative offence unless organised crime is behind it (RPD, article 83)"
    ),
    "assessed": N_("A national authority made the assessment from evidence (RPD, article 89)"),
    "listed": N_("The subject stands in the list of a committee of the Security Council (RPD, article 95)"),
}
LEAST_MAXIMUM_YEARS = 2.0
LEAST_REMAINING_MONTHS = 6
"""The threshold of a red notice (RPD, article 83)."""

Groups = tuple[tuple[str, ...], ...]
"""All of them, and of each any: fields, "photo", or "subject/<property>"."""

_LOOKS = ("subject/appearance", "subject/distinguishingMarks", "subject/passportNumber", "subject/idNumber")
PERSONAL = (
    *("name", "alias", "previousName", "weakAlias", "moniker", "country", "address", "phone", "email"),
    *("idNumber", "taxNumber", "licenseNumber", "status", "website", "summary", "description", "notes"),
    "topics",
)
"""What describes a person of what persons share with companies and things; the rest is not offered."""
_OBJECTS = ("Asset", "Vehicle", "Vessel", "Airplane", "Firearm", "Device")
_ASSETS = (
    *("Asset", "BankAccount", "CryptoWallet", "Company", "RealEstate", "Security"),
    *("Vehicle", "Vessel", "Airplane"),
)


@dataclass(frozen=True, slots=True)
class Colour:
    """One colour. `kinds`: what its subject may be; `named`: whether it must have one."""

    label: str
    purpose: str
    needs: Groups
    kinds: tuple[str, ...] = ("Person",)
    named: bool = True
    may: tuple[str, ...] = ()
    attest: tuple[str, ...] = ("neutral",)
    threshold: bool = False
    public: bool = True
    asked_for: str = "locate"
    """The purpose for which its owner looks for who is already known."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Its fields in the order of a form."""
        said = [f for group in self.needs for f in group if f in FIELDS]
        return tuple(dict.fromkeys([*said, *self.may, "action"]))

    @property
    def identity(self) -> tuple[str, ...]:
        """The places of which one is needed to know whom it is about; empty where there is no such choice."""
        return next((group for group in self.needs if "photo" in group), ())

    @property
    def features(self) -> tuple[str, ...]:
        """The properties of its subject that it asks for."""
        every = [f.partition("/") for group in self.needs for f in group]
        return tuple(dict.fromkeys([name for where, _, name in every if where == "subject"]))


COLOURS: Mapping[str, Colour] = {
    "red": Colour(
        N_("Red"),
        N_("Locate and arrest a person, to extradite"),
        (
            ("subject/name",),
            ("subject/gender",),
            ("subject/birthDate",),
            ("photo", "fingerprints", *_LOOKS),
            ("facts",),
            ("place",),
            ("date",),
            ("charge",),
            ("law",),
            ("maximum", "remaining"),
            ("warrant",),
            ("warrantDate",),
            ("authority",),
        ),
        may=("fingerprints", "case"),
        attest=("neutral", "ordinary", "extradition"),
        threshold=True,
        asked_for="wanted",
    ),
    "blue": Colour(
        N_("Blue"),
        N_("Locate, identify or inform on a person of interest to a criminal case"),
        (("subject/name",), ("status",), ("case",)),
        may=("facts", "charge"),
    ),
    "green": Colour(
        N_("Green"),
        N_("Warn of a person who is likely to offend again"),
        (("subject/name",), ("assessment",), ("grounds",), ("authority",)),
        may=("charge", "case"),
        attest=("neutral", "assessed"),
        asked_for="warn",
    ),
    "yellow": Colour(
        N_("Yellow"),
        N_("Find a missing person, or identify one who cannot say who he is"),
        (("subject/name",), ("report",), ("reportDate",)),
        may=("facts", "place", "date", "fingerprints", "dna"),
    ),
    "black": Colour(
        N_("Black"),
        N_("Identify a body"),
        (("photo", "fingerprints", "dna"), ("place",), ("date",)),
        may=("facts", "case", "report"),
        asked_for="identify",
    ),
    "purple": Colour(
        N_("Purple"),
        N_("Warn of ways of working, objects and hiding places of offenders"),
        (("modus", "objects", "concealment"),),
        kinds=_OBJECTS,
        named=False,
        may=("offence", "case"),
        asked_for="analysis",
    ),
    "orange": Colour(
        N_("Orange"),
        N_("Warn of an event, an object or a person that is an imminent threat"),
        (("threat",),),
        kinds=("Event", "Person", "Organization", *_OBJECTS),
        may=("place", "date", "case"),
        asked_for="warn",
    ),
    "silver": Colour(
        N_("Silver"),
        N_("Locate, identify or monitor assets of an offence"),
        (("offence",), ("case",)),
        kinds=_ASSETS,
        may=("law", "authority"),
        public=False,
    ),
    "un": Colour(
        N_("United Nations"),
        N_("Tell of a person or body on a list of the Security Council"),
        (("subject/name",), ("listing",)),
        kinds=("Person", "Organization", "Company", "LegalEntity", "Vessel"),
        attest=("neutral", "listed"),
        may=("authority",),
        asked_for="security",
    ),
}
