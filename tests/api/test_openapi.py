"""The API's description: it stands as it is written down, and says every problem."""

import json
from pathlib import Path

import pytest
from fastapi import FastAPI

from entente.core import problems
from worlds.stage import Answer

WRITTEN = Path(__file__).with_name("openapi.json")
"""Make it anew with ENTENTE_WRITE=1: a change of the API is then seen in the diff."""


@pytest.fixture
def description(app: FastAPI) -> dict:
    return app.openapi()


def test_the_api_is_the_one_that_is_written_down(description: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    said = json.dumps(description, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if os.environ.get("ENTENTE_WRITE"):
        WRITTEN.write_text(said, "utf-8")
    assert json.loads(said) == json.loads(WRITTEN.read_text("utf-8"))


def test_the_description_is_open_to_everybody(ask, description: dict) -> None:
    answer: Answer = ask(None, "GET", "/api/v1/openapi.json")
    assert (answer.status, answer.json) == (200, description)


def test_every_operation_says_which_problems_it_answers_with(description: dict) -> None:
    told = {"400", "401", "403", "404", "405", "409", "413", "422", "429", "503"}
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            responses = operation["responses"]
            assert told <= set(responses), (path, method)
            others = set(responses) - told  # a transaction is answered, or what it brings is added
            assert len(others) == 1 or others == {"200", "201"}, "one answer that is no problem"
            for status in told:
                name = responses[status]["$ref"].removeprefix("#/components/responses/")
                content = description["components"]["responses"][name]["content"]
                assert list(content) == ["application/problem+json"]
                assert getattr(problems, name).status == int(status)


def test_every_operation_is_described_and_needs_signing_in(description: dict) -> None:
    assert description["security"] == [{"key": []}, {"session": []}]
    for methods in description["paths"].values():
        for operation in methods.values():
            assert operation["description"]
            assert "security" not in operation


def test_nothing_in_the_description_is_named_and_missing(description: dict) -> None:
    text = json.dumps(description)
    for part in ("schemas", "responses"):
        known = description["components"][part]
        for name in known:
            assert f'"#/components/{part}/{name}"' in text, f"{name} is not used"
    assert "HTTPValidationError" not in text
