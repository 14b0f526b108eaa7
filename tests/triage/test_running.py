"""A disk from end to end: what is known, near and unknown, which groups, what is written, asked, reviewed."""

import csv
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import disks
import pytest
from typer.testing import CliRunner

from entente.cli import app
from entente.match.images.comparing import compare
from entente.match.images.signals import Line
from entente.rooms.series.formats import vics
from entente.triage import reviewing, running
from entente.triage.items import signals_of
from entente.triage.lists import NoList, listed
from entente.triage.sorting import Sorted
from entente.triage.work_file import NoWorkFile, WorkFile


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def by_path(path: Path) -> dict[str, dict[str, str]]:
    return {row["path"]: row for row in rows(path)}


def test_each_file_stands_in_the_outputs_once_and_each_trap_in_the_problems(disk: Path, once: Path) -> None:
    files = by_path(once / "files.csv")
    on_disk = {str(p.relative_to(disk)) for p in disk.rglob("*") if p.is_file() and not p.is_symlink()}
    assert set(files) == on_disk
    assert {row["path"]: row["why"] for row in rows(once / "problems.csv")} == {
        "archive.zip": "archive: not opened",
        "bomb.png": "too many pixels: 50000 x 50000",
        "cut short.jpg": "cut short: hashed as far as it goes",
        "empty.jpg": "empty: 0 bytes",
        "film.mp4": files["film.mp4"]["remark"],
        "link.jpg": "link: not followed",
        "loop": "link: not followed",
        "noise.png": files["noise.png"]["remark"],
        "phone.heic": "no decoder for image/heic",
    }
    assert files["film.mp4"]["remark"].startswith("no film") and files["noise.png"]["remark"].startswith(
        "no pic"
    )


def test_near_duplicates_are_one_group_that_its_largest_stands_for(once: Path) -> None:
    files = by_path(once / "files.csv")
    same = ["one.jpg", "deep/same bytes.dat", "deep/half.jpg", "deep/er/cut.png"]
    assert len({files[name]["group"] for name in same}) == 1
    assert files["two.jpg"]["group"] == files["two mirrored.webp"]["group"] != files["one.jpg"]["group"]
    assert [name for name in same if files[name]["representative"]] == ["deep/same bytes.dat"], (
        "of equals the first"
    )
    review = [row["path"] for row in rows(once / "review.csv")]
    assert not {"one.jpg", "deep/half.jpg", "deep/er/cut.png"} & set(review)
    assert {"deep/same bytes.dat", "moves.gif", "film.mp4", "phone.heic", "bomb.png"} <= set(review)
    whys = {row["path"]: row["why"] for row in rows(once / "review.csv")}
    assert whys["phone.heic"] == "by its digests alone: no decoder for image/heic"


def test_groups_are_what_comparing_all_with_all_gives(kept: WorkFile) -> None:
    found = running.sort(kept)
    count = len(found.items.all)
    above = list(range(count))
    for i in range(count):
        for j in range(i):
            ties = {t.line for t in compare(found.items.signals(i), found.items.signals(j))}
            films = [bool(found.items.signals(at).frames) for at in (i, j)]
            alike = ties & {Line.SAME, Line.IDENTICAL} and not any(films)
            if alike or (Line.VIDEO in ties and all(films)):
                above = [above[j] if top == above[i] else top for top in above]
    slow = {frozenset(at for at in range(count) if above[at] == top) for top in set(above)}
    assert {frozenset(group.members) for group in found.groups} == slow


def test_what_was_written_as_vics_is_read_back_the_same(disk: Path, once: Path) -> None:
    with (once / "case.vics.json").open("rb") as file:
        read = vics.read(file)
        entries = [entry.media for entry in read]
    assert read.head.kind == "cases" and read.head.cases[0].fields["CaseNumber"] == "XA-17"
    assert read.head.cases[0].fields["TotalMediaFiles"] == len(entries)
    files = by_path(once / "files.csv")
    assert {m.label.replace("\\", "/") for m in entries} == {
        name for name, row in files.items() if row["media"] in ("image", "video")
    }
    for media in entries:
        row = files[media.label.replace("\\", "/")]
        assert (media.md5.lower(), media.sha1.lower()) == (row["md5"], row["sha1"])
        assert len(media.pdq) in (0, 18)


def test_a_run_beside_a_list_of_its_own_case_knows_everything(kept: WorkFile, once: Path) -> None:
    found = Sorted(kept.files(), listed(once / "case.vics.json"), (), {})
    assert {verdict.split for verdict in found.verdicts} == {"known"}
    assert {verdict.line for verdict in found.verdicts} == {"identical"}
    assert not list(found.to_look_at())


def hash_list(folder: Path, entries: list[dict[str, Any]]) -> Path:
    context = "http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/US/$metadata#Media"
    path = folder / "list.json"
    path.write_text(json.dumps({"@odata.context": context, "value": entries}))
    return path


