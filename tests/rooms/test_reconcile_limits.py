"""What the reconciliation service bounds, refuses and survives."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from entente.core.kinds import model
from entente.match.question import Question
from entente.rooms.search import reconcile
from entente.rooms.search import reconcile_model as told
from rooms.scene import IVO, Scene, places
from worlds.stage import Answer

AT = "/reconcile/wanted/XB-2026-17"
MACHINE = "XB machine"


def _read(*properties: tuple[str, Any], query: str = "Ivo Marenko") -> Question:
    given = [told.Property(pid=pid, v=v) for pid, v in properties]
    return reconcile.question_of(model(), told.Query(query=query, properties=given))


def _not_understood(question: Question) -> list[str]:
    return [value for what, value in question.said if what == "not-understood"]


def _batch(scene: Scene, **queries: Any) -> Answer:
    return scene(MACHINE, "POST", AT, form=[("queries", json.dumps(queries))], purpose="")


def test_of_thousands_of_dates_eight_are_compared_and_the_rest_is_told() -> None:
    days = [f"{year}-0{month}-05" for year in range(1950, 2000) for month in range(1, 8)]
    question = _read(*[("birthDate", days[n : n + 50]) for n in range(0, len(days), 50)])
    assert question.birth == tuple(days[:8])
    assert _not_understood(question) == [f"birthDate {day}" for day in days[8:]]
    assert [value for what, value in question.said if what == "birthDate"] == days[:8]
    assert days[8] not in question.text


def test_a_date_in_the_text_counts_among_the_eight() -> None:
    days = [f"1971-03-{day:02}" for day in range(1, 9)]
    question = _read(("birthDate", days), query="Ivo Marenko 1950-01-30")
    assert question.birth == ("1950-01-30", *days[:7])
    assert _not_understood(question) == [f"birthDate {days[7]}"]


def test_of_many_dates_in_the_text_eight_are_compared_and_the_rest_is_told() -> None:
    question = _read(query="Ivo Marenko " + " ".join(f"1971-03-{day:02}" for day in range(1, 12)))
    assert len(question.birth) == 8
    assert _not_understood(question) == [f"born 1971-03-{day:02}" for day in (9, 10, 11)]


def test_eight_nationalities_are_compared_by_whatever_name_they_come() -> None:
    codes = ["fr", "de", "it", "es", "pt", "nl", "be", "lu", "pl", "cz"]
    question = _read(("nationality", codes[:5]), ("country", codes[4:]))
    assert question.nationality == tuple(codes[:8])
    assert _not_understood(question) == ["country pl", "country cz"]


def test_a_date_of_more_years_than_count_is_told_and_not_compared() -> None:
    assert _read(("birthDate", "1950/1989")).birth == ("1950/1989",)
    question = _read(("birthDate", "1950/1990"))
    assert question.birth == ()
    assert _not_understood(question) == ["birthDate 1950/1990"]


def test_a_row_is_read_in_its_own_order_whatever_the_seed_of_hashes() -> None:
    made = (
        "from entente.core.kinds import model\n"
        "from entente.rooms.search import reconcile, reconcile_model as told\n"
        "pids = ('country', 'jurisdiction', 'citizenship', 'nationality')\n"
        "given = [told.Property(pid=p, v=v) for p, v in zip(pids, ('fr', 'de', 'it', 'es'))]\n"
        "given += [told.Property(pid=p, v='P4417093') for p in ('idNumber', 'passportNumber')]\n"
        "print(reconcile.question_of(model(), told.Query(query='Ivo', properties=given)))\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", made],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(said) == 1
    assert "nationality=('fr', 'de', 'it', 'es')" in said.pop()


def _matched(scene: Scene, **more: object) -> Answer:
    born = {"matchType": "property", "propertyId": "birthDate", "propertyValue": "1971", **more}
    conditions = [{"matchType": "name", "propertyValue": "Ivo Marenko"}, born]
    asked = {"queries": [{"conditions": conditions}]}
    return scene(MACHINE, "POST", f"{AT}/match", json=asked, purpose="")


def test_what_must_not_be_so_is_refused_rather_than_read_as_its_opposite(scene: Scene) -> None:
    scene.contribute()
    answer = _matched(scene, matchQuantifier="none")
    assert (answer.status, places(answer)) == (422, ["/queries/0/conditions/1/matchQuantifier"])
    assert "`none`" in answer.json["faults"][0]["do"]


@pytest.mark.parametrize(
    "more", [{"matchQuantifier": "all"}, {"matchQualifier": "ExactMatch"}, {"required": True}]
)
def test_how_to_compare_is_not_heeded(scene: Scene, more: dict[str, object]) -> None:
    scene.contribute()
    with_, without = (a.json["results"][0]["candidates"] for a in (_matched(scene, **more), _matched(scene)))
    assert with_ == without != []


@pytest.mark.parametrize("broken", ["question_of", "result_of"])
def test_a_query_that_fails_as_nobody_foresaw_takes_no_other_with_it(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    id = scene.contribute(IVO)["id"]
    real = getattr(reconcile, broken)

    def failing(first: Any, second: Any, *more: Any) -> Any:
        asked = second.query if isinstance(second, told.Query) else second.text
        if asked == "Oksana Velkova":
            raise RuntimeError("Oksana Velkova")
        return real(first, second, *more)

    monkeypatch.setattr(reconcile, broken, failing)
    answer = _batch(scene, q0={"query": "Oksana Velkova"}, q1={"query": "Ivo Marenko"})
    assert answer.status == 200
    assert [r["id"] for r in answer.json["q1"]["result"]] == [id]
    failed = answer.json["q0"]
    assert failed["result"] == []
    ((what, value),) = [(s["what"], s["value"]) for s in failed["understood"]]
    assert what == "not-answered"
    assert value.startswith("Reference ")
    acts = [a for a in scene("XB chief", "GET", "/journal?limit=20").json if a["act"] == "search"]
    assert len(acts) == 2, "it was asked, and stands in the journal"
