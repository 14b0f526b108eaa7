"""What a check may not do: tell of another state's document, widen, be decided twice, leave things behind."""

from collections.abc import Callable
from typing import Any

import pytest

from entente.desk import House
from entente.match.mrz import check_digit
from rooms.posting import Upload
from rooms.scene import NOBODY, Scene, only
from rooms.test_papers_checks import LINES, OFFICER, content, photograph, photographed, step, typed, version
from rooms.test_papers_library import FORM
from rooms.test_papers_lost import NUMBER, reported
from worlds.stage import work

SENIOR, SECOND, WRITER = "XA office", "XA supervisor", "XA contributor"
WHY = "The kinegram is a sticker."


def zone(issuer: str, number: str) -> list[str]:
    first = f"P<{issuer}MARENKO<<IVO".ljust(44, "<")
    parts = [one + check_digit(one) for one in (number.ljust(9, "<"), "710305", "300101")]
    rest = "<" * 15
    second = f"{parts[0]}{issuer}{parts[1]}M{parts[2]}{rest}"
    return [first, second + check_digit("".join(parts) + rest)]


def found_false(scene: Scene, check: dict[str, Any], who: str = OFFICER) -> dict[str, Any]:
    check = step(scene, check, "answers", who, answers=[{"feature": 0, "said": "wrong", "note": "My words"}])
    return step(scene, check, "verdict", who, verdict="false", why=WHY)


def test_a_number_that_another_state_lost_is_told_as_that_and_holders_are_compared(scene: Scene) -> None:
    reported(scene, surname="Marenko", given="Ivo", birth="1971-03-05")
    check = typed(scene, zone("FRA", NUMBER))
    told = [(m["line"], m["same_holder"]) for one in check["lost"] for m in one["matches"]]
    assert told == [("other", "yes")]


@pytest.mark.parametrize(
    ("birth", "same"), [("1971-03-05", "yes"), ("1971", "yes"), ("1981-03-05", "unknown"), ("", "yes")]
)
def test_a_holder_whose_year_of_birth_was_changed_is_not_called_the_same(
    scene: Scene, birth: str, same: str
) -> None:
    reported(scene, surname="Marenko", given="Ivo", birth=birth)
    check = typed(scene, zone("FRA", NUMBER))
    assert [m["same_holder"] for one in check["lost"] for m in one["matches"]] == [same]


def test_a_draft_alert_is_no_wider_than_the_version_that_it_tells_of(scene: Scene) -> None:
    form = FORM | {"content": content(), "title": "SECRET", "handling": only("XA", level="confidential")}
    made = scene("XB office", "POST", "/papers/versions", json=form).json
    path = f"/papers/versions/{made['id']}"
    sent = scene("XB office", "POST", f"{path}/submit", json={"seen": made["seen"]}).json
    scene("XB chief", "POST", f"{path}/review", json={"seen": sent["seen"], "approve": True})
    check = found_false(scene, typed(scene, who=SENIOR), SENIOR)
    assert check["content"]["version"] == made["id"]
    drafted = scene(SENIOR, "POST", f"/papers/checks/{check['id']}/alert")
    assert drafted.status == 201, drafted.text
    assert scene(OFFICER, "GET", f"/papers/alerts/{drafted.json['id']}").status == 404
    assert (drafted.json["handling"]["level"], drafted.json["handling"]["mode"]) == ("confidential", "named")


def test_whose_words_an_alert_takes_over_does_not_review_it_and_one_alert_is_enough(scene: Scene) -> None:
    version(scene)
    check = found_false(scene, typed(scene, who=SECOND), SECOND)
    made = scene(WRITER, "POST", f"/papers/checks/{check['id']}/alert").json
    assert scene(WRITER, "POST", f"/papers/checks/{check['id']}/alert").status == 422
    sent = scene(WRITER, "POST", f"/papers/alerts/{made['id']}/submit", json={"seen": made["seen"]}).json
    said = {"seen": sent["seen"], "approve": True}
    assert scene(SECOND, "POST", f"/papers/alerts/{made['id']}/review", json=said).status == 403


