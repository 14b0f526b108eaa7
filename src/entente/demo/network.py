"""The network behind the pesticide: two analysis files, what three bureaus contribute, a chart.

Contributed by the services that officers use, as the story's officers. Nobody here exists.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from math import cos, pi, sin
from typing import Any

from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.analysis import contributions, members, model, service, subjects
from entente.rooms.analysis.charts import model as chart_model
from entente.rooms.analysis.charts import service as charts
from entente.rooms.analysis.contributions_model import ContributionForm, ThingForm
from entente.rooms.analysis.subjects_model import Answer, SubjectForm
from entente.rooms.bureaus import asker_for

HEMLOCK, SALTPAN = "Hemlock: counterfeit pesticide", "Saltpan: precursors by sea"


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation of two of the story's persons or companies, by their names here."""

    kind: str
    a: str
    b: str
    how: str = ""
    since: str = ""
    certainty: str = "confirmed"


PEOPLE: Mapping[str, Mapping[str, Mapping[str, list[str]]]] = {
    "XA": {
        "ruben": {"name": ["Ruben Achterberg"], "nationality": ["xa"], "birthDate": ["1975-09-14"]},
        "ilse": {"name": ["Ilse Sandvoll"], "nationality": ["xa"], "birthDate": ["1982"]},
        "joaquim": {"name": ["Joaquim Estevanez"], "nationality": ["xa"], "moniker": ["Two Phones"]},
    },
    "XB": {
        "vesna": {"name": ["Vesna Dvorsky"], "nationality": ["xb"], "birthDate": ["1979-01-30"]},
        "goran": {"name": ["Goran Petrosyants"], "nationality": ["xb"], "passportNumber": ["B70155302"]},
        "luca": {"name": ["Luca Morandell"], "nationality": ["xb"]},
        "dorin": {"name": ["Dorin Gavrilescu"], "nationality": ["xb"], "moniker": ["the Notary"]},
        "nadir": {
            "name": ["Nadir Farouki", "نادر فاروقي"],
            "nationality": ["xb"],
            "birthDate": ["1986-04-02"],
        },
    },
    "XC": {
        "rania": {"name": ["Rania Tarabishi", "رانيا طرابيشي"], "nationality": ["xc"]},
        "yusuf": {"name": ["Yusuf Benaissa"], "nationality": ["xc"], "birthDate": ["1969"]},
        "hala": {"name": ["Hala Karimzada"], "nationality": ["xc"]},
        "kofi": {"name": ["Kofi Mbekiya"], "nationality": ["xc"], "moniker": ["Grey Hat"]},
    },
}
COMPANIES: Mapping[str, Mapping[str, str]] = {
    "XA": {"achterberg": "Achterberg Forwarding B.V."},
    "XB": {"grain": "Belmar Grain S.A."},
    "XC": {"shore": "North Shore Chemie Ltd"},
}
TIES: Mapping[str, Sequence[Tie]] = {
    "XA": (
        Tie("Directorship", "ruben", "achterberg", "director", "2016"),
        Tie("Employment", "ilse", "achterberg", "customs clerk", "2021-05"),
        Tie("Associate", "ruben", "joaquim", "calls on the nights of shipments", "2025-11-03"),
    ),
    "XB": (
        Tie("Associate", "kingpin", "vesna", "keeps his books", "2018"),
        Tie("Associate", "kingpin", "goran", "childhood friends"),
        Tie("Associate", "kingpin", "dorin", "registers his companies", "2019-03"),
        Tie("Associate", "kingpin", "nadir", "meets him in Belmar every second week", "2024-06-02"),
        Tie("Directorship", "goran", "grain", "director", "2020-02-11"),
        Tie("Ownership", "vesna", "grain", "", "2020-02-11", "unconfirmed"),
        Tie("Associate", "vesna", "dorin", "same office", "2019", "unconfirmed"),
        Tie("Associate", "goran", "luca", "cellmates", "2012"),
        Tie("Associate", "vesna", "goran", "cousins"),
        Tie("Associate", "nadir", "ruben", "booked the containers with him", "2025-10-19"),
    ),
    "XC": (
        Tie("Associate", "nadir", "rania", "stays at her flat in Cordava City", "2025-02-14"),
        Tie("Associate", "nadir", "yusuf", "paid the rent of the warehouse", "2025-03-01", "unconfirmed"),
        Tie("Directorship", "yusuf", "shore", "director", "2023"),
        Tie("Employment", "hala", "shore", "chemist", "2023-09"),
        Tie("Associate", "rania", "hala", "sisters-in-law"),
        Tie("Associate", "rania", "yusuf", "married"),
        Tie("Associate", "yusuf", "kofi", "drives for him", "2024-01"),
        Tie("Associate", "kofi", "hala", "seen together twice", "2025-12-05", "tentative"),
    ),
}
ENDS = {
    "Associate": ("person", "associate", "relationship"),
    "Directorship": ("director", "organization", "role"),
    "Employment": ("employee", "employer", "role"),
    "Ownership": ("owner", "asset", "role"),
}
TEXTS = {
    "XA": "Seized at Port Arven: 240 cans without a maker's mark. Who shipped them, and for whom.",
    "XB": "Around Anton Velkov: what the tax office and two years of observation give.",
    "XC": "Where it is made: a warehouse on the north shore of Cordava City, and who pays for it.",
}
WHO = {"XA": "analyst@xa.example", "XB": "officer@xb.example", "XC": "officer@xc.example"}
PLACED = ("kingpin", "dorin", "vesna", "goran", "nadir")
"""What the analyst has put on his chart so far; the rest is for whoever tries it."""


