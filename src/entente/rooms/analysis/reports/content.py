"""The content of a report: its blocks as they are kept, and as its author or another member may see them.

What is kept of a block is what its author wrote and the ids it was made of. For anybody else a block is there
when he may see every one of these, and else it is not: neither its text nor its place is told.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter

from entente.core.access import Purpose
from entente.core.journal import canonical
from entente.core.problems import Absent
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis.model import compartment
from entente.rooms.analysis.reports import citations
from entente.rooms.analysis.reports import model as m
from entente.rooms.analysis.reports.blocks import Drawn, Reader, drawn, faults_of, numbers_of
from entente.rooms.bureaus import asker_now
from entente.rooms.publications import Part as Published
from entente.rooms.publications import letterheads
from entente.web.language import speaking

AT_THE_END = "c" * 32
"""The id of the list of what is cited, where its author did not place one."""
_BLOCK: TypeAdapter[m.Block] = TypeAdapter(m.Block)


@dataclass(frozen=True, slots=True)
class Part:
    """A block with what is drawn of it."""

    block: m.Block
    drawn: Drawn


@dataclass(frozen=True, slots=True)
class Whole:
    """A report as one officer sees it."""

    parts: tuple[Part, ...]
    sources: Mapping[str, Thing]

    @property
    def as_parts(self) -> tuple[Published, ...]:
        """As publications take them."""
        return tuple(Published(p.block.id, p.drawn.data, p.drawn.sources) for p in self.parts)


def written(report: Thing) -> list[tuple[m.Block, list[str]]]:
    """The blocks of a report with the ids that each was made of when it was kept."""
    said = json.loads(report.first("blocks", "[]"))
    return [(_BLOCK.validate_python(one["block"]), one["sources"]) for one in said]


def packed(parts: Sequence[Part]) -> str:
    """The blocks as they are kept."""
    said = [{"block": p.block.model_dump(mode="json"), "sources": sorted(p.drawn.sources)} for p in parts]
    return canonical(said).decode()


def numbered(desk: Desk, blocks: Sequence[m.Block]) -> list[m.Block]:
    """The blocks, each with an id of its own."""
    taken: set[str] = set()
    made = []
    for block in blocks:
        id = block.id if block.id and block.id not in taken else desk.house.ids.fresh()
        taken.add(id)
        made.append(block.model_copy(update={"id": id}))
    return made


def drawn_of(desk: Desk, file: Thing, blocks: Sequence[m.Block], lang: str) -> Whole:
    """These blocks, as this officer sees what they name; a block that he cannot see is left out.

    In the report's own language, whoever reads.
    """
    with speaking(lang):
        visible = [block for block in blocks if not faults_of(desk, file, [block])]
        numbers = numbers_of(visible)
        parts = []
        for block in visible:
            if isinstance(block, m.Citations):
                reader = Reader(desk, file)
                data = citations.listed(reader, numbers, block.contributions)
                parts.append(Part(block, Drawn(data, reader.used)))
            else:
                parts.append(Part(block, drawn(desk, file, block, numbers)))
        if numbers and not any(isinstance(block, m.Citations) for block in visible):
            reader = Reader(desk, file)
            data = citations.listed(reader, numbers, False)
            parts.append(Part(m.Citations(id=AT_THE_END), Drawn(data, reader.used)))
    sources = {id: thing for part in parts for id, thing in part.drawn.sources.items()}
    return Whole(tuple(parts), sources)


def as_seen(desk: Desk, file: Thing, report: Thing, lang: str) -> Whole:
    """A report as whoever sits here may see it: every block all of whose sources, as they were when it was
    written, are in his view. Numbers run over what he sees, so that none is missing.

    It is drawn as he sees what it names: drawn as its author does, a figure would go from it once others put
    on the chart what is hidden from him. Only who approves gets what its author sees, or no block.
    """
    said = written(report)
    if desk.asker.officer == report.first("author"):
        return drawn_of(desk, file, [block for block, _ids in said], lang)
    approves = desk.asker.officer == report.first("approver")
    viewer = author_of(desk, file, report) if approves else desk
    seen = desk.look_all(sorted({id for _block, ids in said for id in ids}))
    blocks = [block for block, ids in said if all(id in seen for id in ids)]
    for _again in range(2):
        whole = drawn_of(viewer, file, blocks, lang)
        seen = desk.look_all(list(whole.sources))
        parts = [p for p in whole.parts if all(id in seen for id in p.drawn.sources)]
        if len(parts) == len(whole.parts):
            break
        kept = {p.block.id for p in parts}
        blocks = [b for b in blocks if b.id in kept or isinstance(b, m.Citations)]
    sources = {id: thing for part in parts for id, thing in part.drawn.sources.items()}
    return Whole(tuple(parts), sources)


def as_author(desk: Desk, file: Thing, report: Thing, lang: str) -> Whole:
    """A report as its author stands now: what he may see of it is what is approved and published."""
    return drawn_of(author_of(desk, file, report), file, [block for block, _ids in written(report)], lang)


def author_of(desk: Desk, file: Thing, report: Thing) -> Desk:
    """The author's view, as he stands now; where he has left the file, the view of who asks."""
    reason = f"analysis file {file.id}"
    author = asker_now(desk, report.first("author"), Purpose.ANALYSIS, reason)
    if not author.active or compartment(file.id) not in author.held:
        return desk
    return desk.as_house().seated_as(author)


def digest(desk: Desk, report: Thing, whole: Whole) -> str:
    """SHA-256 over what is said, how it is drawn, the template: an approval is bound to it, and `seen`."""
    named = ("title", "level", "template", "distribution", "changes", "supersedes")
    said: dict[str, Any] = {name: report.first(name) for name in named}
    said["letterhead"] = _letterhead(desk, report)
    said["blocks"] = [[p.block.model_dump(mode="json"), p.drawn.data] for p in whole.parts]
    return sha256(canonical(said)).hexdigest()


def _letterhead(desk: Desk, report: Thing) -> dict[str, str]:
    """What the report's template says now; nothing where it is gone."""
    try:
        return asdict(letterheads.letterhead(desk, report.handling.owner, report.first("template")))
    except Absent:
        return {}
