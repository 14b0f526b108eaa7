"""What the demo shows of cases, the casebook and threat assessments. Everybody in them is invented."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from entente.app import open_house
from entente.core.problems import Faulty
from entente.demo import assessment, cases, cases_files
from entente.demo.bureaus import join
from entente.demo.cases_content import contents, retrial
from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.publications import docx, html, printing, reading
from entente.rooms.reports import service
from entente.rooms.reports.assessments import keeping, shown
from entente.rooms.reports.casebook import service as casebooks
from entente.rooms.reports.casebook.book import Book
from entente.rooms.reports.cases import across, files, writing
from entente.rooms.reports.cases import model as m
from entente.rooms.reports.cases.case import Case
from entente.rooms.reports.model import CHAPTERS
from entente.settings import Settings

REFUSED = {"Market Day": {"group-unproven"}, "A Field of Empty Cans": {"no-final-claim", "group-unproven"}}
HARVEST = "The Harvest That Never Grew"
LINK = re.compile(r"^(XA|XB|XC|XD)-CASE-\d{4}-[0-9A-F]{8} C\d+: .*SHA-256 [0-9a-f]{64}\)$")
READER = "officer@xb.example"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    settings = Settings(
        data=tmp_path_factory.mktemp("cases"), store="memory:", text="memory:", blobs="memory:"
    )
    with closing(open_house(settings)) as house:
        with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
            join(desk)
        cases.load(house)
        assessment.load(house)
        yield house


def every(house: House) -> list[tuple[Case, service.Judged]]:
    with cases.at(house, cases.AUTHOR, "see", writing=False) as desk:
        desk.note("see", what="case studies")
        return [(case, service.judge(desk, case)) for case in service.every(desk)]


def book(house: House) -> Book:
    with cases.at(house, cases.AUTHOR, "see", writing=False) as desk:
        desk.note("see", what="casebook")
        (found,) = casebooks.every(desk)
        return found


def copy(house: House) -> dict[str, Any]:
    """What stands in the copy of Belmark."""
    with cases.at(house, READER, "see", writing=False) as desk:
        desk.note("see", what="reports")
        (id,) = [row.id for row in reading.copies(desk) if row.title == cases.book()["title"]]
        return reading.document(desk, reading.copy_of(desk, id))


def test_25_cases_are_admitted_and_2_are_refused_for_what_is_written_in_them(house: House) -> None:
    found = every(house)
    assert len(found) == 27
    assert {case.form.chapter for case, _ in found} == set(CHAPTERS)
    out = {
        case.form.title: {reason.code for reason in judged.admission.reasons}
        for case, judged in found
        if not judged.admission.admitted
    }
    assert out == REFUSED
    for case, judged in found:
        assert case.reviewers and judged.palermo.ocg_proven is (case.form.title not in REFUSED)


def test_one_case_is_under_appeal_one_pleaded_guilty_and_one_link_is_only_said(house: House) -> None:
    levels = {
        case.form.title: [level.code for _, level in sorted(judged.levels.items())]
        for case, judged in every(house)
    }
    assert levels["A Field of Empty Cans"] == ["P2"]
    assert set(levels["Blue Diamonds by Post"]) == {"PR"}
    assert levels["Charcoal for Cartridges"] == ["P3", "P3", "P0"]
    assert levels["Market Day"] == ["P3"]


def test_each_link_of_the_printed_book_has_a_footnote_that_resolves_to_a_kept_file(house: House) -> None:
    document = copy(house)
    links = [link for one in document["more"]["casebook"]["cases"] for link in one["links"]]
    kept = {case.reference: case for case, _ in every(house)}
    asserted = sum(len(one.said["links"]) for one in contents(house.clock().date())
                   if one.said["title"] not in REFUSED)  # fmt: skip
    assert len(document["more"]["casebook"]["cases"]) == 25
    assert len(links) == len(document["notes"]) == asserted
    for one in document["more"]["casebook"]["cases"]:
        case = kept[one["reference"]]
        for link in one["links"]:
            for said in link["evidence"]:
                evidence = case.evidence[int(said["id"][1:])]
                assert evidence.file is not None
                data = house.blobs.open(evidence.file.digest)
                assert sha256(data).hexdigest() == said["sha256"] == evidence.hash
                assert said["pinpoint"] == evidence.form.pinpoint != ""
                paragraph = said["pinpoint"].rpartition("para ")[2]
                if data[:5] != b"%PDF-":
                    assert f"{paragraph}. {link['text'][:20]}" in data.decode() or link["is"] == "possible"
    assert all(LINK.match(note["text"]) for note in document["notes"])


def test_no_protected_name_and_no_name_of_an_initialled_person_is_printed(house: House) -> None:
    said = json.dumps(copy(house), ensure_ascii=False)
    for one in contents(house.clock().date()):
        hidden = [name for name, _ in one.said.get("protected", ())]
        if one.said.get("named") != "named":
            hidden += [person["name"] for person in one.tried]
        assert not [name for name in hidden if name in said]


def test_the_matrix_counts_domains_of_goods_against_crimes(house: House) -> None:
    with cases.at(house, cases.AUTHOR, "see", writing=False) as desk:
        found = across.matrix(desk)
        crossed = across.across(desk)
    assert (found.cases, found.n) == (27, 27)
    cell = next(one for one in found.cells if (one.goods, one.crime) == ("ipr", "fraud"))
    assert cell.n >= 3 and cell.lift is not None and cell.p is not None
    assert {"Warehouse 7, free zone of Cordava", "Road Cordava to Arvenia"} <= {
        one.name for one in crossed.shared
    }
    assert crossed.months.n == 26


def test_this_year_s_assessment_waits_for_a_third_and_is_held_against_last_year_s(house: House) -> None:
    with cases.at(house, "officer@xd.example", "see", writing=False) as desk:
        desk.note("see", what="assessments")
        now, before = [shown.whole(desk, one) for one in keeping.every(desk)]
        waits = assessment.scoring.waits_for(keeping.look(desk, now.id))
        mine = waits[desk.asker.bureau]
    assert (now.state, before.state) == ("scoring", "locked")
    states = {place.code: place.state for place in now.places}
    assert states == {"xa": "reviewed", "xb": "reviewed", "xc": "third", "xd": "reviewed"}
    assert mine == [("xc", "third")]
    assert {one.code for one in now.places if one.total is None} == {"xc"}
    assert now.agreement.pairs == 128 and now.agreement.thirds == 1
    assert now.agreement.kappa is not None and 0.7 < now.agreement.kappa < 1
    assert all(place.total is not None for place in before.places)


def test_the_specimens_have_a_judgment_to_cite_and_a_scan_without_words() -> None:
    made = cases_files.files(date(2026, 3, 1))
    assert made == cases_files.files(date(2026, 3, 1))
    read = {name: files.read(data) for name, data in made.items() if "refused" not in name}
    assert read["cases/judgment.pdf"].pages == 1 and read["cases/judgment.pdf"].text
    assert read["cases/scan.pdf"].text is False
    with pytest.raises(Faulty):
        files.read(made["cases/refused/no document.docx"])


def test_the_overturned_appeal_takes_the_case_out_and_the_house_prints_the_erratum(
    house: House, work: Callable[[House], None]
) -> None:
    (harvest,) = [case for case, _ in every(house) if case.form.title == HARVEST]
    new = retrial(house.clock().date())
    outcomes = [
        m.OutcomeForm(defendant=one.defendant, charge=one.charge, verdict="acquitted")
        for one in harvest.proceedings[1].form.outcomes
    ]
    form = m.ProceedingForm(
        court=new.court, country="xa", stage="retrial", date=new.day.isoformat(), outcomes=outcomes,
        standard="beyond_reasonable_doubt", overturns=1,
    )  # fmt: skip
    with cases.at(house, "officer@xa.example", "case") as desk:
        edit = m.ProceedingEdit(version=harvest.thing.version, proceeding=form)
        writing.add_proceeding(desk, harvest.id, edit)
    work(house)
    after = {case.form.title: judged for case, judged in every(house)}
    assert {level.code for level in after[HARVEST].levels.values()} == {"PX"}
    assert sum(judged.admission.admitted for judged in after.values()) == 24
    kept = book(house)
    assert [(one.what, one.reference) for one in kept.errata] == [("demoted", harvest.reference)]
    document = copy(house)
    assert document["more"]["casebook"]["counter"]["admitted"] == 24
    assert HARVEST not in json.dumps(document)
    marked = printing.Marked(1, "XB", kept.thing.first("sha256"))
    for made in (printing.pdf, html.page, docx.docx):
        assert len(made(document, marked)) > 20_000
