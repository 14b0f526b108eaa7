"""What the API takes and gives of seizures. Texts are read as people write them; every fault is told at once.

The short form is `what, quantity, unit, date, country, from, to, mode, detection`; everything else is the
long form's. Codes are those of `entente.match.goods` (docs/rooms/trends.md lists them).
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.records import HandlingForm, Strict
from entente.rooms.trends.model import OWN, Id, Line, Text, Versioned, Word

Digest = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$", max_length=64)]
Reference = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Number = Annotated[int, Field(ge=0, le=10**12)]
VerdictWord = Literal["same", "not-same", "cannot-tell"]


class ItemForm(Strict):
    """One line of goods. `what`: in words; `goods`: the code, where it is known; one of them, or `hs`.

    `confirmed`: the quantity is right though it is far from all others (a machine asks, a person confirms).
    """

    what: Line = Field(default="", examples=["chlorpyrifos"])
    goods: Word = Field(default="", examples=["agro.pesticides"])
    hs: Word = ""
    edition: Word = ""
    state: Word = ""
    quantity: Word = Field(default="", examples=["1200 kg"])
    unit: Word = ""
    value: Word = ""
    currency: Word = ""
    basis: Word = ""
    brand: Line = ""
    batch: Line = ""
    species: Line = ""
    term: Word = ""
    appendix: Word = ""
    source: Word = ""
    purpose: Word = ""
    confirmed: bool = False


class LegForm(Strict):
    """One stage of the route."""

    role: Word = Field(examples=["origin"])
    country: Line = ""
    locode: Word = ""
    mode: Word = ""
    certainty: Word = ""
    from_date: Word = ""
    to_date: Word = ""


class ConveyanceForm(Strict):
    """What carried the goods: container, vessel (IMO), mmsi, plate, vin, aircraft, parcel, seal."""

    kind: Word = Field(examples=["container"])
    number: Word
    flag: Line = ""


class SeizureForm(Strict):
    """A seizure. Never a person: those are a paper of its owner's (`/parties`)."""

    form: Word = "simple"
    event_kind: Word = "seizure"
    date: Word = Field(
        default="", examples=["2026-01-12"], description="As exact as it is known: 2026 will do"
    )
    date_end: Word = ""
    authority: Line = ""
    contributor: Word = Field(default="", description="Empty: as your bureau is")
    source_kind: Word = ""
    country: Line = ""
    region: Word = ""
    locode: Word = ""
    place: Line = ""
    place_kind: Word = ""
    latitude: Word = ""
    longitude: Word = ""
    detection: Word = ""
    operation: Id = ""
    concealment: list[Word] = Field(default=[], max_length=20)
    summary: Text = ""
    lab: Text = ""
    photo: Digest = Field(default="", description="SHA-256 of a photo that you hold; the photo is not kept")
    items: list[ItemForm] = Field(default=[], max_length=100)
    route: list[LegForm] = Field(default=[], max_length=40)
    conveyances: list[ConveyanceForm] = Field(default=[], max_length=60)


class Contribution(SeizureForm):
    """A seizure to keep. `ref`: your own reference, unique for your bureau only."""

    handling: HandlingForm = OWN
    ref: Reference = ""
    expires: date | None = None


class Correction(SeizureForm, Versioned):
    """The whole seizure anew."""


class Said(Strict):
    """A fault or a doubt: where, what, and what to do."""

    where: str
    what: str
    do: str = ""


class Item(Strict):
    """A line as it is kept. `std`, `std_unit`: the quantity in the standard unit of its goods, or empty;
    `how`: by what it was converted; `held`: an outlier, out of every sum until its bureau confirms it."""

    line: int
    goods: str = ""
    label: str = ""
    what: str = ""
    hs: str = ""
    edition: str = ""
    state: str = ""
    qty: str = ""
    unit: str = ""
    low: str = ""
    high: str = ""
    std: str = ""
    std_unit: str = ""
    how: str = ""
    why: str = Field(default="", description="Where the conversion is from")
    value: str = ""
    currency: str = ""
    basis: str = ""
    brand: str = ""
    batch: str = ""
    species: str = ""
    term: str = ""
    appendix: str = ""
    source: str = ""
    purpose: str = ""
    held: bool = False
    confirmed: bool = False


