"""Ranges of stolen blanks, and lists of numbers looked up row by row."""

from typing import Any

import pytest

from rooms.scene import NOBODY, Scene, only, places

FIRST, LAST = "XB0012000", "XB0012999"


def ranged(scene: Scene, first: str = FIRST, last: str = LAST, **said: Any) -> dict[str, Any]:
    answer = scene("XB office", "POST", "/papers/lost/ranges", json={"first": first, "last": last, **said})
    assert answer.status == 201, answer.text
    return answer.json


def refused(scene: Scene, first: str, last: str, who: str = "XB office", **said: Any) -> list[str]:
    answer = scene(who, "POST", "/papers/lost/ranges", json={"first": first, "last": last, **said})
    assert answer.status == 422, answer.text
    return places(answer)


def lines(scene: Scene, number: str, who: str = "XA officer", **said: Any) -> list[tuple[str, str]]:
    form = {"documents": [{"number": number, **said}]}
    answer = scene(who, "POST", "/papers/lost/check", json=form)
    assert answer.status == 200, answer.text
    return [(m["line"], m["status"]) for m in answer.json["documents"][0]["matches"]]


@pytest.mark.parametrize(
    ("number", "inside"),
    [
        (FIRST, True),
        (LAST, True),
        ("xb 0012-345", True),
        ("XB0011999", False),
        ("XB0013000", False),
        ("XB12345", False),
        ("XC0012345", False),
    ],
)
def test_a_number_of_a_stolen_range_is_found(scene: Scene, number: str, inside: bool) -> None:
    kept = ranged(scene)
    assert (kept["count"], kept["issuer"], kept["status"]) == (1000, "xb", "stolen-blank")
    assert lines(scene, number) == ([("range", "stolen-blank")] if inside else [])


def test_a_range_is_of_one_issuer_and_one_sort(scene: Scene) -> None:
    ranged(scene)
    assert lines(scene, FIRST, issuer="xa") == [("other", "stolen-blank")]
    assert lines(scene, FIRST, type="visa") == [("other", "stolen-blank")]
    assert lines(scene, FIRST, issuer="xb", type="passport") == [("range", "stolen-blank")]


@pytest.mark.parametrize(
    ("first", "last"),
    [(FIRST, LAST), ("XB0012999", "XB0015000"), ("XB0000000", "XB0012000"), ("XB0012500", "XB0012500")],
)
def test_a_range_that_overlaps_ones_own_is_refused_whoever_may_see_that(
    scene: Scene, first: str, last: str
) -> None:
    ranged(scene, handling={"mode": "named", "level": "confidential"})
    assert refused(scene, first, last) == ["first"]


def test_beside_one_another_and_of_another_sort_ranges_do_not_overlap(scene: Scene) -> None:
    ranged(scene)
    ranged(scene, "XB0013000", "XB0013999")
    ranged(scene, type="identity-card")


def test_a_range_that_was_taken_back_is_free_again(scene: Scene) -> None:
    kept = ranged(scene)
    assert scene("XB office", "DELETE", f"/papers/lost/ranges/{kept['id']}").status == 204
    assert lines(scene, FIRST) == []
    ranged(scene)


def test_another_issuers_numbers_may_be_the_same_and_another_issuers_range_is_not_ones_to_say(
    scene: Scene,
) -> None:
    ranged(scene, handling=NOBODY)
    form = {"first": FIRST, "last": LAST}
    assert scene("XA office", "POST", "/papers/lost/ranges", json=form).status == 201
    assert refused(scene, FIRST, LAST, who="XA office", issuer="xb") == ["issuer"]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("XB0012999", "XB0012000"),
        ("XB0012000", "XB12999"),
        ("XB0012000", "XC0012999"),
        ("XB", "XB9"),
        ("XB000000000", "XB010000000"),
        ("X" * 15 + "000000", "X" * 15 + "000009"),
    ],
)
def test_what_is_no_range_or_too_large_is_refused(scene: Scene, first: str, last: str) -> None:
    assert refused(scene, first, last) == ["last"]


def test_ten_million_numbers_are_a_range(scene: Scene) -> None:
    assert ranged(scene, "XB0000000", "XB9999999")["count"] == 10_000_000
    assert lines(scene, "XB5555555") == [("range", "stolen-blank")]


def test_only_its_owner_changes_a_range(scene: Scene) -> None:
    kept = ranged(scene)
    path = f"/papers/lost/ranges/{kept['id']}"
    change = {"status": "recovered", "version": 1, "case": "BM 9"}
    assert scene("XA office", "PUT", path, json=change).status == 403
    assert scene("XA office", "DELETE", path).status == 403
    changed = scene("XB office", "PUT", path, json=change)
    assert (changed.status, changed.json["status"], changed.json["case"]) == (200, "recovered", "BM 9")
    assert scene("XB office", "PUT", path, json=change).status == 409
    assert lines(scene, FIRST) == [("range", "recovered")]
    assert [r["id"] for r in scene("XB officer", "GET", "/papers/lost/ranges").json] == [kept["id"]]
    assert scene("XA officer", "GET", path).json["first"] == FIRST


