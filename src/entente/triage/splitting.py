"""Known, near, unknown: each item beside the lists, and beside what the house answered.

`match.images.compare` says what ties two files; here only those pairs are brought before it that it
could tie.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np

from entente.match.images import LEAST_QUALITY
from entente.match.images.comparing import compare
from entente.match.images.signals import PROBABLE, SAME, Line, Signals
from entente.triage.items import ASKED_PLAIN, Items, Rows
from entente.triage.lists import Listed
from entente.triage.neighbours import hashes, pairs

KNOWN = frozenset({"identical", "same"})
NEAR = frozenset({"probable", "video", "image_id", "device", "lens", "contact", "group"})
"""Lines after which somebody verifies. `contact`: a bureau has something and shows nothing of it;
`group`: the same as something on this disk that is known or near."""
STRENGTH = {line.value: place for place, line in enumerate(Line)} | {"contact": 90, "group": 91}
_SPLITS = (KNOWN, "known"), (NEAR, "near")
_AT_ONCE = 20_000


@dataclass(slots=True)
class Verdict:
    """Where an item belongs, and on what that rests."""

    split: str = "unknown"
    line: str = ""
    distance: str = ""
    series: str = ""
    status: str = ""
    contact: str = ""
    origin: str = ""

    def better(self, other: "Verdict") -> bool:
        """Whether this one rests on more."""
        return self.rank() < other.rank()

    def rank(self) -> tuple[int, int]:
        """Sorts verdicts, the strongest first."""
        return STRENGTH.get(self.line, 99), int(self.distance or 0)


def verdict(line: str, **said: str) -> Verdict:
    """A verdict from the line that ties an item to something; a line without weight says unknown."""
    name = line.replace("-", "_")
    split = next((split for lines, split in _SPLITS if name in lines), "")
    return Verdict(split, name, **said) if split else Verdict()


def split(items: Items, known: Iterable[Listed], answers: Mapping[str, Mapping[str, Any]]) -> list[Verdict]:
    """A verdict for each item, the strongest there is; of equals the first by list and place."""
    best = [Verdict() for _ in items.all]
    index = _Index(items)
    for batch in _batches(known):
        for at, entry in index.candidates(batch):
            for tie in compare(items.signals(at), entry.signals):
                evidence = dict(tie.evidence)
                found = verdict(
                    tie.line.value,
                    distance=evidence.get("distance", ""),
                    series=entry.series,
                    status=entry.status,
                    origin=entry.origin,
                )
                if found.split != "unknown" and found.better(best[at]):
                    best[at] = found
    for at, item in enumerate(items.all):
        for found in answered(answers.get(item.sha256, {})):
            if found.better(best[at]):
                best[at] = found
    return best


def _batches(known: Iterable[Listed]) -> Iterator[list[Listed]]:
    entries = iter(known)
    while batch := list(islice(entries, _AT_ONCE)):
        yield batch


class _Index:
    """The items by what may tie them."""

    def __init__(self, items: Items) -> None:
        self.items = items
        self.texts: dict[tuple[str, str], list[int]] = {}
        self.pictures = np.array([at for at, i in enumerate(items.all) if i.dhash], np.int64)
        self.dhashes = hashes([items.all[at].dhash for at in self.pictures.tolist()])
        self.kept = items.kept.hashes(), items.kept.of()
        self.asked = items.asked.hashes(), items.asked.of()
        self.frames = items.frames.hashes(), items.frames.of()
        for at, item in enumerate(items.all):
            for name in _TEXTS:
                if value := getattr(item, name):
                    self.texts.setdefault((name, value), []).append(at)

    def candidates(self, batch: list[Listed]) -> Iterator[tuple[int, Listed]]:
        """(item, entry) pairs that may hang together, in the order of the list."""
        met: set[tuple[int, int]] = set()
        kept, asked, frames, dhashes = Rows(), Rows(), Rows(), Rows()
        for number, entry in enumerate(batch):
            signals = entry.signals
            for name in _TEXTS:
                met.update((number, at) for at in self.texts.get((name, getattr(signals, name)), ()))
            if signals.frames:
                frames.add(number, (bits for _, bits in signals.frames))
            elif signals.quality >= LEAST_QUALITY:
                kept.add(number, signals.pdq)
                asked.add(number, (*signals.pdq[:ASKED_PLAIN], *signals.turns))
                dhashes.add(number, (signals.dhash,) if signals.dhash else ())
        for theirs, ours, radius in (
            (kept, self.asked, PROBABLE),
            (asked, self.kept, PROBABLE),
            (frames, self.frames, SAME),
            (frames, self.asked, PROBABLE),
            (frames, self.kept, PROBABLE),
            (kept, self.frames, PROBABLE),
            (asked, self.frames, PROBABLE),
            (dhashes, (self.dhashes, self.pictures), SAME),
        ):
            met.update(_met(theirs, ours, radius))
        yield from ((at, batch[number]) for number, at in sorted(met))


def _met(theirs: Rows, ours: tuple[Any, Any], radius: int) -> Iterator[tuple[int, int]]:
    of = theirs.of()
    for i, j, _ in pairs(theirs.hashes(), ours[0], radius):
        yield from zip(of[i].tolist(), ours[1][j].tolist(), strict=True)


_TEXTS = ("md5", "sha1", "sha256", "device", "lens", "image_id")


def answered(answer: Mapping[str, Any]) -> Iterator[Verdict]:
    """What the house said of an item, tie by tie; unknown keys are passed over, missing ones are empty."""
    if answer.get("says") == "ignored":
        yield Verdict("ignored", "identical", origin="house")
    for tie in answer.get("ties") or ():
        evidence = tie.get("evidence") or {}
        series = tie.get("series") or {}
        found = verdict(
            str(tie.get("line", "")),
            distance=_number(evidence.get("distance", "")),
            series=str(series.get("name", "")),
            status=str(series.get("state", "")),
            contact=_contact(tie.get("contact"), str(tie.get("bureau", ""))),
            origin="house",
        )
        if found.split != "unknown":
            yield found
    for contact in answer.get("contacts") or ():
        yield verdict("contact", contact=_contact(contact, ""), origin="house")


def _number(said: object) -> str:
    return text if (text := str(said)).isascii() and text.isdigit() else ""


def _contact(said: object, bureau: str) -> str:
    """Bureau, desk, telephone, address, token, as far as they are told."""
    if not isinstance(said, Mapping):
        return bureau
    told = (said.get(name) for name in ("bureau", "label", "desk", "phone", "email", "token"))
    parts = [str(part) for part in told if part]
    return ", ".join(parts) or bureau


@dataclass(slots=True)
class Ignored:
    """Digests that are set aside: those of the disk that stand in a list."""

    digests: set[str] = field(default_factory=set)

    def take(self, present: set[str], entries: Iterable[Listed]) -> None:
        for entry in entries:
            for digest in _digests(entry.signals):
                if digest in present:
                    self.digests.add(digest)


def _digests(signals: Signals) -> tuple[str, ...]:
    return tuple(one for one in (signals.md5, signals.sha1, signals.sha256) if one)
