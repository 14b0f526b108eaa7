"""Transfers are loaded, a victim's payments found in them, the money followed, and who may see what of it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from entente.core.access import Purpose
from entente.core.problems import Faulty
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.bureaus import asker_now
from entente.rooms.payments.traces import traces_patterns, tracing, transfers
from rooms.intercepted import Bank
from rooms.scene import Scene
from rooms.tracing_scene import (
    ADA,
    BO,
    CASH,
    MULE,
    SECOND,
    THIRD,
    follow,
    followed,
    load,
    loaded,
    of_rule,
    places,
)
from worlds.stage import Clock, Crew

AMLSIM = Path(__file__).parents[3] / "shared/data/payments/amlsim"
NOBODYS = "0" * 32


@contextmanager
def sitting(house: House, crew: Crew, who: str) -> Iterator[Desk]:
    with sit(house, HOUSE_ASKER) as desk:
        asker = asker_now(desk, crew[who].id, Purpose.DESK, "own desk")
        desk.note("see")
    with sit(house, asker, writing=True) as desk:
        yield desk
        desk.note("see", what="traces")


def parts(trace: dict[str, Any], rule: str) -> dict[str, dict[str, str]]:
    return {part["victim"]: part for part in of_rule(trace, rule)["parts"]}


# --- following -----------------------------------------------------------------------------------


def test_rules_stand_side_by_side_and_lose_no_cent(scene: Scene) -> None:
    trace = followed(scene, loaded(scene)["id"])
    assert [one["rule"] for one in trace["results"]] == ["fifo", "lifo", "haircut", "poison", "libr"]
    for one in trace["results"]:
        if one["rule"] == "poison":
            assert one["parts"] == []
            continue
        for part in one["parts"]:
            cents = {k: round(float(part[k]) * 100) for k in ("lies", "stopped", "expired", "pruned")}
            assert sum(cents.values()) == {"Ada": 1_000_000, "Bo": 50_000}[part["victim"]]
            assert part["missing"] == "0.00"


def test_first_in_first_out_is_followed_to_the_cent(scene: Scene) -> None:
    trace = followed(scene, loaded(scene)["id"], rules=["fifo"])
    path = f"/payments/traces/{trace['id']}/payments?rule=fifo"
    told = scene("XA officer", "GET", path).json["payments"]
    assert {p["number"]: p["parts"] for p in told} == {
        1: {"Ada": "10000.00"},
        2: {"Bo": "500.00"},
        3: {"Ada": "7000.00"},
        4: {"Ada": "3000.00", "Bo": "500.00"},
        5: {"Ada": "6900.00"},
        6: {"Ada": "3000.00", "Bo": "500.00"},
        7: {"Ada": "500.00"},
    }
    accounts = scene("XA officer", "GET", f"/payments/traces/{trace['id']}/accounts").json["accounts"]
    assert [(a["account"], a["hop"], a["lies"]) for a in accounts] == [
        (ADA, 0, "0.00"),
        (BO, 0, "0.00"),
        (MULE, 1, "500.00"),
        (SECOND, 2, "100.00"),
        (THIRD, 2, "0.00"),
        (CASH, 3, "9900.00"),
    ]


def test_following_ends_at_an_exchange(scene: Scene) -> None:
    trace = followed(scene, loaded(scene)["id"], stops=[CASH], rules=["fifo"])
    assert parts(trace, "fifo")["Ada"]["stopped"] == "9900.00"
    assert of_rule(trace, "fifo")["payments"] == 6


def test_money_that_rested_too_long_is_not_followed(scene: Scene) -> None:
    trace = followed(scene, loaded(scene)["id"], dwell=4 * 3_600, rules=["lifo", "fifo"])
    assert parts(trace, "fifo")["Ada"]["expired"] == "3500.00"
    assert parts(trace, "fifo")["Bo"]["expired"] == "500.00"


def test_a_known_balance_changes_whose_money_leaves_first(scene: Scene) -> None:
    id = loaded(scene)["id"]
    trace = followed(scene, id, opening=[{"account": MULE, "amount": "11000.00"}], rules=["fifo"])
    assert of_rule(trace, "fifo")["payments"] == 2
    assert parts(trace, "fifo")["Ada"]["lies"] == "10000.00"


def test_every_fault_of_a_question_is_told_at_once(scene: Scene) -> None:
    answer = follow(
        scene,
        loaded(scene)["id"],
        seeds=[
            {"payment": 8},
            {"payment": 1, "amount": "9000.00"},
            {"payment": 1, "amount": "1000.01"},
            {"payment": 2, "amount": "1e3"},
        ],
        stops=["nobody"],
        opening=[{"account": "nobody", "amount": "1.00"}, {"account": MULE, "amount": "1.001"}],
        intercept=NOBODYS,
        level="confidential",
    )
    assert places(answer) == {
        "seeds/0/payment",
        "seeds/2/amount",
        "seeds/3/amount",
        "stops/0",
        "opening/0/account",
        "opening/1/amount",
        "intercept",
        "level",
    }


def test_a_trace_without_a_request_has_nobody_to_be_shown_to(scene: Scene) -> None:
    assert places(follow(scene, loaded(scene)["id"], show=True)) == {"show"}


def test_more_ether_than_64_bits_hold_is_followed_whole(scene: Scene) -> None:
    a, b, c = (f"0x{n:040x}" for n in (1, 2, 3))
    wei = 10**24 + 7
    rows = [
        {"hash": f"0x{1:064x}", "from": a, "to": b, "value": str(wei), "timestamp": "1767258000"},
        {"hash": f"0x{2:064x}", "from": b, "to": c, "value": str(wei - 1), "timestamp": "1767258600"},
    ]
    told = loaded(scene, json.dumps(rows).encode(), name="chain.json", chain="ethereum")
    assert told["assets"] == ["ethereum:ETH"]
    trace = followed(scene, told["id"], seeds=[{"payment": 1, "victim": "Ada"}])
    for rule in ("fifo", "lifo", "haircut", "libr"):
        assert parts(trace, rule)["Ada"]["lies"] == "1000000.000000000000000007 ETH"
    for picture in ("flow", "timeline"):
        path = f"/payments/traces/{trace['id']}/{picture}.svg?rule=haircut"
        assert scene("XA officer", "GET", path).status == 200


def test_shapes_are_told_with_their_payments(scene: Scene) -> None:
    trace = followed(scene, loaded(scene)["id"])
    shapes = {(f["pattern"], f["account"]): f["payments"] for f in trace["findings"]}
    assert shapes["cycle", MULE] in ([3, 5, 7], [4, 6, 7])
    assert shapes["pass-through", SECOND] == [3, 5]
    assert shapes["fan-in", MULE] == [1, 2, 7]


def test_reach_respects_time_both_ways(scene: Scene) -> None:
    id = loaded(scene)["id"]

    def reached(query: str) -> dict[str, list[int]]:
        found = scene("XA officer", "GET", f"/payments/transfers/{id}/reach?{query}")
        assert found.status == 200, found.text
        return {one["account"]: one["way"] for one in found.json["nearest"]}

    assert reached(f"account={BO}") == {MULE: [2], SECOND: [2, 3], THIRD: [2, 4], CASH: [2, 3, 5]}
    assert reached(f"account={SECOND}&back=true") == {MULE: [3], ADA: [1, 3], BO: [2, 3]}
    assert reached(f"account={SECOND}&payment=6") == {}
    assert reached(f"account={THIRD}&payment=5") == {CASH: [6], MULE: [6, 7]}
    missing = scene("XA officer", "GET", f"/payments/transfers/{id}/reach?account=nobody&payment=99")
    assert places(missing) == {"account", "payment"}


# --- who may what --------------------------------------------------------------------------------


def test_for_another_bureau_there_is_neither_file_nor_trace(scene: Scene) -> None:
    file = loaded(scene)["id"]
    trace = followed(scene, file)["id"]
    paths = [f"/payments/transfers/{{}}{rest}" for rest in ("", "/payments", f"/reach?account={ADA}")]
    rests = ("", "/accounts", "/payments", "/flow.svg", "/timeline.svg", "/pack.zip")
    for path, id in [(p, file) for p in paths] + [(f"/payments/traces/{{}}{r}", trace) for r in rests]:
        there = scene("XB office", "GET", path.format(id))
        nowhere = scene("XB office", "GET", path.format(NOBODYS))
        assert (there.status, there.body) == (nowhere.status, nowhere.body) and there.status == 404
    for kind, id in (("transfers", file), ("traces", trace)):
        assert scene("XB office", "DELETE", f"/payments/{kind}/{id}").status == 404
        assert scene("XB office", "GET", f"/payments/{kind}").json[kind] == []
    assert follow(scene, file, "XB officer").status == 404
    assert scene("XA officer", "GET", f"/payments/traces/{trace}").status == 200


def test_the_bureaus_of_a_request_read_its_trace_where_the_officer_says_so(scene: Scene) -> None:
    bank = Bank(scene)
    sent = bank.sent()
    file = loaded(scene)["id"]
    closed = followed(scene, file, intercept=sent["id"])
    shown = followed(scene, file, intercept=sent["id"], show=True)
    assert (closed["shown_to"], shown["shown_to"]) == ([], ["XB"])
    assert scene("XB officer", "GET", f"/payments/traces/{closed['id']}").status == 404
    read = scene("XB officer", "GET", f"/payments/traces/{shown['id']}").json
    assert read["results"] == shown["results"] and read["intercept"] == sent["id"]
    assert (read["file"], read["file_gone"], read["shown_to"]) == ("", False, [])
    listed = scene("XB officer", "GET", f"/payments/traces?intercept={sent['id']}").json["traces"]
    assert [one["id"] for one in listed] == [shown["id"]]
    assert scene("XC officer", "GET", f"/payments/traces/{shown['id']}").status == 404
    assert scene("XB officer", "DELETE", f"/payments/traces/{shown['id']}").status == 404


def test_a_trace_is_never_less_closed_than_its_file(scene: Scene) -> None:
    file = loaded(scene, who="XA office", level="restricted")["id"]
    trace = followed(scene, file, who="XA office", level="official")
    assert trace["level"] == "restricted"
    assert scene("XA officer", "GET", f"/payments/traces/{trace['id']}").status == 404


def test_who_follows_no_money_loads_none(scene: Scene) -> None:
    assert load(scene, who="XA contributor").status == 403
    assert load(scene, who="XA administrator").status == 403


def test_a_pack_leaves_with_those_who_may_export(scene: Scene) -> None:
    trace = followed(scene, loaded(scene)["id"])["id"]
    assert scene("XA officer", "GET", f"/payments/traces/{trace}/pack.zip").status == 403
    assert scene("XA analyst", "GET", f"/payments/traces/{trace}/pack.zip").status == 200


def test_the_journal_tells_of_loading_following_and_packs(scene: Scene, house: House) -> None:
    file = loaded(scene)["id"]
    trace = followed(scene, file)["id"]
    scene("XA analyst", "GET", f"/payments/traces/{trace}/pack.zip")
    with sit(house, HOUSE_ASKER) as desk:
        acts = [(e.act, e.object) for e in desk.entries(10**9, 50)]
        desk.note("see")
    for told in (("load", file), ("trace", trace), ("see", trace), ("export", trace)):
        assert told in acts


# --- deleted -------------------------------------------------------------------------------------


def test_a_trace_outlives_its_file_and_says_so(
    scene: Scene, house: House, work: Callable[[House], None], clock: Clock
) -> None:
    file = loaded(scene)["id"]
    trace = followed(scene, file)
    with sitting(house, scene.crew, "XA officer") as desk:
        blob = transfers.look(desk, file).first("blobs")
    assert scene("XA officer", "DELETE", f"/payments/transfers/{file}").status == 204
    clock.forward(minutes=15)
    work(house)
    with pytest.raises(KeyError):
        house.blobs.open(blob)
    assert scene("XA officer", "GET", f"/payments/transfers/{file}").status == 404
    read = scene("XA officer", "GET", f"/payments/traces/{trace['id']}").json
    assert (read["file"], read["file_gone"]) == ("", True)
    assert read["results"] == trace["results"] and read["source"] == trace["source"]
    assert follow(scene, file).status == 404


def test_a_trace_on_whose_word_money_is_held_is_not_discarded(scene: Scene, house: House) -> None:
    sent = Bank(scene).sent()
    trace = followed(scene, loaded(scene)["id"], intercept=sent["id"])["id"]
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        thing = desk.inspect(sent["id"])
        assert thing is not None
        desk.change(thing, keys=(f"trace:{trace}",))
        desk.note("see")
    assert places(scene("XA officer", "DELETE", f"/payments/traces/{trace}")) == {"trace"}


def test_a_trace_is_discarded_for_good(scene: Scene) -> None:
    trace = followed(scene, loaded(scene)["id"])["id"]
    assert scene("XA officer", "DELETE", f"/payments/traces/{trace}").status == 204
    assert scene("XA officer", "GET", f"/payments/traces/{trace}").status == 404
    assert scene("XA officer", "GET", "/payments/traces").json["traces"] == []


def test_a_hold_relies_on_a_trace_that_one_sees_by_a_rule_that_it_followed(
    scene: Scene, house: House, crew: Crew
) -> None:
    trace = followed(scene, loaded(scene)["id"], rules=["fifo", "libr"])["id"]
    with sitting(house, crew, "XA officer") as desk:
        tracing.must_be_of(desk, trace, "libr")
        for rule in ("lifo", ""):
            with pytest.raises(Faulty) as raised:
                tracing.must_be_of(desk, trace, rule)
            assert [f.where for f in raised.value.faults] == ["do/rule"]
    with sitting(house, crew, "XB officer") as desk:
        told = []
        for id in (trace, NOBODYS):
            with pytest.raises(Faulty) as raised:
                tracing.must_be_of(desk, id, "fifo")
            told.append(raised.value.faults)
        assert told[0] == told[1] and [f.where for f in told[0]] == ["do/trace"]


# --- a real sample -------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(not AMLSIM.exists(), reason="shared/data/payments/amlsim is not here")
def test_a_sample_of_amlsim_is_loaded_and_followed(scene: Scene) -> None:
    data = (AMLSIM / "20K_cycle200.tgz").read_bytes()
    told = loaded(scene, data, name="20K_cycle200.tgz")
    assert (told["format"], told["rows"] > 100_000, told["until"].isdecimal()) == ("amlsim", True, True)
    trace = followed(scene, told["id"], seeds=[{"payment": n * 97 + 1} for n in range(50)])
    reached = {one["rule"]: one["accounts"] for one in trace["results"]}
    assert reached["lifo"] < reached["fifo"] < reached["haircut"] < reached["poison"]
    for one in trace["results"]:
        assert all(float(part["missing"]) == 0 for part in one["parts"])


# --- the page ------------------------------------------------------------------------------------


def test_a_request_is_named_on_the_page_of_a_file_by_the_number_that_people_see(
    page: Callable[..., Any], scene: Scene
) -> None:
    sent = Bank(scene).sent()
    address = f"/payments/transfers/{loaded(scene)['id']}"
    like = page("XA officer", "POST", address, [("do", "search"), ("intercept", sent["reference"].lower())])
    assert like.status == 200, like.text
    for said in ("XA-2026-0000000000", "no number", NOBODYS):
        refused = page("XA officer", "POST", address, [("do", "search"), ("intercept", said)])
        assert (refused.status, 'id="f-intercept-errors"' in refused.text) == (422, True), said
        follows = [("do", "follow"), ("seeds", "1"), ("rules", "fifo"), ("request", said)]
        refused = page("XA officer", "POST", address, follows)
        assert (refused.status, 'id="f-request-errors"' in refused.text) == (422, True), said
    follows = [("do", "follow"), ("seeds", "1"), ("rules", "fifo"), ("request", sent["reference"])]
    kept = page("XA officer", "POST", address, follows)
    assert kept.status == 303, kept.text
    trace = scene("XA officer", "GET", kept.header("location").removeprefix("/v1")).json
    assert trace["intercept"] == sent["id"]
    listed = page("XA officer", "GET", f"/payments/traces?intercept={sent['reference']}").text
    assert f"/payments/traces/{trace['id']}" in listed


def test_payments_that_are_ticked_when_the_money_is_followed_are_chosen(
    page: Callable[..., Any], scene: Scene
) -> None:
    address = f"/payments/transfers/{loaded(scene)['id']}"
    ticked = [("do", "follow"), ("chosen", "1"), ("chosen", "2"), ("victim", "Ada"), ("rules", "fifo")]
    kept = page("XA officer", "POST", address, ticked)
    assert kept.status == 303, kept.text
    trace = scene("XA officer", "GET", kept.header("location")).json
    assert {part["victim"] for part in of_rule(trace, "fifo")["parts"]} == {"Ada"}


# --- what is too much ----------------------------------------------------------------------------


def test_money_that_parts_too_often_is_not_followed_and_the_fault_says_what_to_do(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = loaded(scene)["id"]
    monkeypatch.setattr(tracing, "MOST_PARTS", 5)
    answer = follow(scene, id)
    assert places(answer) == {"seeds"}
    assert "fewer victims" in answer.json["faults"][0]["do"]
    assert scene("XA officer", "GET", "/payments/traces").json["traces"] == []


def test_a_shape_that_was_not_sought_to_the_end_is_told(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = loaded(scene)["id"]
    assert not [one for one in followed(scene, id)["findings"] if not one["account"]]
    monkeypatch.setattr(traces_patterns, "MOST_STEPS", 0)
    cut = [one for one in followed(scene, id)["findings"] if not one["account"]]
    assert {"pattern": "cycle", "account": "", "facts": {"steps": "0"}, "payments": []} in cut
    page = scene(
        "XA officer", "GET", f"/payments/traces/{followed(scene, id)['id']}", headers={"Accept": "text/html"}
    )
    assert page.status == 200
