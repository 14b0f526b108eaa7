"""Counterfeit pesticide: the whole way from first reports to a printed case, and the case that falls again.

Three bureaus, a customs authority and a company contribute. A rise on the way XC, XD, XA is found by the
house, told apart from a change of reporting, judged by persons, answered by an operation whose effect is
measured. The case is proven before a court, reviewed abroad, admitted and printed; a retrial takes its
judgment away, and the erratum is printed by the house. Nobody in it exists.
"""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest

from entente.app import rooms_duties
from entente.desk import House
from rooms.booked import BOSS, FEW
from rooms.cased import AUTHOR, REVIEWER, claim, evidence, level, outcome, proceeding, reasons
from rooms.goods_told import BOX, MONTHS, PESTICIDE, Story, arvenia, belmark, cordava
from rooms.scene import Scene, only
from worlds.stage import Clock, Crew

JUDGMENT = b"Court of Norport. 45. The four acted in concert from February 2026.\n" * 20


@pytest.fixture
def story(doors, crew: Crew, clock: Clock, house: House, work) -> Story:
    clock.now = datetime(2026, 2, 2, 9, tzinfo=UTC)
    return Story(Scene(doors(idle_minutes=10**6), crew), house, clock, work)


def contributed(story: Story) -> None:
    """All that is known on the second of February: files, a form, a company's report."""
    for code, table, many in (
        ("XA", arvenia(MONTHS, 12), 161),
        ("XB", belmark(MONTHS), 458),
        ("XC", cordava(MONTHS), 75),
    ):
        told = story.send(code, table)
        assert (told["kept"], told["fault_count"]) == (many, 0)


def at_the_port(story: Story) -> None:
    """Arvenia's customs tell of one container, and so does a courier: the desk tells both, of nobody.

    The police told of the same container: a person says so, and no sum has it twice.
    """
    said = {
        "date": "2026-01-05",
        "country": "XA",
        "place": "Norport",
        "detection": "scanner",
        "items": [{"what": "chlorpyrifos", "quantity": "104 kg", "state": "counterfeit"}],
        "route": [
            {"role": "origin", "country": "XC"},
            {"role": "transit", "country": "XD"},
            {"role": "intended_destination", "country": "XA", "mode": "sea"},
        ],
        "conveyances": [{"kind": "container", "number": BOX}],
        "handling": only("XA"),
    }
    mine = story("XAC contributor", "POST", "/trends/seizures", said)
    assert (mine["contributor"], mine["form"]) == ("customs", "simple")
    report = {
        "sector": "post",
        "date": "2026-01-20",
        "goods": "agro.pesticide",
        "what": "A container of sacks without a label",
        "identifiers": [{"sort": "container", "value": BOX}],
    }
    told = story("XP contributor", "POST", "/trends/reports", report)
    before = story("XP analyst", "GET", f"/trends/reports/{told['id']}")
    story("XAC contributor", "POST", "/trends/offers", {"seizure": mine["id"]})
    story.on(2026, 2, 2)
    assert story("XP analyst", "GET", f"/trends/reports/{told['id']}") == before
    (case,) = story.partners.cases()
    assert {side["bureau"] for side in story.partners.case(case["id"])["sides"]} == {"XAC", "XP"}
    assert story.partners.step(case["id"], "release").status == 200
    (heard,) = story("XP analyst", "GET", f"/trends/reports/{told['id']}")["told"]
    assert (heard["case"], heard["contact"]["bureau"]) == (case["case"], "XZ")
    assert "XA" not in str(heard)

    query = "/trends/figures/series?goods=agro.pesticide&country=xa&side=place"
    assert sum(story("XA analyst", "GET", query)["series"][0]["values"]) == 2 * 25 + 24 + 12 + 1
    assert "seizure-same" in story.alerts("XA officer")
    near = story("XA officer", "GET", f"/trends/seizures/{mine['id']}/same")[0]["seizure"]
    other, verdict = near["id"], {"other": mine["id"], "verdict": "same", "why": "One container"}
    story("XA officer", "POST", f"/trends/seizures/{other}/same", verdict)
    figure = story("XA analyst", "GET", query)
    assert sum(figure["series"][0]["values"]) == 2 * 25 + 24 + 12
    assert {"reason": "duplicate", "count": 1} in figure["about"]["left_out"]


