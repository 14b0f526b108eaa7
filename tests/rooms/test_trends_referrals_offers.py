"""Seizures that a bureau offers for blind referral, reports in tables, and the pages."""

from collections.abc import Mapping
from typing import Any

import pytest

from entente.desk import House
from rooms.referred import PHONE, REPORT, Referred, joined
from rooms.scene import Scene, only, places

CONTAINER = {"sort": "container", "value": "CSQU3054383"}
SEIZURE = {
    "items": [{"what": "chlorpyrifos", "quantity": "1200 kg"}],
    "date": "2026-01-02",
    "country": "xa",
    "conveyances": [{"kind": "container", "number": "CSQU 305438-3"}],
    "handling": only(),
}


@pytest.fixture
def desk(house: House, scene: Scene) -> Referred:
    return joined(scene, house)


def seize(desk: Referred, **more: object) -> dict[str, Any]:
    answer = desk("XA contributor", "POST", "/seizures", json={**SEIZURE, **more})
    assert answer.status == 201, answer.text
    kept: dict[str, Any] = answer.json
    return kept


def offer(desk: Referred, seizure: Mapping[str, Any]) -> dict[str, Any]:
    answer = desk("XA contributor", "POST", "/offers", json={"seizure": seizure["id"]})
    assert answer.status == 201, answer.text
    made: dict[str, Any] = answer.json
    return made


def test_a_seizure_meets_a_companys_report_only_while_its_bureau_offers_it(desk: Referred) -> None:
    seizure = seize(desk)
    report = desk.tell(identifiers=[CONTAINER])
    desk.work()
    assert desk.cases() == []
    made = offer(desk, seizure)
    assert offer(desk, seizure) == made
    desk.work()
    (case,) = desk.cases()
    assert (case["sectors"], case["sorts"]) == (["police", "post"], ["container"])
    whole = desk.case(case["id"])
    assert [s["url"] for side in whole["sides"] for s in side["sources"]] == ["", ""], (
        "the desk may not see it"
    )
    assert desk.step(case["id"], "release").status == 200
    (told,) = desk.told("XP analyst", report["id"])
    assert told["state"] == "notified" and "XA" not in str(told)
    (mine,) = desk("XA analyst", "GET", "/offers").json["offers"]
    assert (mine["told"][0]["case"], mine["title"]) == (case["case"], seizure["title"])
    assert [a["what"] for a in desk.alerts("XA analyst")] == ["referral"]
    assert desk("XA contributor", "DELETE", f"/offers/{made['id']}").status == 204
    assert [len(side["sources"]) for side in desk.case(case["id"])["sides"]] == [0, 1]


def test_an_offer_follows_the_numbers_of_its_seizure(desk: Referred) -> None:
    seizure = seize(desk)
    offer(desk, seizure)
    desk.work()
    desk.tell(identifiers=[{"sort": "seal", "value": "SL004417"}])
    form = {k: v for k, v in SEIZURE.items() if k != "handling"} | {"version": 1}
    form["conveyances"] = [*SEIZURE["conveyances"], {"kind": "seal", "number": "sl-004417"}]  # type: ignore[misc]
    assert desk("XA contributor", "PUT", f"/seizures/{seizure['id']}", json=form).status == 200
    desk.work()
    assert [case["sorts"] for case in desk.cases()] == [["seal"]]


def test_only_ones_own_seizure_with_a_number_is_offered_and_by_no_company(desk: Referred) -> None:
    seizure, bare = seize(desk, handling=only("XB")), seize(desk, conveyances=[])
    said = {"seizure": seizure["id"]}
    assert desk("XB contributor", "POST", "/offers", json=said).status == 404
    assert desk("XC contributor", "POST", "/offers", json=said).status == 404
    assert desk("XP contributor", "POST", "/offers", json=said).status == 403
    assert places(desk("XA contributor", "POST", "/offers", json={"seizure": bare["id"]})) == ["seizure"]
    assert desk("XA contributor", "POST", "/reports", json=REPORT).status == 403
    assert desk("XA officer", "POST", "/offers", json=said).status == 403


TABLE = f"""sector,date,what,goods,ref,phone,batch
post,2026-01,Forty parcels,agro.pesticide,A-1,{PHONE};+999 55 0100 23,
shipping,2026-01-12,"A container, opened",,A-2,,LOT-4417
"""


def load(desk: Referred, table: str) -> Any:
    return desk("XP contributor", "POST", "/reports/import", json={"table": table})


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_table_is_kept_row_by_row_whatever_its_sign(desk: Referred, sign: str) -> None:
    table = TABLE.replace(";", "|") if sign == ";" else TABLE
    if sign != ",":
        table = table.replace('"A container, opened"', '"A container; opened"').replace(",", sign)
    assert load(desk, table).json == {"kept": 2}
    rows = desk("XP analyst", "GET", "/reports").json["reports"]
    assert {(r["ref"], r["sector"], r["identifiers"]) for r in rows} == {
        ("A-1", "post", 2),
        ("A-2", "shipping", 1),
    }


