"""What is asked of a house, how, and what its answer moves."""

import json
from pathlib import Path
from typing import Any

import disks
import httpx
import pytest

from entente.rooms.series.media_model import Media
from entente.triage import asking, running
from entente.triage.asking import NotAsked
from entente.triage.work_file import WorkFile

OURS = {"label", "media", "md5", "sha1", "sha256", "pdq", "turns", "quality", "dhash", "frames"}
OURS |= {"device", "lens", "image_id", "tables"}


def test_nothing_but_hashes_is_sent_and_no_name_among_them(kept: WorkFile, disk: Path, once: Path) -> None:
    """A fake house keeps all that came: keys on the list alone, and nothing that the disk is called by."""
    came: list[httpx.Request] = []

    def house(request: httpx.Request) -> httpx.Response:
        came.append(request)
        media = json.loads(request.content)["media"]
        return httpx.Response(200, json={"answers": [{"label": one["label"], "ties": []} for one in media]})

    client = httpx.Client(transport=httpx.MockTransport(house), base_url="https://house.example")
    found = running.sort(kept)
    assert running.ask(kept, found, client, disks.quiet) == len(found.items.all)
    sent = b"".join(request.content for request in came) + (once / "ask.json").read_bytes()
    for request in came:
        assert request.url == "https://house.example/api/v1/series/check" and request.method == "POST"
        assert set(json.loads(request.content)) == {"media"}
        for one in json.loads(request.content)["media"]:
            assert set(one) <= OURS and one["label"].isdigit()
            Media.model_validate(one)
            for name in ("pdq", "turns"):
                assert all(len(value) == 64 for value in one.get(name, []))
    names = {part for path in disk.rglob("*") for part in (path.name, path.stem)} | {disk.name, "XA-17"}
    assert not [name for name in names if f'"{name}'.encode() in sent or f"{name}.".encode() in sent]
    assert len(came) == 1 and running.ask(kept, found, client, disks.quiet) == 0, (
        "what was answered is not asked again"
    )


def test_what_may_leave_is_written_down() -> None:
    assert set(asking.ASKED) == OURS <= set(Media.model_fields)


def test_parts_are_small_and_each_content_is_asked_once(
    kept: WorkFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_AT_ONCE", 4)
    found = running.sort(kept)
    made = list(running.parts(kept, found))
    labels = [one["label"] for part in made for one in part["media"]]
    assert max(len(part["media"]) for part in made) == 4
    assert len(labels) == len(set(labels)) == len(found.items.all)
    monkeypatch.setattr(asking, "MOST_BYTES", 6_000)
    assert all(len(json.dumps(part)) < 12_000 for part in running.parts(kept, found))


def test_an_answer_moves_files_and_their_group_with_them(kept: WorkFile, tmp_path: Path) -> None:
    numbers = {found.path: label for found, label in _labelled(kept)}
    contact = {"bureau": "XB", "desk": "Desk 4", "phone": "1", "email": "d@xb.example", "unheard of": {}}
    series = {"name": "ALPHA", "state": "in-progress", "id": "1" * 32}
    answers = [
        {
            "label": str(numbers[b"deep/half.jpg"]),
            "ties": [
                {"line": "device", "evidence": {}, "series": None, "bureau": "XC", "contact": None},
                {
                    "line": "same",
                    "evidence": {"distance": "12"},
                    "series": series,
                    "bureau": "XB",
                    "contact": contact,
                },
            ],
            "contacts": [],
        },
        {"label": str(numbers[b"two.jpg"]), "ties": [{"line": "image-id"}], "says": "new"},
        {"label": str(numbers[b"rest 0.jpg"]), "ties": [], "contacts": [{"bureau": "XD", "token": "t-1"}]},
        {"label": str(numbers[b"rest 1.jpg"]), "ties": [{"line": "tables"}, {"line": "what is that"}]},
        {"label": str(numbers[b"rest 2.jpg"]), "says": "ignored", "ties": []},
    ]
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"answers": answers, "more": 1}))
    kept.answer(asking.from_file(path))
    found = running.sort(kept)
    told = {item.path: found.verdicts[at] for at, item in enumerate(found.items.all)}
    half = told[b"deep/half.jpg"]
    assert (half.split, half.line, half.distance, half.series) == ("known", "same", "12", "ALPHA")
    assert (half.status, half.contact) == ("in-progress", "XB, Desk 4, 1, d@xb.example")
    assert (told[b"deep/er/cut.png"].split, told[b"deep/er/cut.png"].line) == ("near", "group")
    assert (told[b"two.jpg"].split, told[b"two.jpg"].line) == ("near", "image_id")
    assert (told[b"rest 0.jpg"].split, told[b"rest 0.jpg"].contact) == ("near", "XD, t-1")
    assert (told[b"rest 1.jpg"].split, told[b"rest 2.jpg"].split) == ("unknown", "ignored")
    looked = [(found.split_of(group), item.path, found.why(group)) for _, group, item in found.to_look_at()]
    assert [split for split, *_ in looked] == sorted(split for split, *_ in looked), "near first"
    whys = {path: why for split, path, why in looked if split == "near"}
    assert set(whys) == {b"two mirrored.webp", b"rest 0.jpg"}, (
        "one a group, and none of a group that is known"
    )
    assert whys[b"two mirrored.webp"] == "the same number given by the camera"
    assert whys[b"rest 0.jpg"] == "a bureau has it and shows nothing of it: ask; XD, t-1"
    assert not {b"deep/same bytes.dat", b"rest 2.jpg"} & {path for _, path, _ in looked}


def _labelled(kept: WorkFile) -> list[tuple[Any, int]]:
    found = running.sort(kept)
    labels = kept.labels(item.sha256 for item in found.items.all)
    return [(item, labels[item.sha256]) for item in found.items.all]


@pytest.mark.parametrize("said", ["[]", "{}", '{"answers": 3}', "no json", '{"answers": [1]}'])
def test_what_is_no_answer_is_told(said: str, tmp_path: Path) -> None:
    (tmp_path / "answer.json").write_text(said)
    with pytest.raises(NotAsked):
        asking.from_file(tmp_path / "answer.json")


def test_a_house_that_fails_for_a_while_is_asked_again_and_one_that_refuses_is_not(kept: WorkFile) -> None:
    replies = [503, 429, 200]

    def house(request: httpx.Request) -> httpx.Response:
        status = replies.pop(0)
        media = json.loads(request.content)["media"]
        return httpx.Response(
            status, json={"answers": [{"label": m["label"]} for m in media], "detail": "no key"}
        )

    client = httpx.Client(transport=httpx.MockTransport(house), base_url="https://house.example")
    found = running.sort(kept)
    count = len(found.items.all)
    assert asking.send(kept, running.parts(kept, found), client, lambda _: None, wait=0) == count
    replies, kept2 = [403], [{"media": [{"label": "9999"}]}]
    with pytest.raises(NotAsked, match="answers 403: no key"):
        asking.send(kept, kept2, client, lambda _: None, wait=0)


def test_a_key_is_not_sent_in_the_clear(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("entente_secret\n")
    with pytest.raises(NotAsked, match="https"):
        asking.client("http://house.example", key, "identify", "case 1")
    with asking.client("https://house.example", key, "identify", "case é") as client:
        assert client.headers["Authorization"] == "Bearer entente_secret"
        assert client.headers["Entente-Justification"] == "case%20%C3%A9"
