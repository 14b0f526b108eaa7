"""The demo's illicit goods: seizures of four bureaus and of customs, and what is made of them.

The tables are brought in as an officer brings in a file. Checks are recorded beside them; Cordava has been
through an operation against the tapping of its pipeline; Arvenia has checked one list of targets and a second
one waits. A maker of pesticide and a carrier of parcels have reported the same container, each without the
other's knowledge, and what they share waits at the secretariat.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

from entente.core.access import Purpose
from entente.demo import goods_seizures as told
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.bureaus import asker_for
from entente.rooms.records import HandlingForm
from entente.rooms.trends.figures import finding_making
from entente.rooms.trends.figures.model import Question
from entente.rooms.trends.operations import lists, service
from entente.rooms.trends.operations import model as o
from entente.rooms.trends.referrals import matching
from entente.rooms.trends.referrals import model as r
from entente.rooms.trends.referrals import service as reports
from entente.rooms.trends.seizures import efforts, importing, parties, same
from entente.rooms.trends.seizures import import_model as i
from entente.rooms.trends.seizures import model as m

OF = {
    "XA": "second@xa.example",
    "XB": "second@xb.example",
    "XC": "second@xc.example",
    "XD": "second@xd.example",
    "XK": "officer@xk.example",
}
ANALYST = "analyst@xa.example"
SHOWN = {"mode": "everyone"}
TO_CUSTOMS = {"mode": "named", "bureaus": ["XB", "XC", "XD", "XZ", "XK"]}
"""Partners are in no "everyone": Arvenia names its own customs."""
CHECKS = {"XA": (420, 420), "XB": (400, 1640), "XC": (260, 260), "XK": (900, 900)}
"""Checks a month, until the month of the rise and from it on."""
AT = {"XK": "XA"}
"""Customs checks in its own country."""
ARRESTED = ("Dorvo Maltenik", "Ismat Corvallen", "Hede Ruzamont")


def load(house: House) -> None:
    """Play the officers of four bureaus, customs and two companies."""
    with sit(house, HOUSE_ASKER) as desk:
        today = desk.today
        desk.note("see", what="the day")
    operation = _planned(house, today)
    tables = told.rows(today, operation)
    for code, table in tables.items():
        handling = TO_CUSTOMS if code == "XA" else SHOWN
        with _at(house, OF[code], "contribute") as desk:
            sent = i.Sent(name=f"seizures {code}.csv", handling=json.dumps(handling))
            importing.kept(desk, importing.read(desk, written(table), sent), sent)
    for code in CHECKS:
        _checked(house, code, today)
    _named(house, tables)
    _reported(house)
    _over(house, operation)
    while same.follow(house):
        pass
    while finding_making.daily(house):
        pass
    _targeted(house, today)


def written(table: Sequence[told.Row]) -> bytes:
    """A table as CSV in UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, told.header(table), restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue().encode()


def _checked(house: House, code: str, today: date) -> None:
    """What an authority looked at: by quarters as long as nothing changes, then by months."""
    before, after = CHECKS[code]
    spans = [(ago, ago - 2) for ago in range(told.BEGINS - 2, told.SURGES + 2, -3)]
    spans += [(ago, ago) for ago in range(spans[-1][1] - 1, 0, -1)]
    with _at(house, OF[code], "contribute") as desk:
        for first, last in spans:
            month = after if last <= told.SURGES else before
            form = m.EffortForm(
                authority="Customs of Arvenia" if code == "XK" else "Border police",
                country=AT.get(code, code),
                date=told.month(today, first).isoformat(),
                date_end=(told.month(today, last - 1) - timedelta(days=1)).isoformat(),
                checks=month * (first - last + 1),
                handling=HandlingForm.model_validate(TO_CUSTOMS if code == "XA" else SHOWN),
            )
            efforts.keep(desk, form)


def _named(house: House, tables: dict[str, list[told.Row]]) -> None:
    """Papers of persons and companies: who was arrested at the pipeline, and for whom the pesticide was."""
    taps = [row["Reference"] for row in tables["XC"] if row.get("Operation")]
    with _at(house, OF["XC"], "contribute") as desk:
        for ref, name in zip(taps[::4], ARRESTED, strict=False):
            party = m.Party(role="arrestee", name=name, sort="person")
            seizure = desk.look(desk.ref_id(desk.asker.bureau, ref))
            parties.put(desk, seizure, m.PartiesForm(parties=[party]))
    loads = [row["Reference"] for row in tables["XA"] if row.get("Batch number")]
    with _at(house, OF["XA"], "contribute") as desk:
        for ref in loads[::3]:
            party = m.Party(role="consignee", name=told.COMPANY, sort="company")
            seizure = desk.look(desk.ref_id(desk.asker.bureau, ref))
            parties.put(desk, seizure, m.PartiesForm(parties=[party]))


# --- operations and targets ----------------------------------------------------------------------


