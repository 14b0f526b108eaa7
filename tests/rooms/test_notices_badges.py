"""A record that a published notice is about says so wherever it is shown, to who may read the notice."""

import pytest

from rooms.noticed import Office
from rooms.scene import IVO, Scene


@pytest.mark.parametrize(
    ("reach", "who", "told"),
    [
        ({"reach": "all"}, "XB officer", True),
        ({"reach": "named", "bureaus": ["XB"]}, "XB officer", True),
        ({"reach": "named", "bureaus": ["XB"]}, "XC officer", False),
    ],
)
def test_a_record_says_that_a_notice_is_about_it_to_its_readers(
    scene: Scene, reach: dict[str, object], who: str, told: bool
) -> None:
    known = scene.contribute(who="XA office")
    Office(scene).published(**reach)
    found = scene.ask(scene.crew[who], "POST", "/search", form=[("q", IVO["name"][0])]).text
    assert known["id"] in found and ("Red notice" in found) is told
    [about] = (
        [id for id in scene.found(who, str(IVO["name"][0])) if id != known["id"]] if told else [known["id"]]
    )
    opened = scene.ask(scene.crew[who], "GET", f"/records/{about}").text
    assert ("Red notice" in opened) is told
