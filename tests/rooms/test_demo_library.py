"""The library that the demo loads: published by two persons, with pictures, and told to those who asked."""

import json
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256

import pytest

from entente.app import open_house
from entente.core.problems import Faulty
from entente.core.things import Thing
from entente.demo import papers, specimens
from entente.demo.bureaus import join
from entente.demo.papers_content import PASSPORT
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.match.documents.patterns import Pattern, fits
from entente.rooms.bureaus import asker_for
from entente.rooms.papers import alerts, alerts_model, drawing, model, pictures, service, shown
from entente.settings import Settings


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("library")
    with closing(
        open_house(Settings(data=folder, store="memory:", text="memory:", blobs="memory:"))
    ) as house:
        with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
            join(desk)
        papers.load(house)
        yield house


@pytest.fixture
def desk(library: House) -> Iterator[Desk]:
    """Another bureau's officer, at his own desk."""
    with sit(library, HOUSE_ASKER) as desk:
        asker = asker_for(desk, "XD:officer@xd.example", "desk", "own desk")
        desk.note("see", what="an officer")
    with sit(library, asker, "see") as desk:
        yield desk


def version(desk: Desk, code: str) -> Thing:
    return next(v for v in service.browse(desk, model.Which()) if v.first("code") == code)


def content(desk: Desk, code: str) -> model.Content:
    return model.Content.model_validate_json(version(desk, code).first("content"))


def test_every_bureau_reads_the_documents_of_utopia(desk: Desk) -> None:
    found = {v.first("code"): v for v in service.browse(desk, model.Which(country="UTO"))}
    assert sorted(found) == ["UTO-AO-00901", "UTO-AO-01001", "UTO-BO-02001"]
    for one in found.values():
        told = shown.whole(desk, one)
        assert [step.did for step in told.history][:1] in (["begun"], ["published"])
        assert told.state == "published"


def test_a_number_in_the_hand_leads_to_its_version(desk: Desk) -> None:
    for holder, code in ((specimens.ANNA, "UTO-AO-01001"), (specimens.OLD_MARIA, "UTO-AO-00901")):
        found = service.browse(desk, model.Which(number=holder.number))
        assert [v.first("code") for v in found] == [code]


def test_the_passport_is_described_enough_for_a_comparison_and_a_card(desk: Desk) -> None:
    said = content(desk, "UTO-AO-01001")
    data = next(n for n, page in enumerate(said.pages) if page.kind == "data")
    assert {p.light for p in said.pages[data].pictures} == {"VIS", "UV365"}
    assert {a.name for a in said.anchors if a.kind == "emblem"} == {"arms", "kinegram"}
    assert {f.name for f in said.fields} >= {"portrait", "number", "zone"}
    assert len(said.features) >= 12 and all(f.verify and f.about for f in said.features)
    best = drawing.ranked(said.features)[0].feature
    assert best.term == "kinegram" and best.closeup and best.fake
    for box in [a.box for a in said.anchors] + [f.box for f in said.features if f.box]:
        assert box.x + box.width <= specimens.WIDTH and box.y + box.height <= specimens.HEIGHT


def test_every_picture_that_is_named_can_be_opened(desk: Desk) -> None:
    papers_found = [*service.browse(desk, model.Which()), *alerts.browse(desk, alerts_model.WhichAlerts())]
    named = [(paper, digest) for paper in papers_found for digest in paper.body.get("blobs", ())]
    assert len(named) >= 20
    for paper, digest in named:
        assert digest in paper.first("content")
        assert sha256(pictures.picture(desk, paper.id, digest)).hexdigest() == digest


def test_the_alert_marks_where_the_photo_was_exchanged(desk: Desk) -> None:
    found = alerts.browse(desk, alerts_model.WhichAlerts(code="UTO-AO-01001"))
    said = json.loads(found[0].first("content"))
    assert all(region["box"] and region["marker"] for region in said["regions"])
    assert sum(1 for region in said["regions"] if region["genuine"] and region["fake"]) == 3
    pattern = content(desk, "UTO-AO-01001").patterns[0].pattern
    assert all(fits(Pattern(pattern), number).whole for number in said["serials"])


def test_bureaus_that_subscribed_are_told_and_the_writer_is_not(library: House) -> None:
    told = {}
    for code in ("XA", "XB", "XC", "XD"):
        with sit(library, HOUSE_ASKER) as desk:
            asker = asker_for(desk, f"{code}:second@{code.lower()}.example", "desk", "own desk")
            desk.note("see", what="an officer")
        with sit(library, asker, "see") as desk:
            desk.note("see", what="alerts")
            told[code] = sum(
                1 for _, t in desk.table(["Alert"], limit=100) if t.first("what") == "paper-alert"
            )
    assert told == {"XA": 0, "XB": 2, "XC": 2, "XD": 0}


def test_a_holders_field_on_a_page_that_is_not_there_is_a_fault(library: House) -> None:
    with papers._as(library, papers.WRITER, "contribute") as desk:
        said = model.Content(
            pages=[model.PageForm(kind="data")],
            fields=[model.FieldForm(page=3, box=model.Box(x=1, y=1, width=2, height=2))],
        )
        with pytest.raises(Faulty) as wrong:
            service.draft(desk, PASSPORT.model_copy(update={"code": "UTO-AO-01002", "content": said}))
        desk.note("see", what="documents")
    assert [fault.where for fault in wrong.value.faults] == ["content/fields/0/page"]
