"""Every operation of the API against what its description says, with thousands of made-up requests.

Whatever is sent: never a server error, only statuses, types and bodies that are described, undescribed
methods refused. A few examples in `make test`; `make proof` (ENTENTE_PROOF=1) tries many.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from entente.app import make_app
from entente.settings import Settings
from rooms.bank_files import answered
from rooms.intercepted import AUTHOR, Bank
from rooms.scene import IVO, Scene
from rooms.tracing_scene import followed, loaded
from worlds import stage

EXAMPLES = 200 if os.environ.get("ENTENTE_PROOF") else 5
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
    allow_header_conformance,
]
TRANSACTIONS = "/api/v1/biometrics/transactions"
"""Where a problem comes as a transaction of its own, an ERR in the encoding that was asked in."""
ASKERS = ("XZ chief", "XA machine", "XA contributor", "")
"""A reviewing administrator by session, a machine by key, an officer with one role, nobody."""

WRITTEN = json.loads(Path(__file__).with_name("openapi.json").read_text("utf-8"))
OPERATIONS = [
    (method.upper(), path)
    for path, methods in WRITTEN["paths"].items()
    for method in methods
    if path not in ("/api/v1/me/sessions", "/api/v1/stream")  # one ends the test, the other never does
]


FILE: dict[str, Any] = {
    "title": "Kestrel",
    "purpose": "Who sells forged papers",
    "legalBasis": "RPD 68",
    "area": "drugs",
    "criteria": "Sellers",
    "reviewDue": "2026-12-31",
    "closes": "2027-12-31",
    "retention": 365,
}
NETWORK = [
    {"kind": "Person", "properties": {"name": "Ana Kovar"}},
    {"kind": "Person", "properties": {"name": "Bela Ruza"}},
    {"kind": "Associate", "properties": {"person": "#1", "associate": "#2", "startDate": "2024"}},
]


@dataclass(frozen=True, slots=True)
class Api:
    """The description, the headers of one asker, what an address may name that is really there.

    `file`: what is in an analysis file of the asker's, by the part of an address that names it. `payments`:
    what his bureau has in the payments room, likewise.
    """

    schema: Any
    headers: dict[str, str]
    ids: tuple[str, ...]
    file: Mapping[str, list[str]]
    payments: Mapping[str, str]


@pytest.fixture(scope="module", params=ASKERS, ids=lambda name: name or "nobody")
def api(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The API as one asker meets it, over a house with a record and a hit."""
    house, crew = stage.memory_house()
    data: Path = tmp_path_factory.mktemp("api")
    app = make_app(Settings(data=data, answer_grid_ms=0, officer_rate=1e6, key_rate=1e6), house, work=False)
    caller = stage.Caller(app)
    who = crew.get(request.param)
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    ids = tuple(_ids(caller.ask, crew, who))
    inside = _in_a_file(caller.ask, crew)
    paid = _in_payments(caller.ask, crew) if who == crew["XA machine"] else {}
    yield Api(schema, _headers(who), ids, inside if who == crew["XZ chief"] else {}, paid)
    caller.close()
    house.close()


def _ids(ask: Any, crew: stage.Crew, who: stage.Person | None) -> Iterator[str]:
    """Records, hits, a search, an officer and a key: of the asker's bureau and of another."""
    draft = {"kind": "Person", "properties": IVO, "handling": {"mode": "everyone"}}
    for owner, other in (("XB", "XA"), ("XA", "XB"), ("XZ", "XB")):
        record = ask(crew[f"{owner} office"], "POST", "/api/v1/records", json=draft).json["id"]
        asker = crew[f"{other} office"]
        search = ask(asker, "POST", "/api/v1/search", json={"text": "Ivo Marenko"}).json["search"]
        said = {"record": record, "verdict": "same"}
        hit = ask(asker, "POST", f"/api/v1/search/{search}/verdicts", json=said).json["hit"]
        yield from (record, hit, crew[f"{owner} analyst"].id)
    yield crew["XZ machine"].id
    if who and who.mix != "administrator":
        yield ask(who, "POST", "/api/v1/search", json={"text": "Ivo Marenko"}).json["search"]