def test_a_copy_of_a_listed_picture_is_known_and_a_distant_one_is_near(
    kept: WorkFile, tmp_path: Path
) -> None:
    """The list holds one PDQ a picture, as other tools write them: of a smaller copy and of another file."""
    files = {file.path: file.fields for file in kept.files()}
    whole = int(files[b"two.jpg"]["pdq"][0], 16)
    far = f"{whole ^ ((1 << 42) - 1):064x}"
    path = hash_list(
        tmp_path,
        [
            {
                "MD5": "A" * 32,
                "AlternativeHashes": [{"HashName": "PDQ", "HashValue": files[b"deep/half.jpg"]["pdq"][0]}],
            },
            {"MD5": "B" * 32, "AlternativeHashes": [{"HashName": "PDQ", "HashValue": far}], "Series": "BETA"},
            {
                "MD5": files[b"rest 1.jpg"]["md5"].upper(),
                "Category": 1,
                "Series": "GAMMA",
                "VictimIdentified": "true",
            },
        ],
    )
    found = Sorted(kept.files(), listed(path), (), {})
    told = {item.path: found.verdicts[at] for at, item in enumerate(found.items.all)}
    for name in (b"deep/same bytes.dat", b"deep/half.jpg"):
        assert (told[name].split, told[name].line) == ("known", "same"), name
    assert told[b"deep/er/cut.png"].split == "near", (
        "one hash does not find a cut; the group on the disk does"
    )
    assert (told[b"two.jpg"].split, told[b"two.jpg"].line, told[b"two.jpg"].distance) == (
        "near",
        "probable",
        "42",
    )
    assert told[b"two.jpg"].series == "BETA"
    rest = told[b"rest 1.jpg"]
    assert (rest.split, rest.series, rest.status) == (
        "known",
        "GAMMA",
        "category 1 (US 2.0), victim identified",
    )
    assert told[b"rest 2.jpg"].split == "unknown"


def test_the_split_is_what_comparing_all_with_all_gives(kept: WorkFile, tmp_path: Path) -> None:
    files = [file for file in kept.files() if file.fields.get("pdq")]
    entries = list(listed(hash_list(tmp_path, [])))
    for number, file in enumerate(files[::2]):
        flips = sum(1 << (5 * bit) for bit in range(9 * number % 51))
        changed = {**file.fields, "md5": "", "sha1": "", "sha256": f"{number:064x}", "turns": []}
        changed["pdq"] = [f"{int(file.fields['pdq'][0], 16) ^ flips:064x}"]
        changed["dhash"] = f"{int(file.fields['dhash'], 16) ^ (flips >> 3):064x}"
        changed.pop("frames", None)
        from entente.triage.lists import Listed

        entries.append(Listed(signals_of(changed)))
    found = Sorted(kept.files(), entries, (), {})
    order = list(Line)
    for at in range(len(found.items.all)):
        ties = [
            t
            for e in entries
            for t in compare(found.items.signals(at), e.signals)
            if t.line is not Line.TABLES
        ]
        line = min((t.line for t in ties), key=order.index, default=None)
        verdict = found.verdicts[at]
        assert verdict.line == (line or ("group" if verdict.line == "group" else "")), found.items.all[
            at
        ].path


def test_what_is_to_be_ignored_is_set_aside_by_any_digest(kept: WorkFile, tmp_path: Path) -> None:
    files = {file.path: file.fields for file in kept.files()}
    path = tmp_path / "nsrl.txt"
    path.write_text(
        f'"SHA-1","MD5","FileName"\n"{files[b"rest 0.jpg"]["sha1"].upper()}","{"0" * 32}","a.jpg"\n'
        f"{files[b'deep/letter 1.txt']['md5']}\n{files[b'rest 3.jpg']['sha256']}  x\nno hash\n"
    )
    found = Sorted(kept.files(), (), listed(path), {})
    aside = {found.items.all[at].path for at, v in enumerate(found.verdicts) if v.split == "ignored"}
    assert aside == {b"rest 0.jpg", b"rest 3.jpg"} and found.counts()["ignored"] == 2
    assert not aside & {item.path for _, _, item in found.to_look_at()}
    letters = [found.aside(file) for file in kept.files() if file.path.startswith(b"deep/letter")]
    assert sorted(letters) == ["ignored", *["other"] * 5]


def test_a_list_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"a": 1}')
    with pytest.raises(NoList, match=r"a\.json"):
        list(listed(tmp_path / "a.json"))


# --- again, and the review -------------------------------------------------------------------------