def found_and_explained(story: Story) -> str:
    """In February a rise, told apart from a form that is new; by April it lasts. A seizure of the rise."""
    story.on(2026, 2, 3)
    found = story.findings()
    rise = found["surge", "xc", PESTICIDE]
    assert rise["series"] == {
        "goods": PESTICIDE, "hs4": "", "concealment": ["mislabel"], "mode": "sea",
        "origin": "xc", "departure": "",
    }  # fmt: skip
    assert (rise["period"], rise["figures"]["seen"], rise["figures"]["expected"]) == ("2026-01", 12, 1.0)
    opened = [story("XA officer", "GET", f"/trends/seizures/{id}") for id in rise["records"]]
    assert {(one["country"], one["date"][:7]) for one in opened} == {("xa", "2026-01")} and len(opened) == 12

    forms = [one for (sort, place, _goods), one in found.items() if (sort, place) == ("break", "xb")]
    assert len(forms) == 6 and all(one["reporting"] for one in forms)
    assert {one["figures"]["sharing"] for one in forms} == {5}
    for one in forms:
        taken = story.judge(one, "under_review", "")
        story.judge(taken, "artefact", "A new form counts since November what was left out before")
    alone = story.judge(found["first-seen", "xc", PESTICIDE], "under_review", "")
    story.judge(alone, "duplicate", "The container that customs told of too")
    story.judge(rise, "under_review", "")

    for code, table in (("XA", arvenia), ("XB", belmark), ("XC", cordava)):
        story.clock.now = datetime(2026, 4, 2, 9, tzinfo=UTC)
        months = ["2026-02", "2026-03"]
        story.send(code, table(months, 12) if table is arvenia else table(months))
    story.on(2026, 4, 3)
    lasting = story.findings()["break", "xa", PESTICIDE]
    assert (lasting["period"], lasting["reporting"]) == ("2026-01", False)
    assert (lasting["figures"]["before"], lasting["figures"]["after"]) == (3.0, 14.0)

    flows = story("XA analyst", "GET", f"/trends/figures/flows?goods={PESTICIDE}&since=2026-01-01")
    top = flows["flows"][0]
    assert [top[side] for side in ("origin", "transit", "destination")] == ["xc", "xd", "xa"]
    cell = "origin=xc&transit=xd&destination=xa"
    behind = story("XA analyst", "GET", f"/trends/figures/records?goods={PESTICIDE}&since=2026-01&{cell}")
    assert behind["about"]["seizures"] == top["seizures"] == 3 * 14
    broken = story("XA analyst", "GET", f"/trends/figures/series?goods={PESTICIDE}&by=place")["breaks"]
    assert [(b["key"], b["period"], b["reporting"]) for b in broken] == [("xa", "2026-01", False)]
    for finding in (story.findings()["surge", "xc", PESTICIDE], lasting):
        taken = story.judge(finding, "under_review", "") if finding["state"] == "new" else finding
        story.judge(taken, "confirmed", "By sea from Cordava, under labels of another maker")
    return str(rise["records"][0])


def answered(story: Story) -> None:
    """An operation with a list that a second officer approved; what it brought and what it changed."""
    plan = {
        "name": "Clean fields", "since": "2026-05-01", "until": "2026-07-31", "countries": ["xa"],
        "goods": ["agro"], "members": ["XB"], "objectives": "Open what comes by sea from Cordava",
    }  # fmt: skip
    operation = story("XA analyst", "POST", "/trends/operations", plan)
    form = {"name": "Containers from Cordava", "operation": operation["id"], "sorts": ["route"],
            "targets": 1, "control": 1}  # fmt: skip
    targets = story("XA analyst", "POST", "/trends/targets", form)
    first = targets["targets"][0]
    assert first["what"] == {"origin": "xc", "destination": "xa", "mode": "sea", "goods": PESTICIDE}
    assert {"often", "surge", "break"} <= {reason["what"] for reason in first["reasons"]}

    def listed(who: str, to: str) -> None:
        now = story("XA analyst", "GET", f"/trends/targets/{targets['id']}")
        said = {"version": now["version"], "to": to, "why": "so"}
        story(who, "POST", f"/trends/targets/{targets['id']}/steps", said)

    def moved(to: str, why: str = "") -> None:
        now = story("XA analyst", "GET", f"/trends/operations/{operation['id']}")
        said = {"version": now["version"], "to": to, "why": why}
        story("XA analyst", "POST", f"/trends/operations/{operation['id']}/steps", said)

    assert "target-waits" in story.alerts("XA supervisor")
    listed("XA supervisor", "approved")
    story.on(2026, 5, 1)
    moved("running")
    listed("XA analyst", "on_site")
    for target in targets["targets"]:
        said = {"target": target["n"], "result": "nil" if target["control"] else "hit"}
        story("XA officer", "POST", f"/trends/targets/{targets['id']}/results", said)
    for months, by_sea, day in ((["2026-04", "2026-05", "2026-06", "2026-07"], 20, (2026, 8, 3)),
                                (["2026-08", "2026-09"], 0, (2026, 10, 2))):  # fmt: skip
        story.on(*day)
        for code, table in (
            ("XA", arvenia(months, by_sea)),
            ("XB", belmark(months)),
            ("XC", cordava(months)),
        ):
            story.send(code, table)
    listed("XA analyst", "fed_back")
    moved("ended")
    score = story("XA analyst", "GET", f"/trends/targets/{targets['id']}")["score"]
    assert (score["hits"], score["checked"], score["control_hits"], score["control_checked"]) == (1, 1, 0, 1)

    tally = story("XA analyst", "GET", f"/trends/operations/{operation['id']}/tally")
    assert tally["within"]["seizures"] == 3 * 22
    report = story("XA analyst", "GET", f"/trends/operations/{operation['id']}/report")
    assert sorted(report["compared"]) == ["xb", "xc"]
    before, during, after = report["phases"]
    assert (during["a_month"], after["a_month"]) == (22.0, 2.0) and before["a_month"] < 6
    effects = {row["phase"]: row for row in report["effects"]}
    assert effects["during"]["low"] > 10 and effects["after"]["high"] < 0
    moved("evaluated", "Ways by sea were given up; two a month come by road as before")
    for finding in story.findings().values():
        if finding["state"] == "confirmed":
            acted = story.judge(finding, "actioned", "Operation Clean fields")
            story.judge(acted, "evaluated", "Two a month since, twenty-two while it ran")
    assert story.findings() == {}, "each was judged"


