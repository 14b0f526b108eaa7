"""Every row of "bad input" of the shared specification, C1.5, as far as a case study is concerned."""

import zlib
from hashlib import sha256
from typing import Any

import pytest

from rooms.cased import AUTHOR, Desk, claim, evidence, file, level, outcome, proceeding, reasons
from rooms.scene import Scene, places
from worlds.stage import Answer


@pytest.fixture
def cases(scene: Scene) -> Desk:
    return Desk(scene)


def pdf(pages: int, text: bool = True, packed: bool = True) -> bytes:
    """A PDF with so many pages; without text it draws a box, as a scan does."""
    drawn = b"BT /F1 12 Tf (The court finds) Tj ET" if text else b"0 0 100 100 re f"
    content = zlib.compress(drawn) if packed else drawn
    how = b"/Filter /FlateDecode " if packed else b""
    kids = b" ".join(b"%d 0 R" % (10 + n) for n in range(pages))
    objects = [
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj",
        b"2 0 obj\n<< /Type /Pages /Count %d /Kids [ %s ] >>\nendobj" % (pages, kids),
        b"3 0 obj\n<< %s/Length %d >>\nstream\n%s\nendstream\nendobj" % (how, len(content), content),
    ]
    objects += [
        b"%d 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 3 0 R >>\nendobj" % (10 + n) for n in range(pages)
    ]
    return b"%PDF-1.7\n" + b"\n".join(objects) + b"\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def packed_pdf(pages: int) -> bytes:
    """The same with its page tree in an object stream, as newer writers make it."""
    inside = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count %d /Kids [] >>" % pages]
    places_of = b"1 0 2 %d " % (len(inside[0]) + 1)
    data = zlib.compress(places_of + b" ".join(inside))
    head = b"/Type /ObjStm /N 2 /First %d /Filter /FlateDecode /Length %d" % (len(places_of), len(data))
    stream = b"5 0 obj\n<< %s >>\nstream\n%s\nendstream\nendobj\n" % (head, data)
    return b"%PDF-1.7\n" + stream + b"6 0 obj\n<< /Type /XRef /Root 1 0 R >>\nendobj\n%%EOF\n"


def kept(scene: Scene, case: dict[str, Any], data: bytes, number: int = 1) -> Answer:
    path = f"/cases/{case['id']}/evidence/{number}/file?version={case['version']}"
    return scene(AUTHOR, "PUT", path, raw=data)


def test_a_press_article_is_kept_and_lifts_nothing(cases: Desk) -> None:
    case = cases.drafted()
    case = cases.add(AUTHOR, case, "evidence", evidence(kind="press", title="The Norport Courier"))
    case = cases.add(AUTHOR, case, "claims", claim(object_crime="fraud", evidence=[2], text="They say so."))
    assert level(case, 2) == "P0" and "never-lifts" in {w["code"] for w in case["claims"][1]["proof"]["why"]}


def test_a_claim_without_evidence_is_a_draft_and_is_not_reviewed(cases: Desk) -> None:
    case = cases.add(AUTHOR, cases.drafted(), "claims", claim(evidence=[], object_crime="drugs"))
    assert case["claims"][1]["draft"] and level(case, 2) == "P0"
    refused = cases.act(AUTHOR, "POST", case, "/steps", step="complete")
    assert places(refused) == ["claims/2"]


def test_two_convicted_persons_are_no_group(cases: Desk) -> None:
    case = cases.drafted()
    two = proceeding(outcomes=[outcome("Ivo Marenko"), outcome("Sela Dorn")])
    case = cases.done(AUTHOR, "PUT", case, "/proceedings/1", proceeding=two)
    case = cases.finally_(AUTHOR, case)
    assert not case["group_proven"] and "group-unproven" in reasons(case)
    case = cases.ticked(AUTHOR, case, "1", persons=5)  # unless the judgment itself finds further members
    assert case["group_proven"]


def test_a_statute_below_four_years_is_no_serious_crime_whatever_is_ticked(cases: Desk) -> None:
    case = cases.drafted()
    mild = [outcome(name, max_penalty_months=36) for name in ("Ivo Marenko", "Sela Dorn", "Tam Orrel")]
    case = cases.done(AUTHOR, "PUT", case, "/proceedings/1", proceeding=proceeding(outcomes=mild))
    case = cases.finally_(AUTHOR, case)
    assert next(one["state"] for one in case["checklist"] if one["item"] == "6") == "not_met"
    assert not case["group_proven"] and level(case) == "P3"


def test_a_pinpoint_outside_the_document_is_refused(cases: Desk) -> None:
    case = cases.drafted()
    beyond = cases.act(AUTHOR, "PUT", case, "/evidence/1", evidence=evidence(pinpoint="p. 41"))
    assert beyond.status == 422 and places(beyond) == ["pinpoint"]