def _planned(house: House, today: date) -> str:
    """Cordava's operation, before there is a seizure that names it."""
    form = o.OperationForm(
        name="Operation Dry Pipe",
        since=told.month(today, told.OPERATED).isoformat(),
        until=(told.month(today, told.RESTED) - timedelta(days=1)).isoformat(),
        countries=["xc"],
        goods=["fuel"],
        objectives="Find the taps on the pipeline from Tarrow to the coast, and who sells what they give.",
        members=["XA", "XB", "XD"],
    )
    with _at(house, OF["XC"], "target") as desk:
        return service.plan(desk, form).id


def _over(house: House, operation: str) -> None:
    for to, why in (("running", ""), ("ended", ""), ("evaluated", "The taps found were closed for good.")):
        with _at(house, OF["XC"], "target") as desk:
            version = desk.look(operation).version
            service.step(desk, operation, o.Step(version=version, to=to, why=why))  # type: ignore[arg-type]


def _targeted(house: House, today: date) -> None:
    """Arvenia's own operation, a list that was checked, and one that waits for a second officer."""
    form = o.OperationForm(
        name="Operation Clean Furrow",
        since=told.month(today, 1).isoformat(),
        until=(told.month(today, -2) - timedelta(days=1)).isoformat(),
        countries=["xa"],
        goods=["agro.pesticide"],
        objectives="Stop counterfeit pesticide at Kelm before the sowing.",
        members=["XB", "XC", "XD"],
    )
    question = Question(country=["xa"])
    with _at(house, ANALYST, "target") as desk:
        operation = service.plan(desk, form)
        step = o.Step(version=operation.version, to="running")
        service.step(desk, operation.id, step)
    with _at(house, ANALYST, "target") as desk:
        proposal = o.ListForm(name="Borders of Arvenia", question=question, targets=6, control=4)
        listed = lists.propose(desk, proposal)
    for to in ("approved", "on_site"):
        _stepped(house, listed.id, to)
    with _at(house, ANALYST, "trend") as desk:
        targets = lists.sheet(desk, listed.id).checks
    for target in targets:
        result = o.ResultForm(target=target.n, result="hit" if _is_found(target) else "nil")
        with _at(house, ANALYST, "trend") as desk:
            lists.report(desk, listed.id, result)
    _stepped(house, listed.id, "fed_back")
    with _at(house, ANALYST, "target") as desk:
        ways = Question(country=["xa", "xd", "xc"])
        title = "Pesticide, the coming weeks"
        next_one = o.ListForm(name=title, operation=operation.id, question=ways, targets=6, control=3)
        lists.propose(desk, next_one)


def _is_found(target: o.Check) -> bool:
    """What a check of this target brings in the story."""
    what = target.what
    return (
        "xc" in what.values()
        or what.get("destination") == "xe"
        or what.get("locode") in ("XAKEL", "XARSA", "XDNDR")
        or what.get("name") == told.COMPANY
    )


def _stepped(house: House, listed: str, to: str) -> None:
    with _at(house, OF["XA"], "target") as desk:
        version = desk.look(listed).version
        lists.step(desk, listed, o.ListStep(version=version, to=to))  # type: ignore[arg-type]


# --- companies -----------------------------------------------------------------------------------


def _reported(house: House) -> None:
    """Two industries tell of the same container, and each of something else that nobody shares."""
    said = {
        "officer@xp.example": (
            (
                "agrochemicals",
                "Labels with our mark on drums that we did not fill",
                ("container", told.CONTAINER),
            ),
            (
                "agrochemicals",
                "A shop on the net sells our product at a third",
                ("domain", "solvark-480.example"),
            ),
        ),
        "officer@xq.example": (
            (
                "post",
                "Forty parcels of pesticide out of one container, no sender",
                ("container", told.CONTAINER),
            ),
            ("post", "Parcels of medicine that come back unopened", ("phone", "+999 55 0142 77")),
        ),
    }
    for email, those in said.items():
        for ago, (sector, what, (sort, value)) in enumerate(those):
            with _at(house, email, "refer") as desk:
                form = r.Contribution(
                    sector=sector,
                    date=told.month(desk.today, ago).isoformat()[:7],
                    goods="agro.pesticide" if "pesticide" in what or sector == "agrochemicals" else "",
                    what=what,
                    identifiers=[r.IdentifierForm(sort=sort, value=value)],
                )
                reports.contribute(desk, form)
    duty = matching.Matching(house)
    while duty.step():
        pass


@contextmanager
def _at(house: House, who: str, act: str) -> Iterator[Desk]:
    """A sitting of one of the story's officers, for analysis."""
    with sit(house, HOUSE_ASKER) as desk:
        asker = asker_for(desk, who, Purpose.ANALYSIS.name.lower(), "the demo story")
        desk.note("see", what="directory")
    with sit(house, asker, act, writing=True) as desk:
        yield desk
