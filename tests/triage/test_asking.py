"""What is asked of a house, how, and what its answer moves."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import disks
import httpx
import pytest
from typer.testing import CliRunner

from entente.cli import app
from entente.rooms.series.media_model import Media
from entente.triage import asking, running
from entente.triage.asking import NotAsked
from entente.triage.splitting import Verdict
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
    count = len(found.items.all)
    assert running.ask(kept, found, client, disks.quiet) == (count, 0)
    sent = b"".join(request.content for request in came) + (once / "ask.json").read_bytes()
    for request in came:
        assert request.url == "https://house.example/api/v1/series/check" and request.method == "POST"
        assert set(json.loads(request.content)) == {"media"}
        for one in json.loads(request.content)["media"]:
            assert set(one) <= OURS and re.fullmatch(f"[0-9]+-{one['sha256'][:8]}", one["label"])
            Media.model_validate(one)
            for name in ("pdq", "turns"):
                assert all(len(value) == 64 for value in one.get(name, []))
    names = {part for path in disk.rglob("*") for part in (path.name, path.stem)} | {disk.name, "XA-17"}
    assert not [name for name in names if f'"{name}'.encode() in sent or f"{name}.".encode() in sent]
    assert running.ask(kept, found, client, disks.quiet) == (0, 0) and len(came) == 1, (
        "what was answered is not asked again"
    )
    assert running.ask(kept, found, client, disks.quiet, again=True) == (count, 0) and len(came) == 2
    assert came[0].content == came[1].content, "unless it is wanted"


def test_the_answer_to_another_disks_question_is_refused_and_told(disk: Path, tmp_path: Path) -> None:
    """Every work file numbers from 1: by the number alone a file that nobody saw would be set aside."""
    runner, other, out = CliRunner(), tmp_path / "other", tmp_path / "out"
    other.mkdir()
    for name in ("a.jpg", "b.jpg"):
        (other / name).write_bytes((disk / "rest 0.jpg").read_bytes() + name.encode())
    assert runner.invoke(app, ["triage", str(other), "--to", str(out)]).exit_code == 0
    labels = [one["label"] for one in json.loads((out / "ask.json").read_text())["media"]]
    solved = {"ties": [{"line": "identical", "series": {"name": "S", "state": "identified"}}]}
    foreign = [
        labels[0].partition("-")[0],
        "1-00000000",
        "99-" + labels[1].partition("-")[2],
        "",
        "9" * 30,
        "²",
    ]
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"answers": [{"label": label, **solved} for label in foreign]}))
    done = runner.invoke(app, ["triage", str(other), "--to", str(out), "--answer", str(path)])
    assert done.exit_code == 0 and "0 known" in done.output
    assert "answer.json: 6 answers were not taken" in done.stderr and "0 were" in done.stderr
    path.write_text(json.dumps({"answers": [{"label": label, **solved} for label in labels]}))
    done = runner.invoke(app, ["triage", str(other), "--to", str(out), "--answer", str(path)])
    assert "2 known" in done.output and "not taken" not in done.stderr


def test_what_the_house_ignores_is_asked_again_and_what_a_list_here_sets_aside_never(kept: WorkFile) -> None:
    found = running.sort(kept)
    labels = {one["sha256"]: one["label"] for part in running.parts(kept, found) for one in part["media"]}
    kept.answer((label, {"says": "ignored"}) for label in labels.values())
    found = running.sort(kept)
    assert {verdict.split for verdict in found.verdicts} == {"ignored"}
    assert len([one for part in running.parts(kept, found) for one in part["media"]]) == len(labels)
    found.verdicts[0] = Verdict("ignored", "identical")
    assert len([one for part in running.parts(kept, found) for one in part["media"]]) == len(labels) - 1


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
            "label": numbers[b"deep/half.jpg"],
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
        {"label": numbers[b"two.jpg"], "ties": [{"line": "image-id"}], "says": "new"},
        {"label": numbers[b"rest 0.jpg"], "ties": [], "contacts": [{"bureau": "XD", "token": "t-1"}]},
        {"label": numbers[b"rest 1.jpg"], "ties": [{"line": "tables"}, {"line": "what is that"}]},
        {"label": numbers[b"rest 2.jpg"], "says": "ignored", "ties": []},
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


def _labelled(kept: WorkFile) -> list[tuple[Any, str]]:
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
    assert asking.send(kept, running.parts(kept, found), client, lambda _: None, wait=0).taken == count
    replies, kept2 = [403], [{"media": [{"label": "9999"}]}]
    with pytest.raises(NotAsked, match="answers 403: no key"):
        asking.send(kept, kept2, client, lambda _: None, wait=0)


def test_a_key_is_not_sent_in_the_clear(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("entente_secret\n")
    with pytest.raises(NotAsked, match="https"):
        asking.client("http://house.example", key, "identify", "case 1")
    for server in ("house.example", "ftp://localhost", "https://["):
        with pytest.raises(NotAsked, match="https"):
            asking.client(server, key, "identify", "case 1")
    with asking.client("https://house.example", key, "identify", "case é") as client:
        assert client.headers["Authorization"] == "Bearer entente_secret"
        assert client.headers["Entente-Justification"] == "case%20%C3%A9"


@pytest.mark.parametrize(
    "held", [b"", b"secret", b"entente_a\nentente_b", "entente_ключ".encode(), b"\xff\0"]
)
def test_a_file_that_is_no_key_is_told_in_a_line_and_not_sent(held: bytes, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_bytes(held)
    with pytest.raises(NotAsked, match="is no key: it must hold one alone") as told:
        asking.client("https://house.example", key, "identify", "case 1")
    assert "secret" not in str(told.value) and "\n" not in str(told.value)
    with pytest.raises(NotAsked, match="cannot be read: Is a directory"):
        asking.client("https://house.example", tmp_path, "identify", "case 1")


def test_a_key_that_the_house_does_not_know_is_told_in_a_line(
    disk: Path, once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def house(_: httpx.Request) -> httpx.Response:
        return httpx.Response(401, json={"title": "Sign in first"})

    plain = httpx.Client
    monkeypatch.setattr(
        asking.httpx, "Client", lambda **how: plain(**how, transport=httpx.MockTransport(house))
    )
    (tmp_path / "key").write_text("entente_of_nobody")
    shutil.copytree(once, tmp_path / "out")
    command = ["triage", str(disk), "--to", str(tmp_path / "out"), "--server", "https://house.example"]
    command += ["--purpose", "identify", "--justification", "1"]
    done = CliRunner().invoke(app, [*command, "--key", str(tmp_path / "key")])
    assert done.exit_code == 1 and done.stderr.strip().endswith("The house answers 401: Sign in first.")
    (tmp_path / "key").unlink()
    assert CliRunner().invoke(app, [*command, "--key", str(tmp_path / "key")]).exit_code == 2