def test_whoever_passed_it_on_does_not_decide_it(scene: Scene) -> None:
    check = step(scene, typed(scene), "escalate", level=3, why="I do not know this one.")
    said = {"seen": check["seen"], "verdict": "genuine"}
    refused = scene(OFFICER, "POST", f"/papers/checks/{check['id']}/verdict", json=said, purpose="border")
    assert refused.status == 422
    assert step(scene, check, "verdict", SECOND, verdict="genuine")["verdict"] == "genuine"


def test_what_is_closed_is_deleted_by_its_officer_or_a_supervisor(scene: Scene) -> None:
    first, second = (step(scene, typed(scene), "verdict", verdict="false", why=WHY) for _ in range(2))
    assert scene(WRITER, "DELETE", f"/papers/checks/{first['id']}").status == 403
    assert scene(OFFICER, "DELETE", f"/papers/checks/{first['id']}").status == 204
    assert scene(SECOND, "DELETE", f"/papers/checks/{second['id']}").status == 204


def test_how_a_page_differs_from_a_specimen_goes_with_the_specimen(scene: Scene) -> None:
    kept = version(scene, pictured=True)
    check = photographed(scene)
    held, path = check["content"]["comparison"], f"/papers/pictures/{check['id']}"
    assert scene(OFFICER, "GET", f"{path}/{held['map']}").status == 200
    gone = {"why": "It was wrong from the start."}
    scene("XB supervisor", "POST", f"/papers/versions/{kept['id']}/withdraw", json=gone)
    assert scene(OFFICER, "GET", f"{path}/{held['map']}").status == 404
    assert scene(OFFICER, "GET", f"{path}/{check['content']['picture']}").status == 200


def test_a_draft_is_no_version_to_check_against(scene: Scene) -> None:
    draft = scene(WRITER, "POST", "/papers/versions", json=FORM | {"handling": NOBODY}).json
    said = {"seen": typed(scene)["seen"], "version": draft["id"]}
    check = scene(OFFICER, "GET", "/papers/checks").json[0]["id"]
    assert scene(OFFICER, "PUT", f"/papers/checks/{check}/version", json=said).status == 404


class Form(Upload):
    """A form of a page with one picture in it."""

    def spelled(self, who: Any) -> Any:
        headers, body = super().spelled(who)
        body = body.replace(b'name="files"', b'name="picture"')
        return headers | {"content-length": str(len(body))}, body


@pytest.mark.parametrize("mark", ["\u202e", "\x01"])
def test_the_photograph_of_a_check_that_is_refused_is_dropped(
    scene: Scene, ask: Any, crew: Any, house: House, clock: Any, mark: str
) -> None:
    before: set[str] = set(house.blobs._kept)  # type: ignore[attr-defined]
    lines = LINES[0] + "\n" + LINES[1][:5] + mark + LINES[1][6:]
    form = [("lines", lines), ("purpose", "border"), ("justification", "case 1")]
    sent = Form("POST", "/papers/checks", form=form, files=[("p.jpg", photograph())])
    assert ask.__self__(crew[OFFICER], sent).status == 422
    assert scene(OFFICER, "GET", "/papers/checks").json == []
    clock.forward(days=2)
    work(house)
    assert set(house.blobs._kept) == before  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("who", "method", "path", "sent"),
    [
        ("XA officer", "PUT", f"/papers/pictures/{'0' * 32}", photograph),
        ("XA administrator", "POST", "/papers/checks/pictures", photograph),
        ("XA administrator", "POST", "/papers/lost/check/list", NUMBER.encode),
    ],
)
def test_a_role_that_may_not_is_refused_what_it_sends(
    scene: Scene, who: str, method: str, path: str, sent: Callable[[], bytes]
) -> None:
    assert scene(who, method, path, raw=sent(), purpose="border").status == 403