def proven(story: Story, seizure: str) -> dict[str, Any]:
    """A judgment, each link with its pinpoint, final when a person says so, reviewed abroad, admitted."""
    story.on(2026, 11, 12)
    do, digest = story.cases, sha256(JUDGMENT).hexdigest()
    case = do.step(AUTHOR, do.proposed(
        AUTHOR, first_seizure="2026-01-01", period_from="2026-01-01", period_to="2026-07-31",
        countries=["xa", "xc", "xd"], detection="risk_profile", see=["XB", "XC"],
        discovered="The house found a rise by sea; it was no change of reporting.",
    ), "take_up")  # fmt: skip
    group = {"name": "The Cordport group", "sort": "group", "roles": ["producer"]}
    case = do.add(AUTHOR, case, "parties", group)
    names = [outcome(name) for name in ("Ivo Marenko", "Sela Dorn", "Tam Orrel", "Ola Prenk")]
    court = proceeding(date="2026-11-10", appeal_deadline="2026-12-10", reference="ECLI:XA:NP:2026:31",
                       outcomes=names)  # fmt: skip
    case = do.add(AUTHOR, case, "proceedings", court)
    made = claim(text="The group made it.", link_type="manufactures", object_crime="",
                 object_goods=PESTICIDE, evidence=[])  # fmt: skip
    draft = do.add(AUTHOR, case, "claims", made)
    assert level(draft) == "P0" and draft["claims"][0]["draft"]
    paper = evidence(date="2026-11-10", sha256=digest, pages=12, pinpoint="p. 9, para 45")
    case = do.add(AUTHOR, draft, "evidence", paper)
    kept = story.scene(AUTHOR, "PUT", f"/cases/{case['id']}/evidence/1/file?version={case['version']}",
                       raw=JUDGMENT)  # fmt: skip
    assert kept.status == 200, kept.text
    seized = evidence(kind="seizure_record", title="Container at Norport", proceeding=None, link=seizure,
                      date="2026-01-01", pinpoint="", authority="Customs of XA", sha256="b" * 64)  # fmt: skip
    case = do.add(AUTHOR, do.opened(AUTHOR, case), "evidence", seized)
    said = {**case["claims"][0]["claim"], "evidence": [1, 2]}
    case = do.done(AUTHOR, "PUT", case, "/claims/1", claim=said)
    assert level(case) == "P2"
    for item in ("1", "2", "3", "4", "5", "6", "7", "8a"):
        case = do.ticked(AUTHOR, case, item)
    assert not case["group_proven"], "one may still appeal"

    story.on(2026, 12, 11)
    assert "case-changed" in story.alerts(AUTHOR)
    case = do.opened(AUTHOR, case)
    assert level(case) == "P2", "that nobody appealed is nothing the house knows"
    case = do.finally_(AUTHOR, case, on="2026-12-11")
    assert level(case) == "P3" and case["group_proven"] and case["transnational"]
    assert reasons(case) == {"no-review"}
    case = do.step(AUTHOR, do.step(AUTHOR, case, "complete"), "send", reviewer="XB")
    assert "case-review" in story.alerts(REVIEWER)
    theirs = do.opened(REVIEWER, case)
    assert do.decided(REVIEWER, theirs).status == 200
    case = do.opened(AUTHOR, case)
    assert case["admitted"] and case["reasons"] == []
    return case


