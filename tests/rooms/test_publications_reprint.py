"""A room may print the same edition anew when a source has changed: copies, readers, what went before."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from entente.core.things import Thing
from entente.desk import Desk, House
from entente.rooms.analysis.reports.states import IMPRINT, KIND
from entente.rooms.publications import Change, Content, Part, Same, model, service
from entente.rooms.publications.cascade import Cascade
from rooms.filed import LEAD
from rooms.reported import Reports, text
from rooms.scene import EVERYONE, IVO, Scene, only

ERRATUM = "One case is not proven any more."


@pytest.fixture
def reports(scene: Scene) -> Reports:
    return Reports(scene)


def printing(anew: model.Anew) -> model.Imprints:
    return {KIND: replace(IMPRINT, anew=anew)}


def erratum(sources: dict[str, Thing], note: int = 0) -> Content:
    run: dict[str, Any] = {"s": ERRATUM, "note": note} if note else {"s": ERRATUM}
    return Content([Part("e" * 32, {"sort": "text", "text": [{"t": "p", "in": [run]}]}, sources)])


def changed(scene: Scene, id: str) -> None:
    said = {"version": 1, "properties": {"name": ["Somebody Else"]}}
    assert scene("XA office", "PUT", f"/records/{id}", json=said).status == 200


def follow(house: House, anew: model.Anew) -> None:
    cascade = Cascade(house, printing(anew))
    while cascade.step():
        pass


def alerts(scene: Scene, who: str) -> list[str]:
    return [a["what"] for a in scene(who, "GET", "/alerts").json]


def stated(copy: dict[str, Any]) -> str:
    return str(copy["document"]["blocks"][0]["text"][0]["in"][0]["s"])


@pytest.fixture
def standing(reports: Reports, scene: Scene) -> Iterator[tuple[str, str, str]]:
    """A published report of two sources, of which one changes then."""
    ivo = str(scene.contribute(handling=EVERYONE)["id"])
    ana = reports.open_to_all("Ana Kovar")
    id = reports.published(text(f"He [[{ivo}]] and she [[{ana}]]"), to=("XB", "XC"))
    before = reports.copy("XB officer")
    assert stated(before).startswith("He ")
    changed(scene, ivo)
    yield id, ivo, ana


def test_the_copies_get_the_new_print_and_their_readers_are_told(
    reports: Reports, scene: Scene, house: House, standing: tuple[str, str, str]
) -> None:
    id, ivo, ana = standing
    said: list[Change] = []

    def anew(desk: Desk, publication: Thing, change: Change) -> Content:
        assert publication.id == id
        said.append(change)
        return erratum({ana: desk.inspect(ana)})

    sha = reports.copy("XB officer")["sha256"]
    follow(house, anew)
    assert [(c.changed, c.gone) for c in said] == [(frozenset({ivo}), frozenset())]
    for who in ("XB officer", "XC officer"):
        copy = reports.copy(who)
        assert copy["state"] == "published" and stated(copy) == ERRATUM and copy["sha256"] != sha
        assert copy["edition"] == 1
        assert alerts(scene, who).count("report-erratum") == 1 and "report-suspended" not in alerts(
            scene, who
        )
        assert scene(who, "GET", f"/reports/{copy['id']}/pdf").status == 200
    report = reports.call(LEAD, "GET", f"/{id}").json
    assert report["state"] == "published" and report["history"][-1]["did"] == "reprinted"
    assert "report-erratum" in alerts(scene, LEAD)
    follow(house, anew)  # what is printed now stands on what it says
    assert len(said) == 1


def test_what_was_read_before_is_new_again_and_the_old_data_is_gone(
    reports: Reports, house: House, work: Any, standing: tuple[str, str, str]
) -> None:
    _id, _ivo, ana = standing
    old = reports.copy("XB officer")["sha256"]
    follow(house, lambda desk, _publication, _change: erratum({ana: desk.inspect(ana)}))
    assert reports.copies("XB officer")[0]["read"] is False
    work(house)
    with pytest.raises(KeyError):
        house.blobs.open(old)


def test_a_copy_whose_reader_may_not_read_a_source_of_the_new_print_is_suspended(
    reports: Reports, scene: Scene, house: House, standing: tuple[str, str, str]
) -> None:
    other = str(scene.contribute({**IVO, "name": ["Zoe"]}, only("XB"))["id"])
    follow(house, lambda desk, _publication, _change: erratum({other: desk.inspect(other)}))
    assert reports.copy("XB officer")["state"] == "published"
    assert reports.copy("XC officer")["state"] == "suspended"


@pytest.mark.parametrize("answer", ["nothing", "unsound"])
def test_without_a_sound_new_print_it_is_suspended(
    reports: Reports, house: House, standing: tuple[str, str, str], answer: str
) -> None:
    id, _ivo, ana = standing

    def anew(desk: Desk, _publication: Thing, _change: Change) -> Content | None:
        return None if answer == "nothing" else erratum({ana: desk.inspect(ana)}, note=7)

    follow(house, anew)
    assert reports.copy("XB officer")["state"] == "suspended"
    assert reports.call(LEAD, "GET", f"/{id}").json["state"] == "suspended"


def test_a_print_can_be_corrected_again(
    reports: Reports, scene: Scene, house: House, standing: tuple[str, str, str]
) -> None:
    id, _ivo, ana = standing

    def anew(desk: Desk, _publication: Thing, _change: Change) -> Content:
        return erratum({ana: desk.inspect(ana)})

    follow(house, anew)
    said = {"version": 1, "properties": {"name": ["Ana K."]}}
    assert scene("XA office", "PUT", f"/records/{ana}", json=said).status == 200
    follow(house, anew)
    assert alerts(scene, "XB officer").count("report-erratum") >= 1
    steps = reports.call(LEAD, "GET", f"/{id}").json["history"]
    assert [s["did"] for s in steps].count("reprinted") == 2
    assert service.WALKED == "reports/walked"


def test_what_says_the_same_stays_with_its_readers_and_is_looked_at_once(
    reports: Reports, scene: Scene, house: House, standing: tuple[str, str, str]
) -> None:
    id, ivo, ana = standing
    asked: list[str] = []

    def anew(desk: Desk, publication: Thing, _change: Change) -> Same:
        asked.append(publication.id)
        return Same({one: desk.inspect(one) for one in (ivo, ana)})

    before = reports.copy("XB officer")
    follow(house, anew)
    follow(house, anew)
    assert asked == [id]
    assert reports.copy("XB officer") == before
    assert "report-erratum" not in alerts(scene, "XB officer")
    assert scene("XA office", "DELETE", f"/records/{ana}").status == 204  # it is still found by its sources
    follow(house, lambda _desk, _publication, _change: None)
    assert reports.copy("XB officer")["state"] == "suspended"