def test_who_may_not_see_a_range_learns_nothing_of_it(scene: Scene) -> None:
    kept = ranged(scene, handling=only("XA", hint=["XC"]))
    path = f"/papers/lost/ranges/{kept['id']}"
    assert [scene(f"{b} officer", "GET", path).status for b in ("XA", "XC", "XD")] == [200, 404, 404]
    form = {"documents": [{"number": FIRST}]}
    told = {
        b: scene(f"{b} officer", "POST", "/papers/lost/check", json=form).json["documents"][0]["contacts"]
        for b in ("XA", "XC", "XD")
    }
    assert [[c["bureau"] for c in told[b]] for b in ("XA", "XC", "XD")] == [[], ["XB"], []]


def test_a_range_is_confirmed_like_any_match(scene: Scene) -> None:
    kept = ranged(scene)
    form = {"documents": [{"number": "XB0012345"}]}
    found = scene("XA officer", "POST", "/papers/lost/check", json=form).json["documents"][0]
    said = {"record": kept["id"], "verdict": "same"}
    judged = scene("XA officer", "POST", f"/search/{found['search']}/verdicts", json=said)
    hit = scene("XB officer", "GET", f"/hits/{judged.json['hit']}").json
    assert (hit["state"], hit["asked"], hit["caption"]) == ("open", "XB0012345", FIRST)


def test_a_range_cannot_be_watched_silently(scene: Scene) -> None:
    assert refused(scene, FIRST, LAST, handling={"mode": "everyone", "watch": True}) == ["handling/watch"]


def test_a_range_is_not_said_through_the_records_room(scene: Scene) -> None:
    said = {"country": "xb", "type": "passport", "first": FIRST, "last": LAST, "width": "7"}
    draft = {"kind": "BlankRange", "properties": said}
    assert places(scene("XB office", "POST", "/records", json=draft)) == ["kind"]


# --- lists ---------------------------------------------------------------------------------------


def listed(ask: Any, crew: Any, written: str, status: int = 200) -> Any:
    from worlds.stage import Ask

    caller = ask.__self__
    asked = Ask("POST", "/api/v1/papers/lost/check/list", raw=written.encode())
    answer = caller(crew["XA officer"], asked)
    assert answer.status == status, answer.text
    return answer.json


def test_a_list_is_looked_up_row_by_row_and_faulty_rows_are_told(scene: Scene, ask, crew) -> None:
    ranged(scene)
    told = listed(
        ask, crew, "Country;Doc. No.;Seat\nxb;XB0012345;1A\nxb;?;1B\n\nxa;XB0012345;1C\nMordor;A123;2\n"
    )
    assert told["columns"] == {"issuer": "Country", "number": "Doc. No."}
    assert [(r["row"], bool(r["fault"])) for r in told["rows"]] == [
        (2, False),
        (3, True),
        (5, False),
        (6, True),
    ]
    assert [m["line"] for r in told["rows"] if r["answer"] for m in r["answer"]["matches"]] == [
        "range",
        "other",
    ]
    assert told["found"] == 1


def test_a_row_that_ends_before_its_number_is_told_and_the_others_are_looked_up(
    scene: Scene, ask, crew
) -> None:
    ranged(scene)
    told = listed(ask, crew, "Country;Doc. No.\nxb\nxb;XB0012345\n")
    assert [(r["row"], bool(r["fault"])) for r in told["rows"]] == [(2, True), (3, False)]
    assert told["found"] == 1


def test_a_list_may_be_numbers_alone(scene: Scene, ask, crew) -> None:
    ranged(scene)
    told = listed(ask, crew, "XB0012345\nXB0013000\n")
    assert (told["columns"], told["found"], len(told["rows"])) == ({}, 1, 2)


@pytest.mark.parametrize("written", ["", "\n\n", "number\n", "a\0b", "\n".join(["XB1234567"] * 1001)])
def test_what_is_no_list_is_refused(ask, crew, written: str) -> None:
    listed(ask, crew, written, 422)


def test_of_a_hidden_range_of_ones_own_bureau_no_number_is_told(scene: Scene) -> None:
    form = {"first": "XB0012000", "last": "XB0012999", "handling": only(level="confidential")}
    assert scene("XB office", "POST", "/papers/lost/ranges", json=form).status == 201
    mine = {"first": "XB0012500", "last": "XB0012600", "handling": only()}
    refused = scene("XB contributor", "POST", "/papers/lost/ranges", json=mine)
    assert refused.status == 422
    assert "XB0012000" not in refused.text and "XB0012999" not in refused.text
