"""The states of a report, and under which keys it and its copies are found.

draft → review → approved → published → suspended | withdrawn. Every edit takes it back to draft. A suspended
report does not come back: its author writes a new edition.
"""

from collections.abc import Iterable, Mapping

from entente.core.problems import Fault, Faulty
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.rooms.analysis.model import in_file
from entente.rooms.analysis.steps import with_step
from entente.web.language import N_

KIND, COPY = "AnalysisReport", "ReportCopy"
OUT = frozenset({"published", "suspended"})
MOVES: Mapping[str, tuple[frozenset[str], str]] = {
    "edit": (frozenset({"draft", "review", "approved"}), "draft"),
    "submit": (frozenset({"draft"}), "review"),
    "approve": (frozenset({"review"}), "approved"),
    "return": (frozenset({"review", "approved"}), "draft"),
    "publish": (frozenset({"approved"}), "published"),
    "withdraw": (OUT, "withdrawn"),
    "discard": (frozenset({"draft", "review", "approved"}), ""),
    "revise": (frozenset({*OUT, "withdrawn"}), ""),
}
"""What may be done in which states, and what it makes of it."""
STATES: Mapping[str, str] = {
    "draft": N_("Draft"),
    "review": N_("In review"),
    "approved": N_("Approved"),
    "published": N_("Published"),
    "suspended": N_("Suspended"),
    "withdrawn": N_("Withdrawn"),
}


NOTHING: Mapping[str, tuple[str, ...]] = {}


def moved(report: Thing, move: str) -> str:
    """The state that a move leads to. Raises Faulty where it does not start from here."""
    starts, to = MOVES[move]
    here = report.first("state")
    if here not in starts:
        what = f"A report in the state “{here}” cannot: {move}"
        raise Faulty(faults=(Fault("state", what, f"It must be: {', '.join(sorted(starts))}."),))
    return to


def keys(body: Body) -> tuple[str, ...]:
    """By which lists a report is found."""
    file = body["file"][0]
    return (in_file(file), f"reports:{file}")


def keep(
    desk: Desk, report: Thing, did: str, why: str = "", changes: Mapping[str, tuple[str, ...]] = NOTHING
) -> Thing:
    """A report with these properties changed and one more step, of whoever sits here."""
    body = with_step(desk, {**report.body, **changes}, did, why)
    clean = {name: tuple(values) for name, values in body.items() if values}
    return desk.as_house().change(report, body=clean, keys=keys(clean))


def copy_keys(body: Body, sources: Iterable[str]) -> tuple[str, ...]:
    """By what a copy is found: its report, its bureau, each thing it is made of, its data."""
    return (
        copies_of_report(body["report"][0]),
        copies_of_bureau(int(body["bureau"][0])),
        *(made_of(id) for id in sources),
        *(f"blob:{digest}" for digest in body.get("blobs", ())),
    )


def copies_of_report(report: str) -> str:
    return f"copies:{report}"


def copies_of_bureau(number: int) -> str:
    return f"copies-of:{number}"


def made_of(source: str) -> str:
    """The key of the copies that a thing went into."""
    return f"report-source:{source}"
