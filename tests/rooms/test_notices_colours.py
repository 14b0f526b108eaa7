"""What each colour must say: every fault at once, at submission; and the flags that a reviewer answers."""

from datetime import date

import pytest

from entente.rooms.notices.colours import ATTEST, COLOURS
from entente.rooms.notices.colours import FIELDS as EVERY_FIELD
from entente.rooms.notices.flags import flags_of
from entente.rooms.notices.requirements import missing, reaches_threshold
from rooms.noticed import DRAFTER, FIELDS, SECOND, Office, form
from rooms.scene import IVO, Scene, places


@pytest.fixture
def office(scene: Scene) -> Office:
    return Office(scene)


def faults_of(colour: str, fields: dict[str, str], subject: dict[str, object], attest: list[str]) -> set[str]:
    body = {name: (value,) for name, value in fields.items()} | {"colour": (colour,), "attest": tuple(attest)}
    record = {name: tuple(values) for name, values in subject.items()}
    return {f.where for f in missing(body, "Person" if record else "", record)}


def test_a_red_notice_with_nothing_is_told_everything_at_once(office: Office) -> None:
    notice = office.draft(fields={}, attest=[], subject=None)
    refused = office.act(DRAFTER, notice, "submit")
    assert refused.status == 422
    assert set(places(refused)) == {
        "subject",
        *(f"subject/properties/{p}" for p in ("name", "gender", "birthDate")),
        "photo",
        *(f"fields/{f}" for f in ("facts", "place", "date", "charge", "law", "maximum")),
        *(f"fields/{f}" for f in ("warrant", "warrantDate", "authority")),
        *(f"attest/{a}" for a in ("neutral", "ordinary", "extradition")),
    }


@pytest.mark.parametrize("name", sorted(FIELDS["red"]))
def test_each_field_of_a_red_notice_is_needed(office: Office, name: str) -> None:
    fields = {k: v for k, v in FIELDS["red"].items() if k != name}
    refused = office.act(DRAFTER, office.draft(fields=fields), "submit")
    assert (refused.status, set(places(refused))) == (422, {f"fields/{name}"})


@pytest.mark.parametrize("name", ["gender", "birthDate"])
def test_each_part_of_the_identity_is_needed(office: Office, name: str) -> None:
    person = {k: v for k, v in IVO.items() if k != name}
    notice = office.draft(subject={"kind": "Person", "properties": person})
    assert places(office.act(DRAFTER, notice, "submit")) == [f"subject/properties/{name}"]


def test_one_of_photo_prints_description_or_document_is_needed(office: Office) -> None:
    person = {k: v for k, v in IVO.items() if k != "passportNumber"}
    bare = office.draft(subject={"kind": "Person", "properties": person})
    assert places(office.act(DRAFTER, bare, "submit")) == ["photo"]
    for more in (
        {"fields": {**FIELDS["red"], "fingerprints": "FP-1"}, "subject": bare_subject(person)},
        {"subject": bare_subject({**person, "appearance": ["Scar on the chin"]})},
    ):
        assert office.act(DRAFTER, office.draft(**more), "submit").status == 200


def bare_subject(properties: dict[str, object]) -> dict[str, object]:
    return {"kind": "Person", "properties": properties}


@pytest.mark.parametrize(
    ("maximum", "remaining", "enough"),
    [
        ("2", None, True),
        ("1.99", None, False),
        ("1", "5", False),
        ("1", "6", True),
        (None, "6", True),
        (None, "5", False),
        ("life", None, True),
        ("0", "0", False),
    ],
)
def test_the_threshold_of_a_red_notice(
    office: Office, maximum: str | None, remaining: str | None, enough: bool
) -> None:
    fields = {k: v for k, v in FIELDS["red"].items() if k != "maximum"}
    fields |= {"maximum": maximum} if maximum else {}
    fields |= {"remaining": remaining} if remaining else {}
    answer = office.act(DRAFTER, office.draft(fields=fields), "submit")
    assert answer.status == (200 if enough else 422)
    if not enough:
        assert places(answer) == ["fields/maximum"]
        assert "RPD, article 83" in answer.json["faults"][0]["what"]


def test_the_threshold_is_not_told_away_by_the_second_officer(office: Office) -> None:
    """What is below it cannot be submitted, so that nobody gets to approve it."""
    notice = office.draft(fields={**FIELDS["red"], "maximum": "1"})
    assert office.act(DRAFTER, notice, "submit").status == 422
    assert office.act(SECOND, notice, "check", approve=True).status == 422


@pytest.mark.parametrize("colour", sorted(set(COLOURS) - {"red"}))
def test_every_other_colour_names_all_that_it_lacks(colour: str) -> None:
    lacks = faults_of(colour, {}, {}, [])
    wanted = len(COLOURS[colour].needs) + len(COLOURS[colour].attest) + COLOURS[colour].named
    assert len(lacks) == wanted
    assert "attest/neutral" in lacks, "every notice carries the attestation of neutrality"


@pytest.mark.parametrize("colour", sorted(COLOURS))
def test_a_whole_notice_of_a_colour_lacks_nothing(office: Office, colour: str) -> None:
    assert office.act(DRAFTER, office.draft(colour=colour), "submit").status == 200


@pytest.mark.parametrize(
    ("colour", "kind"), [("purple", "Person"), ("silver", "Person"), ("red", "Company"), ("green", "Vehicle")]
)
def test_a_colour_is_about_certain_kinds_only(scene: Scene, colour: str, kind: str) -> None:
    subject = {"kind": kind, "properties": {"name": ["X"]}}
    answer = scene(DRAFTER, "POST", "/notices", json=form(colour, subject=subject))
    assert (answer.status, places(answer)) == (422, ["subject/kind"])


