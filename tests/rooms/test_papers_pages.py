"""The papers room's pages: usable without script, from the form to the published version and alert."""

from collections.abc import Callable

from rooms.scene import Scene
from rooms.test_papers_alerts import published as alerted
from rooms.test_papers_library import FORM, drafted, published
from worlds.stage import Answer

Page = Callable[..., Answer]


def test_a_version_is_written_sent_and_published_on_pages(scene: Scene, page: Page) -> None:
    made = drafted(scene)
    base = f"/papers/versions/{made['id']}"
    assert page("XB contributor", "GET", f"{base}/edit").status == 200
    assert page("XB contributor", "POST", f"{base}/submit", [("seen", made["seen"])]).status == 303
    assert "You publish exactly" in page("XB supervisor", "GET", base).text
    done = page("XB supervisor", "POST", f"{base}/review", [("seen", made["seen"]), ("approve", "yes")])
    assert done.status == 303
    told = page("XC officer", "GET", base)
    assert "Watermark" in told.text and "Withdraw" not in told.text
    assert page("XB supervisor", "GET", f"/papers/to/{made['id']}").header("location") == base


def test_a_new_version_is_begun_on_a_form_that_tells_every_fault(page: Page) -> None:
    wrong = page("XB contributor", "POST", "/papers/new", [("code", "UTO"), ("title", "P"), ("content", "{")])
    assert wrong.status == 422
    right = page("XB contributor", "POST", "/papers/new", [("code", FORM["code"]), ("title", "P")])
    assert right.status == 303


def test_the_library_and_its_alerts_are_found_on_pages(scene: Scene, page: Page) -> None:
    made, alert = published(scene), alerted(scene)
    assert made["id"] in page("XA officer", "GET", "/papers?country=UTO&colour=red&number=U1234567").text
    assert made["id"] not in page("XA officer", "GET", "/papers?colour=blue").text
    assert alert["id"] in page("XA officer", "GET", f"/papers/versions/{made['id']}").text
    assert alert["id"] in page("XA officer", "GET", "/papers/alerts?country=UTO").text
    assert "No watermark" in page("XA officer", "GET", f"/papers/alerts/{alert['id']}").text


def test_an_alert_is_written_and_a_subscription_kept_on_forms(page: Page) -> None:
    form = [("title", "A"), ("sort", "impostor"), ("country", "UTO"), ("markers", "Another nose")]
    made = page("XC contributor", "POST", "/papers/alerts/new", form)
    assert made.status == 303
    assert "Another nose" in page("XC contributor", "GET", made.header("location")).text
    assert page("XA officer", "POST", "/papers/subscription", [("countries", "UTO")]).status == 303
    assert "UTO" in page("XA officer", "GET", "/papers/subscription").text