def test_a_file_is_counted_and_must_be_the_one_that_was_cited(cases: Desk, scene: Scene) -> None:
    case = cases.drafted()
    case = cases.done(AUTHOR, "DELETE", case, "/evidence/1/file")
    data = pdf(40)
    mismatch = kept(scene, case, data)
    assert mismatch.status == 422 and places(mismatch) == ["file"]
    digest = sha256(data).hexdigest()
    case = cases.done(AUTHOR, "PUT", case, "/evidence/1", evidence=evidence(sha256=digest, pages=0))
    answer = kept(scene, case, data)
    assert answer.status == 200, answer.text
    case = answer.json
    found = case["evidence"][0]["file"]
    assert found == {
        "sha256": digest,
        "size": len(data),
        "media": "application/pdf",
        "pages": 40,
        "text": True,
    }
    assert scene(AUTHOR, "GET", f"/cases/{case['id']}/evidence/1/file").body == data
    beyond = cases.act(
        AUTHOR, "PUT", case, "/evidence/1", evidence=evidence(sha256=digest, pages=900, pinpoint="p. 41")
    )
    assert places(beyond) == ["pinpoint"]  # what was counted holds, not what is typed
    other = cases.act(AUTHOR, "PUT", case, "/evidence/1", evidence=evidence(sha256="b" * 64))
    assert places(other) == ["sha256"]


def test_a_file_that_is_shorter_than_its_pinpoint_is_refused(cases: Desk, scene: Scene) -> None:
    case = cases.done(AUTHOR, "PUT", cases.drafted(), "/evidence/1", evidence=evidence(sha256="", pages=0))
    short = kept(scene, case, pdf(3))
    assert short.status == 422 and places(short) == ["pinpoint"]


@pytest.mark.parametrize(
    ("data", "pages", "text"),
    [
        (pdf(40), 40, True),
        (pdf(40, packed=False), 40, True),
        (pdf(40, text=False), 40, False),
        (packed_pdf(17), 17, False),
        (pdf(40) + pdf(52), 52, True),
        (b"%PDF-1.4\n1 0 obj << /Encrypt 2 0 R >>", 0, None),
        (b"The court finds that the group laundered money.\n", 0, True),
    ],
    ids=["packed", "plain", "scan", "object stream", "added to", "encrypted", "text"],
)
def test_pages_and_words_of_files(
    cases: Desk, scene: Scene, data: bytes, pages: int, text: bool | None
) -> None:
    case = cases.done(
        AUTHOR,
        "PUT",
        cases.drafted(),
        "/evidence/1",
        evidence=evidence(sha256="", pages=0, pinpoint="para 4"),
    )
    answer = kept(scene, case, data)
    assert answer.status == 200, answer.text
    found = answer.json["evidence"][0]["file"]
    assert (found["pages"], found["text"]) == (pages, text)
    flags = answer.json["claims"][0]["proof"]["flags"]
    assert ("no-text" in flags) is (text is False)


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04zip", b"\xff\xfe\x00", b"GIF89a\x00"], ids=["empty", "zip", "utf-16", "gif"]
)
def test_what_is_neither_pdf_nor_text_is_not_kept(cases: Desk, scene: Scene, data: bytes) -> None:
    refused = kept(scene, cases.drafted(), data)
    assert refused.status == 422 and places(refused) == ["file"]


def test_a_file_that_is_too_large_is_told_so(cases: Desk, scene: Scene) -> None:
    assert kept(scene, cases.drafted(), b"%PDF-" + b"0" * (25 << 20)).status == 413


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"title": "x" * 201}, ["title"]),
        ({"chapter": "gardening"}, ["chapter"]),
        ({"summary": "word " * 201}, ["summary"]),
        ({"goods": ["agro.pesticide", "gold.teeth"]}, ["goods/1"]),
        ({"countries": ["XA"]}, ["countries/0"]),
        ({"countries": ["xa", "xa"]}, ["countries"]),
        ({"period_from": "2024-02-30"}, ["period_from"]),
        ({"period_from": "2024-03-01", "period_to": "2023-03-01"}, ["period_to"]),
        ({"first_seizure": "2031-01-01"}, ["first_seizure"]),
        ({"personal_data": "none"}, ["personal_data_why"]),
        ({"level": "confidential"}, ["level"]),
        ({"see": ["XX"]}, ["see/0"]),
        ({"quantities": [{"what": "p", "amount": "2-3", "unit": "KGM"}]}, ["quantities/0/amount"]),
        ({"quantities": [{"what": "p", "amount": "-3", "unit": "KGM"}]}, ["quantities/0/amount"]),
        ({"proof": "P3"}, ["proof"]),
        ({"title": "A \u202ereversed title"}, ["title"]),
    ],
    ids=lambda one: one[0] if isinstance(one, list) else "",
)
def test_faults_of_the_file_stand_at_their_fields(
    scene: Scene, wrong: dict[str, Any], where: list[str]
) -> None:
    refused = scene(AUTHOR, "POST", "/cases", json=file(**wrong))
    assert refused.status == 422 and [one.strip("/") for one in places(refused)] == where