def printed(story: Story, case: dict[str, Any]) -> dict[str, Any]:
    """The book with this case and another one, approved by a second hand, with its readers."""
    other = story.cases.accepted(title="The Empty Tank", see=["XB", "XC"], goods=["fuel.petrol"],
                                 chapter="environment")  # fmt: skip
    for one in (case, other):
        do = story.cases
        do.step(BOSS, do.opened(BOSS, one), "clear")
    form = {
        "title": "Against the trade in false goods", "count_why": FEW,
        "cases": [{"case": one["id"]} for one in (case, other)],
        "distribution": [{"bureau": code} for code in ("XB", "XC")],
    }  # fmt: skip
    book = story(AUTHOR, "POST", "/casebooks", form)
    assert book["wrong"] == [] and book["admitted"] == 2
    said = {"seen": book["seen"], "approver": story.scene.crew[BOSS].id}
    story(AUTHOR, "POST", f"/casebooks/{book['id']}/submit", said)
    seen = story(BOSS, "GET", f"/casebooks/{book['id']}")["seen"]
    story(BOSS, "POST", f"/casebooks/{book['id']}/decide", {"seen": seen, "approve": True})
    book = story(BOSS, "POST", f"/casebooks/{book['id']}/publish")
    assert story.cases.opened(AUTHOR, case)["state"] == "published"
    return dict(book)


def copy(story: Story, who: str) -> dict[str, Any]:
    (one,) = story(who, "GET", "/reports")
    return dict(story(who, "GET", f"/reports/{one['id']}"))


def test_from_first_reports_to_a_printed_case_and_its_erratum(story: Story) -> None:
    contributed(story)
    at_the_port(story)
    seizure = found_and_explained(story)
    answered(story)
    case = proven(story, seizure)
    book = printed(story, case)

    document = copy(story, "XC officer")["document"]
    (asserted,) = [run["note"] for block in document["blocks"] for piece in block.get("text", ())
                   for item in piece.get("items", ()) for run in item["in"]
                   if "note" in run and item["in"][0]["s"] == "The group made it."]  # fmt: skip
    note = document["notes"][asserted - 1]["text"]
    assert all(
        said in note for said in (case["reference"], "P3", "p. 9, para 45", sha256(JUDGMENT).hexdigest())
    )
    for form, begins in (("pdf", b"%PDF"), ("html", b"<!"), ("docx", b"PK")):
        (one,) = story("XC officer", "GET", "/reports")
        answer = story.scene("XC officer", "GET", f"/reports/{one['id']}/{form}")
        assert answer.status == 200 and answer.body.startswith(begins)

    # A retrial acquits them all. Nobody but the house touches the book.
    story.on(2027, 1, 20)
    retrial = {
        "court": "Court of Norport", "country": "xa", "stage": "retrial", "date": "2027-01-19",
        "overturns": 1, "outcomes": [outcome("Ivo Marenko", verdict="acquitted", sentence_months=None)],
    }  # fmt: skip
    fallen = story.cases.add(AUTHOR, story.cases.opened(AUTHOR, case), "proceedings", retrial)
    assert level(fallen) == "PX" and not fallen["admitted"]
    assert copy(story, "XC officer")["document"] == document
    overturned = story.clock.now
    story.on_by(seconds=10)
    told = copy(story, "XC officer")
    (erratum,) = told["document"]["more"]["casebook"]["errata"]
    assert (erratum["what"], erratum["case"]) == ("demoted", 1)
    assert told["document"]["outline"][0]["text"] == "Errata"
    assert "The group made it." not in str(told["document"]["blocks"])
    assert "was overturned by proceeding 2" in str(told["document"])
    for who in (AUTHOR, "XB officer", "XC officer"):
        (alert,) = [one for one in story(who, "GET", "/alerts") if one["what"] == "report-erratum"]
        assert (datetime.fromisoformat(alert["at"]) - overturned).total_seconds() < 60
    (duty,) = [one for one in rooms_duties(story.house) if one.name == "reports"]
    assert duty.pause_s < 60 and duty.signal == "changed"
    after = story(AUTHOR, "GET", f"/casebooks/{book['id']}")
    assert (after["state"], after["admitted"], after["errata"]) == ("published", 1, 1)
