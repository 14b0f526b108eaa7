"""What an owner learns of a search without the asker's notice: silent hits, contacts, and nothing else."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from entente.desk import House
from rooms.hashed import copy_of, file
from worlds.stage import Answer, Crew

Asking = Callable[..., Answer]
SILENT = {"mode": "named", "bureaus": [], "watch": True}
HINT = {"mode": "named", "bureaus": [], "hint": ["XA"]}


def contribute(ask: Asking, crew: Crew, handling: Mapping[str, Any], name: str = "Ivo Marenko") -> str:
    draft = {"kind": "Person", "properties": {"name": [name]}, "handling": handling}
    made = ask(crew["XB office"], "POST", "/api/v1/records", json=draft)
    assert made.status == 201, made.text
    return str(made.json["id"])


def search(ask: Asking, crew: Crew, why: str = "case 1", **headers: str) -> Any:
    said = {"json": {"text": "Ivo Marenko"}, "why": why, "headers": headers}
    return ask(crew["XA office"], "POST", "/api/v1/search", **said).json


def inbox(ask: Asking, crew: Crew, bureau: str, sent: str = "") -> list[dict[str, Any]]:
    hits = ask(crew[f"{bureau} office"], "GET", f"/api/v1/hits{sent}").json["hits"]
    return [{k: h[k] for k in ("state", "record", "asker", "asked", "justification")} for h in hits]


def test_the_owner_of_a_watched_record_is_told_and_nobody_else(
    ask: Asking, crew: Crew, house: House, work: Callable[[House], None]
) -> None:
    record = contribute(ask, crew, SILENT)
    before = search(ask, crew)
    assert not before["candidates"] and not before["contacts"]
    work(house)
    told = {
        "state": "silent",
        "record": record,
        "asker": "XA",
        "asked": "Ivo Marenko",
        "justification": "case 1",
    }
    assert inbox(ask, crew, "XB") == [told]
    for bureau, sent in (("XA", ""), ("XA", "?sent=true"), ("XC", ""), ("XZ", "")):
        assert inbox(ask, crew, bureau, sent) == []
    assert search(ask, crew) | {"search": ""} == before | {"search": ""}


def test_the_same_inquiry_tells_the_owner_once_a_day_and_another_one_again(
    ask: Asking, crew: Crew, house: House, work: Callable[[House], None]
) -> None:
    contribute(ask, crew, SILENT)
    for why in ("case 1", "case 1", "case 2"):
        search(ask, crew, why)
        work(house)
    assert [h["justification"] for h in inbox(ask, crew, "XB")] == ["case 1", "case 2"]


@pytest.mark.parametrize("handling", [SILENT, HINT])
def test_a_discreet_search_tells_no_owner_and_gets_no_contact(
    handling: Mapping[str, Any], ask: Asking, crew: Crew, house: House, work: Callable[[House], None]
) -> None:
    contribute(ask, crew, handling)
    answer = search(ask, crew, **{"entente-discreet": "yes"})
    work(house)
    assert answer["contacts"] == [] and inbox(ask, crew, "XB") == []


def test_a_contact_says_whom_to_ask_and_the_owner_reads_the_same_token(
    ask: Asking, crew: Crew, house: House, work: Callable[[House], None]
) -> None:
    for _ in range(3):
        contribute(ask, crew, HINT)
    answer = search(ask, crew)
    [contact] = answer["contacts"]
    assert set(contact) == {"bureau", "label", "desk", "phone", "email", "token"}
    assert contact["bureau"] == "XB" and not answer["candidates"]
    work(house)
    hits = ask(crew["XB office"], "GET", "/api/v1/hits").json["hits"]
    assert {(h["state"], h["token"]) for h in hits} == {("contact", contact["token"])}


def test_a_record_that_its_owner_keeps_for_himself_is_absent_at_the_very_next_request(
    ask: Asking, crew: Crew
) -> None:
    record = contribute(ask, crew, {"mode": "everyone"})
    assert [c["id"] for c in search(ask, crew)["candidates"]] == [record]
    closed = {"version": 1, "handling": {"mode": "named", "bureaus": []}}
    assert ask(crew["XB office"], "PUT", f"/api/v1/records/{record}/handling", json=closed).status == 200
    for path in ("", "/links", "/versions"):
        gone = ask(crew["XA office"], "GET", f"/api/v1/records/{record}{path}")
        never = ask(crew["XA office"], "GET", f"/api/v1/records/{'0' * 32}{path}")
        assert gone == never and gone.status == 404
    assert search(ask, crew)["candidates"] == []


# --- images of series ---------------------------------------------------------------------------------


def images(ask: Asking, who: Any, sharing: str, *media: dict[str, Any]) -> None:
    form = {"media": list(media), "sharing": sharing}
    made = ask(who, "POST", "/api/v1/series/images", json=form, purpose="identify")
    assert made.status == 201, made.text


def ask_images(ask: Asking, crew: Crew, *media: dict[str, Any], **headers: str) -> Any:
    said = {"json": {"media": list(media)}, "purpose": "identify", "why": "case 7", "headers": headers}
    return ask(crew["XA office"], "POST", "/api/v1/series/check", **said).json["answers"]


def seen_of_images(ask: Asking, crew: Crew, bureau: str) -> list[Any]:
    """All that an officer can read of meetings: lists, alerts, inbox, statistics, journal."""
    who = crew[f"{bureau} office"]
    paths = ("/series/meetings?which=all", "/alerts", "/series/statistics")
    return [ask(who, "GET", f"/api/v1{path}", purpose="identify").json for path in paths]


@pytest.mark.parametrize("asked", [file("a"), copy_of("a", 20)], ids=["identical", "same"])
def test_the_owner_of_a_silent_image_is_told_who_asked_and_the_asker_sees_nothing_of_it(
    asked: dict[str, Any], ask: Asking, crew: Crew, house: House, work: Callable[[House], None]
) -> None:
    images(ask, crew["XB office"], "silent", file("a"))
    answer = ask_images(ask, crew, asked)
    work(house)
    meetings, alerts, _ = seen_of_images(ask, crew, "XB")
    [met] = meetings
    assert (met["how"], met["bureau"], met["justification"]) == ("asked", "XA", "case 7")
    assert [a["what"] for a in alerts] == ["series"]
    assert answer[0]["says"] == "new" and not answer[0]["ties"] and not answer[0]["contacts"]
    for bureau in ("XA", "XC", "XZ"):
        assert seen_of_images(ask, crew, bureau)[:2] == [[], []]
    noted = ask(crew["XB office"], "POST", f"/api/v1/series/meetings/{met['id']}/note")
    assert noted.status == 200
    assert seen_of_images(ask, crew, "XA")[:2] == [[], []]
    assert ask_images(ask, crew, asked) == answer


def test_a_silent_image_that_comes_later_tells_its_owner_alone(
    ask: Asking, crew: Crew, house: House, work: Callable[[House], None]
) -> None:
    ask_images(ask, crew, file("a"))
    before = seen_of_images(ask, crew, "XA")
    images(ask, crew["XB office"], "silent", copy_of("a", 12))
    work(house)
    assert [m["how"] for m in seen_of_images(ask, crew, "XB")[0]] == ["asked"]
    assert seen_of_images(ask, crew, "XA") == before


def test_a_discreet_question_tells_no_owner_of_a_silent_image(
    ask: Asking, crew: Crew, house: House, work: Callable[[House], None]
) -> None:
    images(ask, crew["XB office"], "silent", file("a"))
    ask_images(ask, crew, file("a"), **{"entente-discreet": "yes"})
    work(house)
    assert seen_of_images(ask, crew, "XB")[:2] == [[], []]


def test_a_hidden_series_asks_nobody_to_be_merged_into_his(ask: Asking, crew: Crew) -> None:
    def begin(who: str, sharing: str) -> str:
        form = {"name": "Harbour", "sharing": sharing}
        return str(ask(crew[who], "POST", "/api/v1/series", json=form, purpose="identify").json["id"])

    ours, hidden = begin("XA office", "open"), begin("XB office", "silent")
    said = {"into": ours, "why": "The same wall"}
    asked = ask(crew["XB office"], "POST", f"/api/v1/series/{hidden}/merge", json=said, purpose="identify")
    assert asked.status == 422 and "does not see" in asked.text
    assert seen_of_images(ask, crew, "XA")[1] == []
