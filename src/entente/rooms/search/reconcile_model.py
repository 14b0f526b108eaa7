"""What the reconciliation service takes and gives (W3C Entity Reconciliation, Service API 0.2)."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.records import Strict
from entente.rooms.search.model import Contact, Said, Text

MOST_QUERIES = 50
MOST_VALUES = 50
Name = Annotated[str, StringConstraints(max_length=64)]
Cell = Annotated[str, StringConstraints(max_length=512)]


class Named(Strict):
    """A value that was reconciled before: its name is compared, or, without one, its id."""

    id: Cell
    name: Cell = ""


Value = Cell | int | float | bool | Named


class Property(Strict):
    """A further thing known of who is sought."""

    pid: Name
    v: Value | Annotated[list[Value], Field(max_length=MOST_VALUES)]


class Query(Strict):
    """One row of somebody's list."""

    query: Text = ""
    type: Name | Annotated[list[Name], Field(max_length=20)] = ""
    limit: int = Field(default=10, ge=1, le=100)
    properties: list[Property] = Field(default=[], max_length=MOST_VALUES)
    type_strict: Literal["any", "should", "all"] = "any"


Batch = Annotated[dict[Name, Query], Field(max_length=MOST_QUERIES)]


class Type(Strict):
    """A kind of record."""

    id: str
    name: str


class Feature(Strict):
    """A probability, 0 to 1: that the name is the same, that the person is."""

    id: Literal["same-name", "same-person"]
    value: float


class Reconciled(Strict):
    """A record that may be meant. `match` is never true: a person decides."""

    id: str
    name: str
    description: str
    type: list[Type] = Field(description="Its kind and what that is a sort of, narrowest first")
    score: float = Field(description="0 to 100: how probable it is that the person is the same")
    match: Literal[False] = False
    features: list[Feature]


class Result(Strict):
    """The answer to one query. All but `result` is this house's own; other services do not say it."""

    result: list[Reconciled]
    search: str = Field(description="Id of this search, for verdicts")
    understood: list[Said]
    contacts: list[Contact] = Field(description="Owners who have something, and nothing more")
    narrow: bool


class Wanted(Strict):
    """A property to fetch."""

    id: Name
    settings: dict[Name, Cell | int | float | bool] = Field(default={}, max_length=20)


class Extend(Strict):
    """Records, and what to tell of each."""

    ids: list[Name] = Field(max_length=MOST_QUERIES)
    properties: list[Wanted] = Field(min_length=1, max_length=MOST_VALUES)


class Told(Strict):
    """One value."""

    str: str


class Extension(Strict):
    """Values by record and property; none for what is not there or not for you."""

    meta: list[Type]
    rows: dict[str, dict[str, list[Told]]]


class Condition(Strict):
    """One thing known of who is sought, in the words of the draft after 0.2."""

    matchType: Literal["name", "property"]
    propertyId: Name = ""
    propertyValue: Value | Annotated[list[Value], Field(max_length=MOST_VALUES)]
    required: bool = Field(default=False, description="Not heeded: what is known is weighed, never a filter")
    matchQuantifier: Literal["any", "all", "none"] = Field(
        default="any", description="`none` is refused; the others are not heeded: each value is weighed"
    )
    matchQualifier: Name = Field(default="", description="Not heeded: how to compare is this house's to know")


class Conditions(Strict):
    """One row of somebody's list, in the words of the draft after 0.2."""

    type: Name = ""
    limit: int = Field(default=10, ge=1, le=100)
    conditions: list[Condition] = Field(min_length=1, max_length=MOST_VALUES)


class Match(Strict):
    queries: list[Conditions] = Field(max_length=MOST_QUERIES)


class Candidates(Strict):
    """The answer to one row."""

    candidates: list[Reconciled]
    search: str = Field(description="Id of this search, for verdicts")
    understood: list[Said]
    contacts: list[Contact]
    narrow: bool


class Matched(Strict):
    results: list[Candidates]


class Suggested(Strict):
    """Something that begins as was typed."""

    id: str
    name: str
    description: str = ""
    notable: list[Type] = Field(default=[], description="Of a record: its kind")


class Suggestions(Strict):
    result: list[Suggested]


class Proposed(Strict):
    """Properties of a kind that can be fetched."""

    type: str
    limit: int
    properties: list[Type]


class Place(Strict):
    """Where a part of the service is."""

    service_url: str
    service_path: str


class Suggest(Strict):
    entity: Place
    property: Place
    type: Place


class View(Strict):
    url: str


class Extending(Strict):
    propose_properties: Place
    property_settings: list[str] = Field(default=[], max_length=0)


class Authentication(Strict):
    """How a caller proves himself (Swagger 2, as version 0.2 has it)."""

    type: Literal["basic"] = "basic"


class Manifest(Strict):
    """What this service is and does."""

    versions: list[str]
    name: str
    identifierSpace: str
    schemaSpace: str
    documentation: str
    authentication: Authentication
    defaultTypes: list[Type]
    batchSize: int
    view: View
    suggest: Suggest
    extend: Extending