def test_what_changed_is_read_again_what_is_gone_is_gone_and_the_rest_stays(tmp_path: Path) -> None:
    folder, out = tmp_path / "disk", tmp_path / "out"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / name).write_text(name)
    run = running.Run(os.fsencode(folder), out)
    with running.opened(out, made=True) as kept:
        running.read(run, kept, disks.quiet)
        before = {file.path: file.fields["md5"] for file in kept.files()}
        (folder / "a").write_text("another")
        (folder / "b").unlink()
        kept.walked(running.walk(run.folder))
        assert kept.waiting() == [b"a"]
        running.read(run, kept, disks.quiet)
        after = {file.path: file.fields["md5"] for file in kept.files()}
    assert set(after) == {b"a", b"c"} and after[b"c"] == before[b"c"] and after[b"a"] != before[b"a"]


def test_a_work_file_is_of_one_folder_and_for_one_run_at_a_time(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with running.opened(out, made=True) as kept:
        running.read(running.Run(os.fsencode(tmp_path / "one"), out), kept, disks.quiet)
        with pytest.raises(NoWorkFile, match="another folder"):
            running.read(running.Run(os.fsencode(tmp_path / "two"), out), kept, disks.quiet)
        with pytest.raises(NoWorkFile, match="Another run"), running.opened(out):
            pass
    (out / running.WORK).write_bytes(b"no database, and longer than a page's head" * 100)
    with pytest.raises(NoWorkFile, match="no work file"), running.opened(out):
        pass


def test_the_review_counts_looks_breaks_and_ends_at_the_days_limit(kept: WorkFile) -> None:
    found = running.sort(kept)
    said: list[str] = []
    typed = iter(["", "1", "skip", "not a category" * 9, "2", "3", "4"])
    reviewing.review(kept, found, 4, said.append, lambda _: next(typed), lambda: date(2026, 1, 15))
    assert kept.looks("2026-01-15") == 4 and said[-1].startswith("4 looks today")
    assert len(kept.decisions()) >= 3 and "" in kept.decisions().values()
    reviewing.review(kept, found, 4, said.append, lambda _: "stop", lambda: date(2026, 1, 15))
    assert kept.looks("2026-01-15") == 4
    reviewing.review(kept, found, 9, said.append, lambda _: "stop", lambda: date(2026, 1, 16))
    assert kept.looks("2026-01-16") == 0 and not any("\n" in line for line in said)


def test_a_category_holds_for_the_group_and_stands_in_the_case(kept: WorkFile, tmp_path: Path) -> None:
    found = running.sort(kept)
    first = next(found.to_look_at())
    typed = iter(["2", "stop"])
    reviewing.review(kept, found, 9, lambda _: None, lambda _: next(typed), lambda: date(2026, 1, 15))
    running.write_case(tmp_path, kept, found)
    entries = json.loads((tmp_path / "case.vics.json").read_text())["value"][0]["Media"]
    decided = {entry["MD5"].lower() for entry in entries if entry["Category"] == 2}
    assert decided == {found.items.all[at].md5 for at in first[1].members}
    assert {entry["Category"] for entry in entries} == {2, None}


def test_the_commands_from_the_terminal(disk: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    refused = runner.invoke(app, ["triage", str(disk), "--to", str(disk / "out")])
    assert refused.exit_code == 2 and not (disk / "out").exists()
    out = tmp_path / "out"
    assert runner.invoke(app, ["triage-review", str(tmp_path)]).exit_code == 1
    done = runner.invoke(app, ["triage", str(disk), "--to", str(out), "--case", "1", "--jobs", "2"])
    assert done.exit_code == 0, done.output
    review = runner.invoke(app, ["triage-review", str(out)], input="1\nskip\n")
    assert review.exit_code == 0, review.output
    assert (out / "files.csv").stat().st_mode & 0o077 == 0
    one, two = tmp_path / "one.features", tmp_path / "two.features"
    for picture, to in ((disk / "one.jpg", one), (disk / "deep/er/cut.png", two)):
        made = runner.invoke(app, ["triage-features", str(picture), "-o", str(to)])
        assert made.exit_code == 0, made.output
    compared = runner.invoke(app, ["triage-compare", str(one), str(two)])
    assert "the same place or object" in compared.output
    assert runner.invoke(app, ["triage-compare", str(one), str(disk / "one.jpg")]).exit_code == 1
    assert (
        runner.invoke(app, ["triage-features", str(disk / "bomb.png"), "-o", str(out / "x")]).exit_code == 1
    )


def test_cells_of_a_table_are_no_formulas(tmp_path: Path) -> None:
    from entente.triage.outputs import replaced, table

    replaced(
        tmp_path / "a.csv", table(("path", "why"), [("=1+1.jpg", "+x"), ("@a", "-b"), ("plain", 'a;b"c')])
    )
    cells = [cell for row in rows(tmp_path / "a.csv") for cell in row.values()]
    assert not [cell for cell in cells if cell[0] in "=+-@"] and cells[-2:] == ["plain", 'a;b"c']
