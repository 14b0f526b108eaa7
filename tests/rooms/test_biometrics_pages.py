"""Pages of biometrics that an examiner walks through: a search, its answer, verdicts, sets."""

import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile

import pytest

from entente.app import make_app
from entente.core.problems import NoPurpose
from entente.desk import House
from entente.match.prints.minutiae import Print
from entente.rooms.biometrics import enrolling
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.samples import record_of
from entente.settings import Settings
from rooms.biometric_scene import (
    EVERYONE,
    NOBODY,
    again,
    finger,
    hinting,
    judged,
    mark_of,
    read,
    searched,
    seated,
    set_of,
)
from rooms.posting import Upload
from rooms.scene import NOBODY as NOBODY_ELSE
from rooms.scene import Scene
from worlds.stage import Answer, Ask, Caller, Clock, Crew, Dice, memory_house, work

Page = Callable[..., Answer]
PROBE = again(finger(1), 1)
PNG = b"\x89PNG\r\n\x1a\n that nobody decodes here"


def files(*prints: Print) -> list[tuple[str, bytes]]:
    return [(f"{n}.fmr", b64decode(record_of(one))) for n, one in enumerate(prints)]


def comparison_in(answer: Answer) -> str:
    found = re.search(r"/biometrics/comparisons/([0-9a-f]{32})", answer.text)
    assert found, answer.text
    return found[1]


@dataclass(frozen=True, slots=True)
class Named(Upload):
    """A form whose one file is of a field with a name of its own."""

    field_name: str = "finger-2"

    def spelled(self, who: object) -> tuple[dict[str, str], bytes]:
        headers, body = Upload.spelled(self, who)  # type: ignore[arg-type]
        body = body.replace(b'name="files"', f'name="{self.field_name}"'.encode())
        return headers | {"content-length": str(len(body))}, body


@pytest.fixture
def theirs(house: House, crew: Crew) -> str:
    """XB's set of the finger that is asked for."""
    id = set_of(house, crew["XB office"], [finger(1)], title="Harbour, flat").id
    work(house)
    return id


@pytest.fixture
def answer(page: Page, theirs: str) -> Answer:
    """What XA's officer gets for another print of that finger."""
    found = page("XA officer", "POST", "/biometrics/search", [("against", "persons")], files=files(PROBE))
    assert found.status == 200, found.text
    return found


def verdict_of(page: Page, answer: Answer, verdict: str, **more: str) -> Answer:
    path = re.search(r'action="(/biometrics/searches/[^"]+)"', answer.text)
    assert path
    return page("XA officer", "POST", path[1], [("verdict", verdict), ("marked", "7"), *more.items()])


