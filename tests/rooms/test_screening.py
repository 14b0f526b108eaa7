"""Screenings: lists sent, asked and read. What changes meanwhile: test_screening_again.py."""

from entente.desk import House
from rooms.scene import IVO, Scene
from rooms.screened import listed, results, screen, send


def test_every_row_is_asked_and_its_candidates_are_told_best_first(scene: Scene, house: House) -> None:
    ivo = scene.contribute(IVO)
    made = send(
        scene,
        "XB officer",
        listed("Nobody Known;;;;1A", "Ivo Marenko;1971-03-05;XA;;2B", "Iwo Marenco;;;;3C"),
    )
    assert (made["state"], made["rows"], made["columns"]["name"]) == ("waiting", 3, "Name")
    screen(house)
    told = results(scene, "XB officer", made["id"])
    assert told["screening"]["state"] == "done" and told["screening"]["done"] == 3
    assert [row["row"] for row in told["rows"]] == [3, 4, 2]
    first = told["rows"][0]
    assert first["cells"] == ["Ivo Marenko", "1971-03-05", "XA", "", "2B"]
    assert [c["id"] for c in first["candidates"]] == [ivo["id"]] and first["candidates"][0]["reasons"]