def test_a_bad_draft_is_told_every_fault_and_keeps_nothing(office: Office, scene: Scene) -> None:
    answer = scene(
        DRAFTER,
        "POST",
        "/notices",
        json=form(
            reach="named",
            bureaus=["XQ"],
            until="2020-01-01",
            fields={"maximum": "many", "remaining": "-1", "shoe": "44", "date": "2025-02-31"},
            subject={"kind": "Person", "properties": {"name": ["X"], "birthDate": ["1980-02-31"]}},
        ),
    )
    assert answer.status == 422
    assert set(places(answer)) == {
        "bureaus",
        "until",
        *(f"fields/{f}" for f in ("maximum", "remaining", "shoe", "date")),
        "subject/properties/birthDate/0",
    }
    assert scene("XA office", "GET", "/records").json == []


def test_a_notice_to_all_names_nobody_and_a_diffusion_names_another(scene: Scene) -> None:
    for reach, bureaus in (("all", ["XB"]), ("named", []), ("named", ["XA"])):
        answer = scene(DRAFTER, "POST", "/notices", json=form(reach=reach, bureaus=bureaus))
        assert (answer.status, places(answer)) == (422, ["bureaus"])


def test_what_a_colour_needs_is_told_as_a_schema(scene: Scene) -> None:
    told = {c["name"]: c for c in scene("XB officer", "GET", "/notices/colours").json}
    assert set(told) == set(COLOURS)
    red = told["red"]["json_schema"]
    assert set(red["properties"]["fields"]["required"]) == set(FIELDS["red"]) - {"maximum"}
    assert ["maximum", "remaining"] in red["x-any-of"]
    assert red["properties"]["attest"]["allOf"] == [
        {"contains": {"const": a}} for a in ("neutral", "ordinary", "extradition")
    ]


def test_every_word_of_the_table_is_known() -> None:
    for name, colour in COLOURS.items():
        for group in colour.needs:
            for place in group:
                known = place in EVERY_FIELD or place == "photo" or place.startswith("subject/")
                assert known, f"{name} needs {place}"
        assert set(colour.attest) <= set(ATTEST) and set(colour.may) <= set(EVERY_FIELD)


def test_the_threshold_reads_what_was_never_said_as_nothing() -> None:
    assert not reaches_threshold({})


# --- flags ---------------------------------------------------------------------------------------

TODAY = date(2026, 1, 15)


def flagged(text: str = "", subject: dict[str, tuple[str, ...]] | None = None, **notice: str) -> list[str]:
    body = {"colour": ("blue",), "facts": (text,)} | {k: (v,) for k, v in notice.items()}
    return [f.id for f in flags_of(body, subject or {}, TODAY)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("He spoke against the regime", "politics"),
        ("Il a participé à une manifestation politique", "politics"),
        ("Participó en las ELECCIONES", "politics"),
        ("شارك في الانتخابات", "politics"),
        ("Blasphemy", "religion"),
        ("Profanation d'une église", "religion"),
        ("Quemó una mezquita", "religion"),
        ("بالمسجد الكبير", "religion"),
        ("of a tribe in the hills", "ethnicity"),
        ("appartient à une minorité", "ethnicity"),
        ("miembro de una tribu", "ethnicity"),
        ("من قبيلة", "ethnicity"),
        ("desertion from the army", "military"),
        ("déserteur", "military"),
        ("el ejército", "military"),
        ("هرب من الجيش", "military"),
        ("a case of adultery", "private"),
        ("garde d'enfants", "private"),
        ("cheque sin fondos", "private"),
        ("قضية طلاق", "private"),
    ],
)
def test_words_that_a_notice_must_not_touch_are_flagged(text: str, what: str) -> None:
    assert f"{what}:facts" in flagged(text)


@pytest.mark.parametrize(
    "text", ["He stole jewels from a shop", "Forgery of passports", "عشرة آلاف دينار", "Trafic de drogue", ""]
)
def test_ordinary_words_are_not(text: str) -> None:
    assert flagged(text) == []


def test_words_in_the_record_are_flagged_too() -> None:
    assert flagged(subject={"position": ("Member of parliament",)}) == ["politics:subject/position"]


@pytest.mark.parametrize("name", ["political", "religion", "ethnicity"])
def test_what_is_particularly_sensitive_is_flagged_whatever_it_says(name: str) -> None:
    assert flagged(subject={name: ("x",)}) == [f"sensitive:subject/{name}"]


@pytest.mark.parametrize(
    ("born", "minor"),
    [
        ("2008-01-15", False),
        ("2008-01-16", True),
        ("2010", True),
        ("2008", True),
        ("1971", False),
        ("2007", False),
    ],
)
def test_who_may_be_a_minor_is_flagged(born: str, minor: bool) -> None:
    assert flagged(subject={"birthDate": (born,)}) == (["minor:subject/birthDate"] if minor else [])


def test_a_penalty_that_only_just_reaches_the_threshold_is_flagged() -> None:
    assert flagged(colour="red", maximum="2.5") == ["threshold:maximum"]
    assert flagged(colour="red", remaining="8") == ["threshold:remaining"]
    assert flagged(colour="red", maximum="3", remaining="9") == []
    assert flagged(colour="red", maximum="life") == []
