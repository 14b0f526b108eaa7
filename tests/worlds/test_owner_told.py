"""What an owner learns of a search without the asker's notice: silent hits, contacts, and nothing else."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from entente.desk import House
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