def _in_a_file(ask: Any, crew: stage.Crew) -> Mapping[str, list[str]]:
    """An analysis file of the chief with a contribution, charts, a subject and a report in it."""
    chief = crew["XZ chief"]

    def said(path: str, **body: Any) -> dict[str, Any]:
        answer = ask(chief, "POST", f"/api/v1/files{path}", json=body)
        assert answer.status == 201, answer.text
        told: dict[str, Any] = answer.json
        return told

    file = str(said("", **FILE)["id"])
    given = {"version": 1, "approve": True}
    assert ask(crew["XZ office"], "POST", f"/api/v1/files/{file}/approve", json=given).status == 204
    kept = said(f"/{file}/contributions", source="XZ-1", things=NETWORK)
    a, b, _link = [t["id"] for t in kept["things"]]
    cells = {f"item/{a}": {"x": 0, "y": 0}, f"item/{b}": {"x": 9, "y": 9}}
    chart = said(f"/{file}/charts", title="C", cells=cells)["id"]
    snapshot = said(f"/{file}/charts/{chart}/snapshots", title="S")["id"]
    why = {"category": "contact", "rationale": "Seen by three witnesses", "reviewDue": FILE["reviewDue"]}
    subject = said(f"/{file}/subjects", record=a, **why)["id"]
    blocks = [{"sort": "figure", "chart": chart}, {"sort": "metrics"}, {"sort": "text", "text": f"[[{a}]]"}]
    report = said(f"/{file}/reports", title="R", blocks=blocks, distribution=[{"bureau": "XB"}])["id"]
    return {
        "file": [file],
        "things": [a, b],
        "contributions": [kept["id"]],
        "charts": [chart, snapshot],
        "subjects": [subject],
        "reports": [report],
    }


def _in_payments(ask: Any, crew: stage.Crew) -> Mapping[str, str]:
    """Of XA: a request on which money is held, a bank's answer to it, a file of transfers, a trace."""
    bank = Bank(Scene(ask, crew))
    held = bank.held()
    message = bank.scene(AUTHOR, "POST", "/payments/messages", raw=answered(held["reference"]))
    file = loaded(bank.scene)
    trace = followed(bank.scene, file["id"], intercept=held["id"])
    return {
        "requests": held["id"],
        "messages": message.json["id"],
        "transfers": file["id"],
        "traces": trace["id"],
    }


def _headers(who: stage.Person | None) -> dict[str, str]:
    said = {"entente-purpose": "wanted", "entente-justification": "case 1", "sec-fetch-site": "same-origin"}
    if who and who.key:
        said["authorization"] = f"Bearer {who.key}"
    elif who:
        said["cookie"] = f"entente={who.session}"
    return said


def _into_the_file(case: schemathesis.Case, file: Mapping[str, list[str]], path: str) -> None:
    """Let a request name what is in the file: in its address, and where its body asks for things."""
    case.path_parameters["file"] = file["file"][0]
    for sort in set(path.split("/")) & set(file):
        if "id" in case.path_parameters and case.method != "DELETE":
            case.path_parameters["id"] = file[sort][0]
    if isinstance(case.body, dict):
        a, b = file["things"]
        named = {"ids": [a, b], "from": a, "to": b, "record": a}
        case.body |= {name: value for name, value in named.items() if name in case.body}


def _into_payments(case: schemathesis.Case, payments: Mapping[str, str], path: str) -> None:
    """Let a request name what is in the payments room."""
    named = path.removeprefix("/api/v1/payments/").split("/")[0]
    if named in payments and "id" in case.path_parameters:
        case.path_parameters["id"] = payments[named]
    if payments and "number" in case.path_parameters:
        case.path_parameters["number"] = 1
    if payments and isinstance(case.body, dict) and "transfers" in case.body:
        case.body["transfers"] = payments["transfers"]


@pytest.mark.parametrize("mode", GenerationMode, ids=["as described", "otherwise"])
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_the_api_does_what_its_description_says(
    api: Api, method: str, path: str, mode: GenerationMode
) -> None:
    cases = api.schema[path][method].as_strategy(generation_mode=mode)

    @given(cases, st.sampled_from(api.ids) | st.none())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def holds(case: schemathesis.Case, id: str | None) -> None:
        if id and case.path_parameters:
            case.path_parameters = dict.fromkeys(case.path_parameters, id)
        if id and api.file and "file" in case.path_parameters and not path.endswith("/close"):
            _into_the_file(case, api.file, path)
        if id and method != "DELETE" and path.startswith("/api/v1/payments/"):
            _into_payments(case, api.payments, path)
        response = case.call(headers=api.headers)
        checks = [c for c in CHECKS if path != TRANSACTIONS or c is not content_type_conformance]
        case.validate_response(response, checks=checks, headers=api.headers)

    holds()