class Leg(Strict):
    """A stage as it is kept."""

    seq: int
    role: str
    country: str = ""
    locode: str = ""
    mode: str = ""
    certainty: str = ""
    from_date: str = ""
    to_date: str = ""


class Conveyance(Strict):
    """What carried the goods, as it is kept. `doubt`: what is doubtful of the number, or empty."""

    kind: str
    number: str
    flag: str = ""
    doubt: str = ""


class Checked(Strict):
    """What a seizure would be kept as. `same`: seizures that you see and that may be the same one."""

    faults: list[Said]
    doubts: list[Said]
    items: list[Item]
    same: list["Alike"]


class Row(Strict):
    """A seizure in a list."""

    id: str
    title: str
    owner: str
    state: str
    form: str
    event_kind: str
    date: str
    country: str
    place: str
    goods: list[str]
    quantity: str
    unit: str
    changed: str


class Seizure(Row):
    """A seizure as its reader gets it. `ref` and `handling` are for its owner alone."""

    version: int
    expires: date
    because: str
    contributor: str
    date_end: str
    authority: str
    source_kind: str
    region: str
    locode: str
    place_kind: str
    latitude: str
    longitude: str
    detection: str
    operation: str
    concealment: list[str]
    summary: str
    lab: str
    photo: str
    items: list[Item]
    route: list[Leg]
    conveyances: list[Conveyance]
    doubts: list[Said]
    ref: str | None = None
    handling: HandlingForm | None = None


class Listing(Strict):
    seizures: list[Row]
    after: str


class HandlingChange(Versioned):
    """A new handling."""

    handling: HandlingForm


# --- persons and companies ----------------------------------------------------------------------


class Party(Strict):
    """A person or a company. `record`: the id of a record that you see; `name`: where there is none."""

    role: Word
    name: Line = ""
    record: Id = ""
    sort: Literal["", "person", "company"] = ""
    note: Line = ""


class PartiesForm(Strict):
    """The persons and companies of a seizure: your bureau's own paper. `version`: 0 for the first."""

    version: int = Field(default=0, ge=0)
    parties: list[Party] = Field(max_length=100)
    remarks: Text = ""


class Parties(Strict):
    """Who is named. `handling` is for its owner alone."""

    id: str
    seizure: str
    owner: str
    version: int
    parties: list[Party]
    remarks: str
    handling: HandlingForm | None = None


# --- the same seizure --------------------------------------------------------------------------


class Why(Strict):
    """One rule's part in a score, in log-odds."""

    rule: str
    one: str
    other: str
    part: float


class Alike(Strict):
    """A seizure that may be the same one. `verdict`: what your bureau, or theirs, judged last."""

    seizure: Row
    score: float
    reasons: list[Why]
    verdict: VerdictWord | Literal[""] = ""
    judged_by: str = ""


class VerdictForm(Strict):
    """What you judge of two seizures that you see, one of which is your bureau's."""

    other: Id
    verdict: VerdictWord
    why: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""


# --- conversions and effort ----------------------------------------------------------------------


class ConversionForm(Strict):
    """What one unit of goods is in another, as your bureau measured it; wins over the house's factors."""

    goods: Word
    from_unit: Word
    to_unit: Word
    factor: Word = Field(examples=["0.28"])
    method: Literal["physical", "median", "legal"] = "physical"
    records: Number = 0
    source: Line
    valid_from: date | None = None


class Conversion(ConversionForm):
    id: str


class EffortSaid(Strict):
    """How much an authority looked, at a place and in a period: at least one of the four figures."""

    authority: Line
    country: Line = ""
    locode: Word = ""
    place: Line = ""
    date: Word = Field(examples=["2026-01-01"])
    date_end: Word = ""
    goods: Word = Field(default="", description="What was looked for; empty: anything")
    checks: Number | None = None
    declarations: Number | None = None
    staff_days: Number | None = None
    scanner_hours: Number | None = None


class EffortForm(EffortSaid):
    """Effort to keep."""

    handling: HandlingForm = OWN


class Effort(EffortSaid):
    """Effort as its reader gets it. `handling` is for its owner alone."""

    id: str
    owner: str
    handling: HandlingForm | None = None