def test_rows_that_are_refused_are_listed_and_nothing_of_the_table_is_kept(desk: Referred) -> None:
    bad = TABLE + "piracy,2027,Ask ivo@korn.example,,A-1,12,\n"
    assert places(load(desk, TABLE + "post,2026,x,,A-3,,,one too many\n")) == ["rows/4"]
    answer = load(desk, bad)
    wrong = ("sector", "date", "what", "identifiers/0/value", "ref")
    assert places(answer) == [f"rows/4/{where}" for where in wrong]
    assert "korn.example" not in answer.text
    assert desk("XP analyst", "GET", "/reports").json["reports"] == []


@pytest.mark.parametrize(
    ("header", "where"),
    [
        ("sector,date,what,name", ["columns/4"]),
        ("sector,date,what,Date of birth", ["columns/4"]),
        ("sector,date,what,colour,what", ["columns/4", "columns/5"]),
        ("sector,what", ["columns"]),
        ("", ["table"]),
    ],
)
def test_columns_of_persons_and_unknown_ones_are_refused(
    desk: Referred, header: str, where: list[str]
) -> None:
    answer = load(desk, f"{header}\n" + "post,2026,x,Ivo Marenko,y\n" * bool(header))
    assert places(answer) == where and "Marenko" not in answer.text


# --- pages ---------------------------------------------------------------------------------------


def page(desk: Referred, who: str, path: str, form: Mapping[str, str] | None = None) -> Any:
    how: dict[str, Any] = {"form": list(form.items())} if form is not None else {}
    return desk.scene.ask(desk.scene.crew[who], "POST" if how else "GET", f"/trends{path}", **how)


FORM = {
    "sector": "post",
    "date": "2026-01-10",
    "goods": "agro.pesticide",
    "what": "Forty parcels",
    "ref": "P-1",
}


def test_a_company_reports_corrects_and_takes_back_on_its_pages(desk: Referred) -> None:
    assert page(desk, "XP contributor", "/reports/new").status == 200
    refused = page(
        desk, "XP contributor", "/reports", {**FORM, "phone": f"{PHONE}; 12", "what": "Mr Marenko"}
    )
    assert refused.status == 422 and "f-phone-errors" in refused.text and "f-what-errors" in refused.text
    made = page(desk, "XP contributor", "/reports", {**FORM, "phone": f"{PHONE}; +999 55 0100 23"})
    assert made.status == 303
    path = made.header("location").removeprefix("/trends")
    assert PHONE in page(desk, "XP contributor", path).text
    assert f"{PHONE}; +999 55 0100 23" in page(desk, "XP contributor", f"{path}/edit").text
    changed = page(
        desk, "XP contributor", path, {**FORM, "what": "Fifty", "version": "1", "seal": "SL004417"}
    )
    assert changed.status == 303
    assert "Fifty" in page(desk, "XP contributor", "/referrals").text
    assert page(desk, "XP contributor", f"{path}/withdraw", {"version": "2"}).status == 303
    assert page(desk, "XP contributor", path).status == 404
    assert page(desk, "XP contributor", "/reports/import", {"table": TABLE}).status == 303
    assert page(desk, "XP contributor", "/reports/import", {"table": "name\nIvo"}).status == 422


def test_the_desk_decides_and_the_sides_answer_on_their_pages(desk: Referred) -> None:
    mine, theirs, id = desk.matched()
    home = page(desk, "XZ analyst", "/referrals").text
    assert f"/trends/referrals/{id}" in home
    path = f"/referrals/{id}"
    assert page(desk, "XZ analyst", path, {"step": "decline", "version": "1"}).status == 422
    for n, step in enumerate(("take", "propose", "release", "ask"), start=1):
        who = "XZ supervisor" if step == "release" else "XZ analyst"
        assert page(desk, who, path, {"step": step, "version": str(n)}).status == 303
    case = desk.case(id)["case"]
    for who, report in (("XP", mine), ("XQ", theirs)):
        where = f"/reports/{report['id']}"
        assert 'value="yes"' in page(desk, f"{who} analyst", where).text
        said = {"case": case, "answer": "yes"}
        assert page(desk, f"{who} analyst", f"{where}/consent", said).status == 303
        assert page(desk, f"{who} analyst", f"{where}/consent", said).status == 422
    assert "Bureau XQ" in page(desk, "XP analyst", f"/reports/{mine['id']}").text
    assert f"/trends/referrals/{id}" in page(desk, "XZ analyst", "/referrals?which=other").text
    assert page(desk, "XA analyst", path).status == 404


def test_a_bureau_offers_and_takes_back_on_its_pages(desk: Referred) -> None:
    seizure, bare = seize(desk), seize(desk, conveyances=[])
    assert page(desk, "XA contributor", "/offers", {"seizure": bare["id"]}).status == 422
    button = 'action="/trends/offers"'
    assert button in page(desk, "XA contributor", f"/seizures/{seizure['id']}").text
    assert button not in page(desk, "XA contributor", f"/seizures/{bare['id']}").text
    assert button not in page(desk, "XA officer", f"/seizures/{seizure['id']}").text, "it takes the role"
    made = page(desk, "XA contributor", "/offers", {"seizure": seizure["id"]})
    path = made.header("location").removeprefix("/trends")
    assert seizure["id"] in page(desk, "XA contributor", path).text
    assert path in page(desk, "XA officer", "/referrals").text
    assert page(desk, "XA contributor", f"{path}/withdraw", {"version": ""}).status == 303
    assert page(desk, "XA contributor", path).status == 404