def load(house: House) -> None:
    """Open both files and fill them, once the story stands."""
    file = _opened(house, "XA", HEMLOCK, "counterfeit-goods")
    for code in ("XB", "XC"):
        _joined(house, file, code, "analyst")
    ids = {"kingpin": house.ids.of("ref", _number(house, "XB"), "kingpin")}
    for code in ("XA", "XB", "XC"):
        _contribute(house, file, code, ids)
    _subject(house, file, ids["nadir"], "facilitator")
    with _as(house, WHO["XA"], "analyse") as desk:
        cells: dict[str, dict[str, Any] | None] = {
            f"item/{ids[name]}": _spot(n) for n, name in enumerate(PLACED)
        }
        form = chart_model.ChartForm(title="Around the Apothecary", cells=cells)
        charts.make(desk, service.file_of(desk, file), form)
    other = _opened(house, "XC", SALTPAN, "drugs")
    with _as(house, WHO["XC"], "gather") as desk:
        goran = PEOPLE["XB"]["goran"]
        things = [
            ThingForm(
                kind="Person",
                properties={"name": ["G. Petrosyan"], "passportNumber": goran["passportNumber"]},
            )
        ]
        said = ContributionForm(text="A buyer who paid in cash", scheme="4x4", grade="C2", things=things)
        contributions.contribute(desk, service.file_of(desk, other), said)


@contextmanager
def _as(house: House, email: str, act: str) -> Iterator[Desk]:
    """A sitting of one of the story's officers, for analysis."""
    with sit(house, HOUSE_ASKER) as desk:
        asker = asker_for(desk, email, "analysis", "the demo story")
        desk.note("see", what="an officer")
    with sit(house, asker, act, writing=True) as desk:
        yield desk


def _number(house: House, code: str) -> int:
    with _as(house, f"second@{code.lower()}.example", "see") as desk:
        desk.note("see", what="bureau")
        return desk.asker.bureau


def _opened(house: House, code: str, title: str, area: str) -> str:
    """A file that the bureau's officer asked for and its second approved, open to connections."""
    with _as(house, WHO[code], "analyse") as desk:
        form = model.FileForm(
            title=title,
            purpose="Who makes it, who moves it, who is paid, and who leads them.",
            legalBasis="RPD 68; police cooperation act, section 12",
            area=area,
            criteria="Persons and companies seen at production, transport or payment; no customers.",
            unit="Serious crime",
            reviewDue=desk.today + timedelta(days=180),
            closes=desk.today + timedelta(days=700),
            retention=365,
            connect=True,
        )
        file = service.propose(desk, form)
    with _as(house, f"second@{code.lower()}.example", "approve") as desk:
        service.decide(desk, file.id, model.Decision(version=file.version, approve=True))
    return file.id


def _joined(house: House, file: str, code: str, role: str) -> None:
    with _as(house, WHO["XA"], "see") as desk:
        members.invite(
            desk, file, model.MemberForm.model_validate({"address": WHO[code], "bureau": code, "role": role})
        )
    with _as(house, WHO[code], "see") as desk:
        for invitation, _file in members.invitations(desk):
            members.answer(desk, invitation.id, accept=True)


def _contribute(house: House, file: str, code: str, ids: dict[str, str]) -> None:
    """What a bureau knows, with its relations; the new records' ids are added to `ids`."""
    things = [ThingForm(kind="Person", properties=dict(said)) for said in PEOPLE[code].values()]
    nation = code.lower()
    things += [
        ThingForm(kind="Company", properties={"name": [name], "jurisdiction": [nation]})
        for name in COMPANIES[code].values()
    ]
    names = [*PEOPLE[code], *COMPANIES[code]]
    places = {name: f"#{n}" for n, name in enumerate(names, 1)} | ids
    things += [_related(tie, places) for tie in TIES[code]]
    form = ContributionForm(
        text=TEXTS[code],
        source=f"{code}-2026-0391",
        scheme="4x4",
        grade="B2",
        handlingCode="H1",
        things=things,
        records=[ids["kingpin"]] if code == "XB" else [],
    )
    with _as(house, WHO[code], "gather") as desk:
        made = contributions.contribute(desk, service.file_of(desk, file), form).made
    ids |= dict(zip(names, made, strict=False))


def _related(tie: Tie, places: Mapping[str, str]) -> ThingForm:
    source, target, how = ENDS[tie.kind]
    said = {source: [places[tie.a]], target: [places[tie.b]], how: [tie.how], "startDate": [tie.since]}
    properties = {name: values for name, values in said.items() if values[0]}
    return ThingForm(kind=tie.kind, properties={**properties, "certainty": [tie.certainty]})


def _subject(house: House, file: str, record: str, category: str) -> Thing:
    with _as(house, WHO["XB"], "analyse") as desk:
        form = SubjectForm.model_validate(
            {
                "record": record,
                "category": category,
                "rationale": "Seen with both circles; nobody else is. He books, pays and travels for them.",
                "reviewDue": desk.today + timedelta(days=90),
            }
        )
        kept = subjects.propose(desk, service.file_of(desk, file), form)
    with _as(house, WHO["XA"], "analyse") as desk:
        return subjects.answer(
            desk, service.file_of(desk, file), kept.id, Answer(version=kept.version, approve=True)
        )


def _spot(n: int) -> dict[str, Any]:
    """The first in the middle, the others around it."""
    if not n:
        return {"x": 0.0, "y": 0.0}
    turn = 2 * pi * n / (len(PLACED) - 1)
    return {"x": round(220 * cos(turn), 1), "y": round(160 * sin(turn), 1)}
