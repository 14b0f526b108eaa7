"""Networks of files: expansions, ways and measures, over what whoever asks may see."""

from typing import Any

import pytest

from rooms.charted import close, person
from rooms.filed import LEAD, Files
from rooms.scene import Scene, only

A, B = LEAD, "XB analyst"


class Net:
    """A file of XA and XB: a chain Ana – Bela – Ciro – Dunja, and a moniker's hub."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.files = scene, Files(scene)
        self.id = self.files.opened()
        self.files.joined(self.id, B, "analyst")
        made = self.files.contributed(
            A,
            self.id,
            text="From XA",
            scheme="4x4",
            grade="B2",
            things=[
                person("Ana Kovar", nationality=["xa"]),
                person("Bela Ruza", nationality=["xb"]),
                person("Ciro Danes", nationality=["xc"]),
                person("Dunja Pell", nationality=["xc"]),
                close("#1", "#2"),
                close("#2", "#3"),
                close("#3", "#4"),
            ],
        )
        self.ana, self.bela, self.ciro, self.dunja, *self.links = (t["id"] for t in made["things"])

    def __call__(self, what: str, who: str = A, expect: int = 200, **said: Any) -> Any:
        answer = self.scene(who, "POST", f"/files/{self.id}/network/{what}", json=said)
        assert answer.status == expect, answer.text
        return answer.json


@pytest.fixture
def net(scene: Scene) -> Net:
    return Net(scene)


def test_links_are_counted_before_they_are_drawn(net: Net) -> None:
    (count,) = net("around", ids=[net.bela])["counts"]
    assert count["many"] == 2 and count["direction"] == "both" and count["kind"] == "Associate"


def test_an_expansion_says_how_many_of_how_many_it_shows(net: Net) -> None:
    found = net("expand", ids=[net.bela], limit=1)
    assert (found["shown"], found["many"]) == (1, 2)
    found = net("expand", ids=[net.ana], hops=2)
    assert {n["id"] for n in found["nodes"]} == {net.ana, net.bela, net.ciro}
    assert {(li["from"], li["to"]) for li in found["links"]} == {(net.ana, net.bela), (net.bela, net.ciro)}


def test_a_kind_a_direction_or_a_time_narrows_an_expansion(net: Net) -> None:
    assert net("expand", ids=[net.ana], kinds=["Ownership"])["links"] == []
    assert net("expand", ids=[net.ana], direction="in")["links"] == []
    assert net("expand", ids=[net.ana], since="2020-01-01")["links"] == []


def test_what_one_may_not_see_is_absent_from_counts_ways_and_measures(net: Net) -> None:
    hidden = net.files.contributed(
        A,
        net.id,
        text="For XA alone",
        things=[person("Hidden Hub"), close("#1", net.ana), close("#1", net.dunja)],
        handling=only("XA"),
    )["things"]
    (mine,) = net("around", ids=[net.ana])["counts"]
    (theirs,) = net("around", ids=[net.ana], who=B)["counts"]
    assert (mine["many"], theirs["many"]) == (2, 1)
    ways = {"from": net.ana, "to": net.dunja}
    assert len(net("paths", **ways)["paths"][0]["things"]) == 3
    assert len(net("paths", who=B, **ways)["paths"][0]["things"]) == 4
    assert len(net("measures")["rows"]) == 5
    rows = net("measures", who=B)["rows"]
    assert len(rows) == 4 and hidden[0]["id"] not in str(rows)
    net("expand", who=B, ids=[hidden[0]["id"]], expect=404)
    net("paths", who=B, expect=404, **{"from": net.ana, "to": hidden[0]["id"]})


def test_the_shortest_all_and_the_strongest_ways(net: Net) -> None:
    net.files.contributed(
        A,
        net.id,
        text="Weak",
        scheme="4x4",
        grade="X4",
        things=[close(net.ana, net.ciro, certainty=["tentative"])],
    )
    ends = {"from": net.ana, "to": net.ciro}
    assert [w["things"] for w in net("paths", **ends)["paths"]] == [[net.ana, net.ciro]]
    assert len(net("paths", how="all", hops=3, **ends)["paths"]) == 2
    strongest = net("paths", how="strongest", **ends)["paths"][0]
    assert strongest["things"] == [net.ana, net.bela, net.ciro]
    assert strongest["strength"] == pytest.approx(0.8**4)
    assert strongest["links"] == net.links[:2]


def test_three_things_are_connected_by_few_links(net: Net) -> None:
    found = net("connect", ids=[net.ana, net.ciro, net.dunja])
    assert len(found["links"]) == 3 and not found["apart"]


def test_measures_have_ranks_bands_words_and_a_stamp(net: Net) -> None:
    found = net("measures", which=["betweenness", "constraint"], bands=True)
    first = found["rows"][0]
    assert first["id"] in (net.bela, net.ciro)
    told = first["measures"]["betweenness"]
    assert told["low"] <= told["rank"] <= told["high"]
    assert found["explain"]["betweenness"]["text"] and found["resampled"]
    stamp = found["stamp"]
    assert (stamp["things"], stamp["links"], stamp["bureaus"]) == (4, 3, ["XA"])
    assert net("measures")["stamp"]["fingerprint"] == stamp["fingerprint"]
    net("measures", which=["fame"], expect=422)


def test_the_stamp_moves_with_what_one_sees_and_with_nothing_else(net: Net) -> None:
    before = net("measures", who=B)["stamp"]["fingerprint"]
    net.files.contributed(A, net.id, text="XA", things=[person("Hidden One")], handling=only("XA"))
    assert net("measures", who=B)["stamp"]["fingerprint"] == before
    net.files.contributed(A, net.id, text="XA", things=[person("Shown One")])
    assert net("measures", who=B)["stamp"]["fingerprint"] != before


def test_a_broker_stands_between_countries(net: Net) -> None:
    rows = net("brokers")["rows"]
    assert rows[0]["id"] == net.bela and rows[0]["bridges"] == [["xa", "xc"]]


def test_a_removal_says_what_is_left_and_who_is_central_next(net: Net) -> None:
    steps = net("removal", ids=[net.bela])["steps"]
    assert [s["largest"] for s in steps] == [1.0, 0.5]
    assert net.ciro in steps[1]["next"]
    net("removal", ids=["0" * 32], expect=404)


def test_groups_key_players_leads_and_windows_answer(net: Net) -> None:
    assert net("communities")["groups"]
    assert [len(g["ids"]) for g in net("communities", how="components")["groups"]] == [4]
    assert net("keyplayers", size=1)["exact"]
    assert net("leads")["auc"] is None
    assert net("windows")["windows"] == []


def test_merged_things_are_one(net: Net) -> None:
    cells = {f"item/{id}": {"x": 0, "y": 0} for id in (net.ana, net.bela, net.ciro, net.dunja)}
    cells["merge/" + "a" * 32] = {"ids": [net.bela, net.ciro], "label": "One"}
    chart = net.scene(A, "POST", f"/files/{net.id}/charts", json={"title": "Merged", "cells": cells})
    assert chart.status == 201, chart.text
    assert len(net("measures", chart=chart.json["id"])["rows"]) == 3


def test_persons_at_one_event_are_linked_by_it(net: Net) -> None:
    net.files.contributed(
        A,
        net.id,
        text="A meeting",
        things=[
            {
                "kind": "Event",
                "properties": {"name": ["Dinner"], "date": ["2024-05-01"], "involved": [net.ana, net.dunja]},
            }
        ],
    )
    rows = {r["id"]: r for r in net("measures", projection="Event", which=["degree"])["rows"]}
    assert len(rows) == 4 and rows[net.ana]["measures"]["degree"]["value"] == 2


def test_a_search_from_the_chart_is_a_search(net: Net) -> None:
    net.scene.contribute()
    found = net("search", text="Ivo Marenko")
    assert found["search"] and isinstance(found["on"], list)


def test_nobody_else_asks_anything_of_the_file(net: Net) -> None:
    for what in ("around", "expand"):
        net(what, who="XC analyst", ids=[net.ana], expect=404)
    net("measures", who="XC analyst", expect=404)
