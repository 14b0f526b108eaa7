"""Pages of biometrics: what leaves as a file, what a file is taken for, and what is told of the encoder."""

from base64 import b64decode
from collections.abc import Callable

import cv2
import numpy as np
import pytest

from entente.core.problems import NoPurpose
from entente.desk import House
from entente.match.prints.minutiae import Print
from entente.rooms.biometrics import encoding
from entente.rooms.biometrics.samples import record_of
from rooms.biometric_scene import again, finger, judged, searched, set_of
from rooms.scene import Scene
from worlds.stage import Answer, Crew, work

Page = Callable[..., Answer]


def files(*prints: Print) -> list[tuple[str, bytes]]:
    return [(f"{n}.fmr", b64decode(record_of(one))) for n, one in enumerate(prints)]


@pytest.fixture
def theirs(house: House, crew: Crew) -> str:
    """XB's set of one finger."""
    id = set_of(house, crew["XB office"], [finger(1)], title="Harbour, flat").id
    work(house)
    return id


def test_a_set_leaves_as_a_file_by_the_hand_of_those_who_may_export(
    page: Page, ask: Page, crew: Crew, theirs: str
) -> None:
    path = f"/biometrics/sets/{theirs}"
    assert f'href="{path}/iso"' in page("XA analyst", "GET", path).text
    assert f'href="{path}/iso"' not in page("XA officer", "GET", path).text
    found = page("XA analyst", "GET", f"{path}/iso")
    assert (found.status, found.body[:4]) == (200, b"FMR\0")
    assert dict(found.headers)["content-disposition"] == 'attachment; filename="set.fmr"'
    assert dict(found.headers)["cache-control"] == "no-store"
    assert ask(crew["XA analyst"], "GET", f"{path}/iso", purpose="").status == NoPurpose.status
    assert ask(crew["XB analyst"], "GET", f"{path}/iso", purpose="").status == 200, "its own bureau's"
    for form in ("iso", "nist"):
        assert page("XA officer", "GET", f"{path}/{form}").status == 403


def test_the_encoder_in_use_is_named_with_its_licence(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    said = encoding.Said("arc-512", "Apache 2.0", "Nobody has measured whom it errs on.")
    monkeypatch.setattr(encoding, "said", lambda: said)
    text = page("XA officer", "GET", "/biometrics").text
    assert "Faces are read by arc-512 (Apache 2.0): Nobody has measured whom it errs on." in text
    monkeypatch.setattr(encoding, "said", lambda: None)
    assert "A likeness is not an identification" not in page("XA officer", "GET", "/biometrics").text


def test_a_photograph_among_the_fingerprints_is_no_face(page: Page) -> None:
    grey = np.tile(np.linspace(0, 255, 300, dtype=np.uint8), (300, 1))
    photo = cv2.imencode(".png", np.dstack([grey, grey[::-1], grey]))[1].tobytes()
    found = page("XA officer", "POST", "/biometrics/search", [], files=[("holiday.png", photo)])
    assert found.status == 422
    assert '<a href="#f-files">holiday.png</a>' in found.text
    assert "(502)" in found.text or "(501)" in found.text


def test_two_fingers_of_one_fault_are_both_named(page: Page) -> None:
    twice = [finger(1), again(finger(1), 2).at(3)]
    found = page("XA officer", "POST", "/biometrics/search", [], files=files(*twice))
    assert found.status == 422
    assert '<a href="#f-files">0.fmr, 1.fmr</a>' in found.text


def test_a_judged_search_leads_to_its_comparison(page: Page, scene: Scene, theirs: str) -> None:
    search = searched(scene, "XA officer", again(finger(1), 1))["search"]
    id = judged(scene, "XA officer", search, theirs).json["id"]
    listed = page("XA officer", "GET", "/biometrics").text.split("My recent searches", 1)[1]
    assert f'href="/biometrics/comparisons/{id}"' in listed


def test_who_takes_a_set_back_leaves_no_line_in_an_inbox_that_leads_nowhere(
    page: Page, house: House, crew: Crew, scene: Scene, theirs: str
) -> None:
    search = searched(scene, "XA officer", again(finger(1), 1))["search"]
    id = judged(scene, "XA officer", search, theirs).json["id"]
    line = f"/biometrics/comparisons/{id}"
    assert line in page("XA analyst", "GET", "/inbox").text
    assert page("XB office", "POST", f"/biometrics/sets/{theirs}/withdraw", []).status == 303
    assert line not in page("XA analyst", "GET", "/inbox").text
    assert page("XA analyst", "GET", line).status == 404


def test_the_owner_of_a_hit_is_led_to_its_set_and_its_record_and_told_what_agreed(
    page: Page, house: House, crew: Crew, scene: Scene
) -> None:
    person = scene.contribute(who="XB office")["id"]
    set = set_of(house, crew["XB office"], [finger(1)], person=person).id
    work(house)
    search = searched(scene, "XA officer", again(finger(1), 1))["search"]
    id = judged(scene, "XA officer", search, set).json["id"]
    path = f"/biometrics/comparisons/{id}"
    laid = page("XA analyst", "POST", f"{path}/pictures", [], files=files(again(finger(1), 1)))
    token = laid.text.split('name="token" value="', 1)[1].split('"', 1)[0]
    assert page("XA analyst", "POST", f"{path}/verdict", [("verdict", "hit"), ("token", token)]).status == 303
    hit = page("XA analyst", "GET", path).text.split('href="/hits/', 1)[1].split('"', 1)[0]
    told = page("XB officer", "GET", f"/hits/{hit}").text
    assert f'href="/biometrics/sets/{set}"' in told and f'href="/records/{person}"' in told
    assert "Right index finger" in told
    assert f'href="/biometrics/sets/{set}"' not in page("XA officer", "GET", f"/hits/{hit}").text
