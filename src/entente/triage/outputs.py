"""The files that triage writes: in the order of paths, without the time of the run, so that equal disks give
equal files. Each is written beside its place and moved there, whole or not at all; its owner alone may
read it.
"""

import csv
import io
import json
import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from entente.rooms.series import formats, media_model
from entente.triage.asking import Part
from entente.triage.sorting import Sorted
from entente.triage.walking import Passed, shown
from entente.triage.work_file import File

FILES = ("path", "size", "media", "md5", "sha1", "sha256", "split", "group", "representative")
FILES_TOLD = ("line", "distance", "series", "status", "contact", "origin", "remark")
GROUPS = ("group", "split", "items", "files", "representative", "width", "height")
REVIEW = ("group", "split", "path", "size", "files", "why")
PROBLEMS = ("path", "why")
_CASES = uuid.UUID("6f0f8b4c-3c7e-5d1a-9b3e-6a1f0e7c2d55")
"""Namespace of case ids: the same case number gives the same id."""


def replaced(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file anew."""
    beside = path.with_name(f".{path.name}.part")
    file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "wb") as out:
        for piece in pieces:
            out.write(piece)
    beside.replace(path)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """CSV as spreadsheets read it: UTF-8 with a byte order mark, and no cell that would be a formula."""
    yield "\ufeff".encode() + _line(heads)
    for row in rows:
        yield _line([formats.guarded(str(cell)) for cell in row])


def _line(cells: Sequence[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue().encode()


def file_rows(files: Iterable[File], found: Sorted) -> Iterator[Sequence[object]]:
    """A row for each file of the disk."""
    for file in files:
        said = file.fields
        digests = [said.get(name, "") for name in ("md5", "sha1", "sha256")]
        start = (shown(file.path), file.size, file.media or "unread", *digests)
        place = found.place(file)
        if place is None:
            yield (*start, found.aside(file), "", "", *[""] * (len(FILES_TOLD) - 1), file.why)
            continue
        verdict, group = found.verdicts[place], found.group_of[place]
        stands = found.items.all[found.groups[group].shown].path == file.path
        told = (
            verdict.line,
            verdict.distance,
            verdict.series,
            verdict.status,
            verdict.contact,
            verdict.origin,
        )
        yield (*start, verdict.split, group + 1, "yes" if stands else "", *told, file.why)


def group_rows(found: Sorted) -> Iterator[Sequence[object]]:
    """A row for each group of more than one file."""
    for number, group in enumerate(found.groups):
        items = [found.items.all[at] for at in group.members]
        files = sum(item.copies for item in items)
        if files > 1:
            one = found.items.all[group.shown]
            yield number + 1, found.split_of(group), len(items), files, shown(one.path), one.width, one.height


def review_rows(found: Sorted) -> Iterator[Sequence[object]]:
    """What is to be looked at, one a group: first what is near, then that of which nothing is known."""
    for number, group, item in found.to_look_at():
        files = sum(found.items.all[at].copies for at in group.members)
        yield number, found.split_of(group), shown(item.path), item.size, files, found.why(group)


def problem_rows(files: Iterable[File], passed: Iterable[Passed]) -> list[Sequence[object]]:
    """What was not read, or not as far as it should be, in the order of paths."""
    rows = [(one.path, one.why) for one in passed]
    for file in files:
        why = file.why or {"empty": "empty: 0 bytes", "archive": "archive: not opened"}.get(file.media, "")
        if why:
            rows.append((file.path, why))
    return [(shown(path), why) for path, why in sorted(rows)]


def vics(
    files: Iterable[File], count: int, found: Sorted, case: str, profile: str, decisions: dict[str, str]
) -> Iterator[bytes]:
    """The case as VICS 2.0, an entry for each picture and film, with the categories that were decided."""
    fields: dict[str, Any] = {
        "CaseID": str(uuid.uuid5(_CASES, case)),
        "CaseNumber": case,
        "SourceApplicationName": "Entente",
        "TotalMediaFiles": count,
    }
    head = formats.new_head(
        "cases", "2.0", profile, ({key: value for key, value in fields.items() if value != ""},)
    )
    return formats.write(head, _entries(files, found, head, decisions), files=True)


def _entries(
    files: Iterable[File], found: Sorted, head: formats.Head, decisions: dict[str, str]
) -> Iterator[media_model.Media]:
    for number, file in enumerate(files, 1):
        media = media_model.Media.model_validate(
            {**file.fields, "media": file.media, "media_id": str(number)}
        )
        code = decisions.get(media.sha256, "")
        place = found.place(file)
        verdict = found.verdicts[place] if place is not None else None
        named = verdict.series if verdict is not None and verdict.split == "known" else ""
        category = media_model.Category(scheme=head.scheme, edition=head.edition, code=code) if code else None
        # A path may be longer than what the house takes; here it is written for its owner alone.
        extra = {"label": shown(file.path), "series_name": named, "category": category}
        yield media.model_copy(update=extra)


def asked(folder: Path, parts: Iterable[Part]) -> int:
    """ask.json, ask-2.json …: what the house may be asked, a part a file; returns how many there are."""
    count = 0
    for count, part in enumerate(parts, 1):
        said = json.dumps(part, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        replaced(folder / ("ask.json" if count == 1 else f"ask-{count}.json"), [said])
    for path in folder.glob("ask*.json"):
        number = path.stem.removeprefix("ask").removeprefix("-") or "1"
        if number.isdigit() and int(number) > count:
            path.unlink()
    return count