@pytest.mark.parametrize(
    ("part", "wrong", "where"),
    [
        ("claim", {"subject_event": "A fire"}, ["subject_party"]),
        ("claim", {"subject_party": None}, ["subject_party"]),
        ("claim", {"object_crime": ""}, ["object_crime"]),
        ("claim", {"object_crime": "", "object_party": 1}, ["object_party"]),
        ("claim", {"subject_party": 9}, ["subject_party"]),
        ("claim", {"evidence": [1, 9]}, ["evidence/1"]),
        ("claim", {"evidence": [1, 1]}, ["evidence"]),
        ("claim", {"link_type": "likes"}, ["link_type"]),
        ("claim", {"grade": "B2"}, ["scheme"]),
        ("claim", {"grade": "Z9", "scheme": "4x4"}, ["grade"]),
        ("claim", {"text": ""}, ["text"]),
        ("evidence", {"quote": "word " * 51}, ["quote"]),
        ("evidence", {"proceeding": 9}, ["proceeding"]),
        ("evidence", {"sha256": "abc"}, ["sha256"]),
        ("evidence", {"date": "2031-01-01"}, ["date"]),
        ("evidence", {"kind": "rumour"}, ["kind"]),
        ("proceeding", {"date": "2031-01-01"}, ["date"]),
        ("proceeding", {"appeal_deadline": "2025-01-01"}, ["appeal_deadline"]),
        ("proceeding", {"overturns": 9}, ["overturns"]),
        ("proceeding", {"overturns": 1}, ["overturns"]),
        ("proceeding", {"final_on": "2025-04-02"}, ["final_on"]),
        (
            "proceeding",
            {"outcomes": [outcome("", max_penalty_months=-1)]},
            ["outcomes/0/defendant", "outcomes/0/max_penalty_months"],
        ),
        ("proceeding", {"country": "Arvenia"}, ["country"]),
    ],
    ids=lambda one: one[0] if isinstance(one, list) else one if isinstance(one, str) else "",
)
def test_faults_of_parts_stand_at_their_fields(
    cases: Desk, part: str, wrong: dict[str, Any], where: list[str]
) -> None:
    case = cases.drafted()
    form = {"claim": claim, "evidence": evidence, "proceeding": proceeding}[part](**wrong)
    address = "evidence" if part == "evidence" else f"{part}s"
    refused = cases.act(AUTHOR, "PUT", case, f"/{address}/1", **{part: form})
    assert refused.status == 422
    assert [one.strip("/").removeprefix(f"{part}/") for one in places(refused)] == where


def test_what_something_names_is_not_taken_out(cases: Desk) -> None:
    case = cases.drafted()
    for rest in ("/parties/1", "/evidence/1", "/proceedings/1"):
        refused = cases.act(AUTHOR, "DELETE", case, rest)
        assert refused.status == 422, rest
    assert cases.act(AUTHOR, "DELETE", case, "/claims/9").status == 404
    assert cases.act(AUTHOR, "DELETE", case, "/events/1").status == 422


def test_an_item_is_met_by_evidence_alone(cases: Desk) -> None:
    case = cases.drafted()
    refused = cases.act(AUTHOR, "PUT", case, "/checklist/3", check={"answer": "met", "evidence": []})
    assert places(refused) == ["evidence"]
    assert (
        cases.act(AUTHOR, "PUT", case, "/checklist/9", check={"answer": "met", "evidence": [1]}).status == 422
    )


@pytest.mark.parametrize(
    ("on", "changed"),
    [
        ("2031-01-01", {}),
        ("2025-02-01", {}),
        ("2025-02-30", {}),
        ("2026-01-10", {"appeal_deadline": "2026-02-01"}),
        ("2025-05-01", {"appeal_filed": "2025-03-20"}),
        ("2025-05-01", {"date": "", "appeal_deadline": ""}),
    ],
    ids=["future", "before the judgment", "no day", "time runs", "appeal filed", "no date"],
)
def test_finality_is_not_confirmed_against_what_is_written(
    cases: Desk, on: str, changed: dict[str, Any]
) -> None:
    case = cases.drafted(final=False)
    if changed:
        case = cases.done(AUTHOR, "PUT", case, "/proceedings/1", proceeding=proceeding(**changed))
    refused = cases.act(AUTHOR, "POST", case, "/proceedings/1/final", final_on=on)
    assert refused.status == 422 and places(refused) == ["final_on"]


def test_query_words_that_nobody_knows_are_refused(scene: Scene) -> None:
    for path in ("/cases?proof=P3", "/cases/matrix?x=1", "/cases/across?limit=5", "/cases?limit=9999"):
        assert scene(AUTHOR, "GET", path).status == 422, path