def test_a_candidate_stands_beside_what_was_asked_and_its_score_is_folded_away(
    answer: Answer, theirs: str
) -> None:
    assert 'action="/biometrics/searches/' in answer.text
    assert f"/candidates/{theirs}" in answer.text
    assert "Harbour, flat" in answer.text
    assert answer.text.count('class="pane"') == 2
    numbers = [int(n) for n in re.findall(r"<text [^>]+>(\d+)</text>", answer.text)]
    assert len(numbers) >= 20, "pairs are numbered on both sides"
    assert numbers[: len(numbers) // 2] == numbers[len(numbers) // 2 :]
    fold = answer.text.index('<details class="later">')
    assert fold < answer.text.index("one in 10 to the power of this") < answer.text.index("</details>", fold)
    assert dict(answer.headers)["cache-control"] == "no-store"
    assert 'name="back" value="/biometrics"' in answer.text, "a language is chosen, and the search is at hand"


def test_an_owner_who_only_hints_is_named_and_nothing_else(page: Page, house: House, crew: Crew) -> None:
    both = [finger(1), finger(2, 7)]
    set_of(house, crew["XC office"], both, hinting("XA"), title="Hidden name")
    work(house)
    asked = files(*(again(one, 1) for one in both))
    found = page("XA officer", "POST", "/biometrics/search", [], files=asked)
    assert "This bureau has something that may be of the same person." in found.text
    assert "Hidden name" not in found.text
    assert "compare-prints" not in found.text


def test_nobody_is_near_is_said_and_proves_nothing(page: Page, theirs: str) -> None:
    found = page("XA officer", "POST", "/biometrics/search", [], files=files(finger(99)))
    assert "Nobody is near" in found.text


def test_the_search_stands_among_the_recent_ones_without_a_candidate(page: Page, answer: Answer) -> None:
    text = page("XA officer", "GET", "/biometrics").text.split("My recent searches", 1)[1]
    assert "Right index finger" in text
    assert "Harbour" not in text
    for other in ("XA analyst", "XB analyst"):
        listed = page(other, "GET", "/biometrics").text.split("My recent searches", 1)[1]
        assert "Right index finger" not in listed


def test_without_a_purpose_the_form_asks_for_it_and_nothing_is_read(
    ask: Page, crew: Crew, theirs: str
) -> None:
    caller: Caller = ask.__self__  # type: ignore[attr-defined]
    sent = Upload("POST", "/biometrics/search", form=[("against", "persons")], files=files(PROBE), purpose="")
    found = caller(crew["XA officer"], sent)
    assert found.status == NoPurpose.status
    assert 'name="purpose"' in found.text
    given = [("purpose", "identify"), ("justification", "XA-9")]
    sent = Upload("POST", "/biometrics/search", form=given, files=files(PROBE), purpose="")
    found = caller(crew["XA officer"], sent)
    assert found.status == 200
    assert "inquiry_purpose=identify" in str(found.headers)


def test_what_is_searched_with_never_goes_through_a_file(
    page: Page, theirs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rolled(_self: object) -> None:
        pytest.fail("A temporary file was made.")

    monkeypatch.setattr(SpooledTemporaryFile, "rollover", rolled)
    large = files(PROBE)[0][1] + bytes(3 << 20)
    assert page("XA officer", "POST", "/biometrics/search", [], files=[("1.fmr", large)]).status in (200, 422)


def test_a_file_that_is_no_print_leads_back_to_its_field(ask: Page, crew: Crew) -> None:
    caller: Caller = ask.__self__  # type: ignore[attr-defined]
    sent = Named("POST", "/biometrics/search", form=[], files=[("letter.txt", b"Dear colleague")])
    found = caller(crew["XA officer"], sent)
    assert found.status == 422
    assert '<a href="#f-finger-2">letter.txt</a>' in found.text
    assert 'id="f-finger-2"' in found.text
    nothing = caller(crew["XA officer"], Ask("POST", "/biometrics/search", form=[("against", "persons")]))
    assert nothing.status == 422
    assert '<a href="#f-files">' in nothing.text


def test_a_verdict_takes_the_place_of_its_form_or_is_a_page_of_its_own(
    ask: Page, crew: Crew, page: Page, answer: Answer, theirs: str
) -> None:
    path = re.search(r'action="(/biometrics/searches/[^"]+)"', answer.text)
    assert path
    form = [("verdict", "hit"), ("marked", "3"), ("text", "Delta agrees")]
    part = ask(crew["XA officer"], "POST", path[1], form=form, headers={"hx-request": "true"})
    assert part.status == 200
    assert part.text.startswith("<p") and "second examiner" in part.text
    again = page("XA officer", "POST", path[1], form)
    assert again.status == 422, "a candidate is judged once by the first"


def test_no_hit_by_the_first_is_final(page: Page, answer: Answer) -> None:
    done = verdict_of(page, answer, "no-hit")
    assert done.status == 200
    assert "<html" in done.text and "Your verdict was kept." in done.text
    shown = page("XA analyst", "GET", f"/biometrics/comparisons/{comparison_in(done)}").text
    assert "What the examiners said" in shown
    assert "Give the files" not in shown


def test_the_second_examiner_gives_the_files_judges_blind_and_then_reads_both(
    page: Page, answer: Answer, scene: Scene
) -> None:
    id = comparison_in(verdict_of(page, answer, "hit", text="Delta agrees"))
    path = f"/biometrics/comparisons/{id}"
    assert id in page("XA analyst", "GET", "/biometrics/comparisons").text
    before = page("XA analyst", "GET", path)
    assert "Give the files that were searched with" in before.text
    assert "It was searched with: <b>Right index finger</b>" in re.sub(r"\s+", " ", before.text)
    wrong = page("XA analyst", "POST", f"{path}/pictures", [], files=files(finger(1)))
    assert wrong.status == 422
    assert "This is not the picture that was searched" in wrong.text
    laid = page("XA analyst", "POST", f"{path}/pictures", [], files=files(PROBE))
    assert laid.status == 200
    assert laid.text.count('class="pane"') == 2
    for told in (before, laid):
        assert not re.search(r"Delta agrees|Show the score|What the examiners said", told.text)
    token = re.search(r'name="token" value="([^"]+)"', laid.text)
    assert token
    unproved = page("XA analyst", "POST", f"{path}/verdict", [("verdict", "hit"), ("token", "")])
    assert unproved.status == 422
    form = [("verdict", "hit"), ("token", token[1]), ("text", "Core too")]
    assert page("XA analyst", "POST", f"{path}/verdict", form).status == 303
    done = page("XA analyst", "GET", path).text
    assert "Delta agrees" in done and "Core too" in done and "Hit, by two examiners" in done
    hit = re.search(r'href="(/hits/[^"]+)"', done)
    assert hit
    assert page("XB officer", "GET", hit[1]).status == 200


def test_the_first_examiner_is_not_the_second(page: Page, answer: Answer) -> None:
    id = comparison_in(verdict_of(page, answer, "hit"))
    shown = page("XA officer", "GET", f"/biometrics/comparisons/{id}").text
    assert "Give the files" not in shown
    sent = page("XA officer", "POST", f"/biometrics/comparisons/{id}/pictures", [], files=files(PROBE))
    assert sent.status == 422


def test_another_bureau_finds_no_comparison_of_ours(page: Page, answer: Answer) -> None:
    id = comparison_in(verdict_of(page, answer, "hit"))
    for path in (f"/biometrics/comparisons/{id}", f"/biometrics/comparisons/{id}/theirs/0"):
        assert page("XB officer", "GET", path).status == 404


@pytest.fixture
def read_after(tmp_path: Path) -> Iterator[dict[str, Sequence[Answer]]]:
    """By the first verdict: the pages that another reads while it waits, each in a world of its own."""
    read: dict[str, Sequence[Answer]] = {}
    for verdict, marked in (("hit", 9), ("inconclusive", 0)):
        dice = Dice()
        house, crew = memory_house(Clock(), dice)
        caller = Caller(
            make_app(Settings(data=tmp_path, answer_grid_ms=0, officer_rate=1e6), house, work=False)
        )
        scene = Scene(caller.ask, crew)
        set = set_of(house, crew["XB office"], [finger(1)]).id
        search = searched(scene, "XA officer", PROBE)["search"]
        id = judged(scene, "XA officer", search, set, verdict, marked=marked).json["id"]
        dice.seed("the second")
        paths = ("", "/comparisons", "/comparisons?which=all", f"/comparisons/{id}", f"/sets/{set}")
        asks = [Ask("GET", f"/biometrics{path}") for path in paths]
        asks.append(Upload("POST", f"/biometrics/comparisons/{id}/pictures", form=[], files=files(PROBE)))
        read[verdict] = [caller(crew["XA analyst"], one) for one in asks]
        caller.close()
        house.close()
    yield read


def test_no_page_of_the_second_depends_on_the_first_verdict(read_after: dict[str, Sequence[Answer]]) -> None:
    for hit, inconclusive in zip(*read_after.values(), strict=True):
        assert hit.status == inconclusive.status == 200
        assert hit.body == inconclusive.body


# --- sets ----------------------------------------------------------------------------------------


def enrolled(page: Page, prints: Sequence[Print], *form: tuple[str, str], who: str = "XA office") -> str:
    done = page(who, "POST", "/biometrics/enrol", [("title", "Quay"), *form], files=files(*prints))
    assert done.status == 303, done.text
    return dict(done.headers)["location"]


def test_a_set_is_enrolled_seen_described_anew_and_taken_back(page: Page, scene: Scene) -> None:
    person = scene.contribute(handling=NOBODY_ELSE)["id"]
    where = f"https://entente.example/records/{person}?search=1"
    path = enrolled(page, [finger(1), finger(2, 7)], ("person", where), ("see_mode", "named"))
    shown = page("XA office", "GET", path).text
    assert "Ivo Marenko" in shown
    assert "Right index finger" in shown and "Left index finger" in shown
    assert "Missing: Right thumb" in shown
    assert page("XB office", "GET", path).status == 404
    form = [("version", "1"), ("title", "Pier"), ("see_mode", "everyone"), ("person", person)]
    assert page("XA office", "POST", f"{path}/handling", form).status == 303
    assert "Pier" in page("XB office", "GET", path).text
    late = page("XA office", "POST", f"{path}/handling", form)
    assert late.status == 409 and "Somebody changed it meanwhile" in late.text
    assert path in page("XA office", "GET", f"/biometrics/persons/{person}").text
    asks = page("XA office", "GET", path).text.split(f'action="{path}/withdraw"', 1)[1].split("</form>", 1)[0]
    assert asks.index('<details class="asks">') < asks.index("Take the set back for good")
    assert page("XA office", "POST", f"{path}/withdraw", []).status == 303
    assert page("XA office", "GET", path).status == 404


def test_faults_of_an_enrolment_are_told_where_it_was_sent_from_and_keep_what_was_typed(page: Page) -> None:
    form = [("title", "Quay"), ("person", "0" * 32), ("expires", "2026-99-99"), ("see_mode", "everyone")]
    done = page("XA office", "POST", "/biometrics/enrol", form, files=files(finger(1)))
    assert done.status == 422
    assert '<a href="#f-expires">' in done.text
    assert 'value="Quay"' in done.text
    assert re.search(r'value="everyone" checked', done.text)
    form = [("person", "0" * 32)]
    done = page("XA office", "POST", "/biometrics/enrol", form, files=files(finger(1)))
    assert '<a href="#f-person">' in done.text


def test_only_contributors_enrol(page: Page) -> None:
    assert page("XA officer", "GET", "/biometrics/enrol").status == 403
    assert page("XA officer", "POST", "/biometrics/enrol", [], files=files(finger(1))).status == 403
    assert "/biometrics/enrol" not in page("XA officer", "GET", "/biometrics").text


def test_a_mark_is_solved_and_unsolved_again(page: Page, house: House, crew: Crew) -> None:
    id = mark_of(house, crew["XA office"], finger(3).at(0), NOBODY, title="On the safe").id
    path = f"/biometrics/sets/{id}"
    assert "It is solved" in page("XA office", "GET", path).text
    assert page("XA office", "POST", f"{path}/solved", [("solved", "yes")]).status == 303
    assert "Unsolved again" in page("XA office", "GET", path).text
    listed = page("XA office", "GET", "/biometrics/sets?which=mine&sort=mark").text
    assert "On the safe" in listed
    assert "On the safe" not in page("XA office", "GET", "/biometrics/sets?which=mine&sort=person").text


def test_a_set_of_others_asks_for_a_purpose_whether_it_exists_or_not(
    ask: Page, crew: Crew, theirs: str, house: House
) -> None:
    hidden = set_of(house, crew["XB office"], [finger(5)], NOBODY).id
    told = [
        ask(crew["XA officer"], "GET", f"/biometrics/sets/{id}", purpose="")
        for id in (theirs, hidden, "0" * 32)
    ]
    assert [one.status for one in told] == [NoPurpose.status] * 3
    assert len({one.text.replace(theirs, "").replace(hidden, "").replace("0" * 32, "") for one in told}) == 1
    listed = ask(crew["XA officer"], "GET", "/biometrics/sets?which=all", purpose="")
    assert "opened for a purpose" in listed.text and theirs not in listed.text
    assert theirs in ask(crew["XA officer"], "GET", "/biometrics/sets?which=all").text


@pytest.fixture
def pictured(house: House, crew: Crew) -> str:
    """XB's set of the finger that is asked for, with a picture of it: eight bytes and a few more."""
    form = m.Enrolment(files=[m.File(data="")], handling=EVERYONE)
    with seated(house, crew["XB office"], "contribute", writing=True) as desk:
        id = enrolling.kept(desk, form, [read(finger(1), picture=PNG)]).id
    work(house)
    return id


def test_a_kept_picture_is_fetched_by_whoever_sees_the_set_and_no_cache_keeps_it(
    page: Page, ask: Page, crew: Crew, pictured: str
) -> None:
    path = f"/biometrics/sets/{pictured}/samples/0"
    found = page("XA officer", "GET", path)
    assert (found.status, found.body) == (200, PNG)
    assert dict(found.headers)["content-type"] == "image/png"
    assert dict(found.headers)["cache-control"] == "no-store"
    assert f'src="{path}"' in page("XA officer", "GET", f"/biometrics/sets/{pictured}").text
    assert ask(crew["XA officer"], "GET", path, purpose="").status == NoPurpose.status


def test_the_second_sees_the_picture_for_the_inquiry_of_the_search(
    page: Page, ask: Page, crew: Crew, pictured: str, scene: Scene
) -> None:
    search = searched(scene, "XA officer", PROBE)["search"]
    id = judged(scene, "XA officer", search, pictured).json["id"]
    path = f"/biometrics/comparisons/{id}/theirs/0"
    laid = page("XA analyst", "POST", f"/biometrics/comparisons/{id}/pictures", [], files=files(PROBE))
    assert f'src="{path}"' in laid.text
    assert ask(crew["XA analyst"], "GET", path, purpose="").body == PNG
    for wrong in ("mine/0", "theirs/1", "others/0"):
        assert page("XA analyst", "GET", f"/biometrics/comparisons/{id}/{wrong}").status == 404


def test_a_sample_without_a_picture_has_none_to_show(page: Page, theirs: str) -> None:
    assert "No picture came with it" in page("XA officer", "GET", f"/biometrics/sets/{theirs}").text
    assert page("XA officer", "GET", f"/biometrics/sets/{theirs}/samples/0").status == 404
    assert page("XA officer", "GET", f"/biometrics/sets/{theirs}/samples/9").status == 404
