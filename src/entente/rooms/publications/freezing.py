"""The frozen data of a publication: everything that stands in it, in its language, in one neutral format.

Nothing is read again to print it. The format: what is at the head and foot, the blocks in order, the
distribution, the words that stand around them (`labels`), and, where it has them, `notes` (footnotes) and
`outline` (a table of contents). A block has a `sort`:

- text {text}: prose as markdown.parsed makes it; a run may name a footnote: {"s": "…", "note": 3};
- judgement {text, likelihood, confidence}; profile {title, kind, n, owner, facts, text};
- figure {svg, says, caption}; and any other: a table {caption, head, rows} with `stamp` and `note` below it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from entente.core.journal import canonical
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import by_code, directory
from entente.rooms.publications import model as m
from entente.rooms.publications.letterheads import Letterhead
from entente.web import formats, words
from entente.web.language import N_, _, direction, speaking

FORMAT_VERSION = 1
CAVEAT = N_(
    "For police purposes only. Not evidence: verify with the owners named before acting. "
    "Not to be passed on without the consent of the bureau that published it."
)
Frozen = dict[str, Any]


def recipients_of(publication: Thing) -> list[m.Recipient]:
    """To whom it goes, in order: that of the copies' numbers."""
    return [m.Recipient.model_validate(one) for one in json.loads(publication.first("distribution", "[]"))]


def document(
    desk: Desk, publication: Thing, head: Letterhead, content: m.Content, recipients: Sequence[m.Recipient]
) -> Frozen:
    """The whole. Raises ValueError for footnotes that do not resolve (see `unresolved`)."""
    blocks = leveled([part.data for part in content.parts])
    if wrong := unresolved(blocks, content.notes):
        raise ValueError(f"footnotes do not resolve: {', '.join(wrong)}")
    blocks = marked(blocks) if content.notes else blocks
    known = by_code(desk)
    owner = directory(desk)[publication.handling.owner]
    with speaking(head.lang):
        names = {"bureau": _("Bureau"), "unit": _("Unit"), "officer": _("Officer"), "channel": _("Channel")}
        made: Frozen = {
            "format": "entente-report",
            "formatVersion": FORMAT_VERSION,
            "report": publication.id,
            "edition": int(publication.first("edition")),
            "title": publication.first("title"),
            "level": publication.first("level"),
            "marking": words.label(words.LEVELS, publication.first("level")),
            "lang": head.lang,
            "dir": direction(head.lang),
            "header": head.header,
            "footer": head.footer,
            "caveat": head.caveat or _(CAVEAT),
            "from": {"code": owner.code, "label": owner.label},
            "published": desk.now.isoformat(timespec="seconds"),
            "at": int(desk.now.timestamp()),
            "on": formats.moment(desk.now),
            "changes": publication.first("changes"),
            "compared": content.compared,
            "blocks": blocks,
            "distribution": [
                {
                    "number": n,
                    "bureau": one.bureau,
                    "label": known[one.bureau].label,
                    "unit": one.unit,
                    "officer": _name(desk, one.officer),
                    "channel": one.channel,
                    "on": formats.day(desk.today),
                }
                for n, one in enumerate(recipients, 1)
            ],
            "labels": {
                **names,
                "copy": _("Copy"),
                "edition": _("Edition"),
                "published": _("Published"),
                "distribution": _("Distribution"),
                "changes": _("What is new in this edition"),
                "owner": _("Owner"),
                "by": _("Published by"),
                "data": _("SHA-256 of the data"),
                "date": _("Date"),
                "judgement": _("Key judgement"),
            },
        }
        if content.notes:
            made["notes"] = [dict(note) for note in content.notes]
            made["labels"] |= {"notes": _("Notes"), "back": _("Back to the text")}
        if content.contents:
            made["outline"] = outlined(blocks)
            made["labels"]["contents"] = _("Contents")
    return {**made, **({"more": content.more} if content.more else {})}


def leveled(blocks: Sequence[Frozen]) -> list[Frozen]:
    """The blocks with headings that go down one step at a time below the title, as PDF/UA asks."""
    before, made = 1, []
    for block in blocks:
        if block["sort"] in ("text", "judgement"):
            text = []
            for piece in block["text"]:
                if piece["t"] == "h":
                    before = min(piece["level"], before + 1)
                    text.append({**piece, "level": before})
                else:
                    text.append(piece)
            made.append({**block, "text": text})
            continue
        before = min(3, before + 1)
        made.append({**block, "level": before})
        if block["sort"] == "profile":
            text = [{**p, "level": before + 1} if p["t"] == "h" else p for p in block["text"]]
            before += any(p["t"] == "h" for p in text)
            made[-1]["text"] = text
    return made


def outlined(blocks: Sequence[Frozen]) -> list[Frozen]:
    """The table of contents: the headings of texts as {"level", "text", "id"}; each heading gets that id."""
    found: list[Frozen] = []
    for block in blocks:
        if block["sort"] != "text":
            continue
        for piece in block["text"]:
            if piece["t"] == "h" and piece["level"] <= 3:
                piece["id"] = f"part-{len(found) + 1}"
                text = "".join(run["s"] for run in piece["in"])
                found.append({"level": piece["level"], "text": text, "id": piece["id"]})
    return found


def unresolved(blocks: Sequence[Frozen], notes: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is wrong with footnotes, in words: a mark without its note, a note without its mark, another order
    than that in which they are first named."""
    named = list(dict.fromkeys(n for block in blocks for n in marks_of(block)))
    given = [note["n"] for note in notes]
    wrong = [f"note {n} is not there" for n in named if n not in given]
    wrong += [f"note {n} is named nowhere" for n in given if n not in named]
    if not wrong and (named != given or given != list(range(1, len(given) + 1))):
        wrong.append("notes are not numbered from 1 as they are first named")
    return wrong


def marked(blocks: Sequence[Frozen]) -> list[Frozen]:
    """The blocks with `again` on each mark of a footnote: whether the same note was named before."""
    seen: set[int] = set()

    def runs(said: Sequence[Frozen]) -> list[Frozen]:
        made = []
        for run in said:
            made.append({**run, "again": run["note"] in seen} if "note" in run else run)
            seen.update([run["note"]] if "note" in run else [])
        return made

    def prose(pieces: Sequence[Frozen]) -> list[Frozen]:
        return [
            {**p, "items": [{**item, "in": runs(item["in"])} for item in p["items"]]}
            if "items" in p
            else {**p, "in": runs(p["in"])}
            for p in pieces
        ]

    return [{**block, "text": prose(block["text"])} if block.get("text") else block for block in blocks]


def marks_of(block: Frozen) -> Iterator[int]:
    """The numbers of the footnotes that a block names, in order."""
    for piece in block.get("text", ()):
        for line in piece.get("items", [piece]):
            yield from (run["note"] for run in line["in"] if "note" in run)


def digest_of(source: Thing) -> str:
    """SHA-256 of what a source says: whoever may see it is no part of it."""
    return sha256(canonical([source.kind, dict(source.body), source.grade])).hexdigest()


def manifest_of(sources: Mapping[str, Thing], releases: Sequence[str]) -> Frozen:
    """What a publication is made of: each source with a digest of its content, and the releases used."""
    return {"sources": {id: digest_of(t) for id, t in sources.items()}, "releases": sorted(releases)}


def _name(desk: Desk, officer: str) -> str:
    known = desk.as_house().inspect(officer) if officer else None
    return known.first("name") if known else ""
