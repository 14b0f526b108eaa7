"""What came of the disk as a whole: items, their groups, and where each belongs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from entente.match.images import LEAST_QUALITY
from entente.triage.grouping import Group, groups
from entente.triage.items import Item, Items
from entente.triage.lists import Listed
from entente.triage.splitting import Ignored, Verdict, split
from entente.triage.work_file import File

SPLITS = ("known", "near", "unknown", "ignored")
SEEN = ("image", "video")
LOOKED_AT = ("near", "unknown")
"""Splits of which one a group is looked at, in this order."""
NEAR_SAID = {
    "probable": "probably the same: compare both",
    "video": "shares frames with a film",
    "image_id": "the same number given by the camera",
    "device": "the same camera",
    "lens": "the same lens",
    "contact": "a bureau has it and shows nothing of it: ask",
}


class Sorted:
    """Every picture and film with its verdict and its group."""

    def __init__(
        self,
        files: Iterable[File],
        known: Iterable[Listed],
        ignored: Iterable[Listed],
        answers: Mapping[str, Mapping[str, Any]],
    ) -> None:
        held: list[tuple[str, str, str]] = []
        self.items = Items(self._pictures(files, held))
        aside = Ignored()
        aside.take({digest for digests in held for digest in digests}, ignored)
        self._aside = aside.digests
        self.groups = groups(self.items)
        self.group_of = {at: number for number, group in enumerate(self.groups) for at in group.members}
        self.verdicts = split(self.items, known, answers)
        for at, item in enumerate(self.items.all):
            if not self._aside.isdisjoint((item.md5, item.sha1, item.sha256)):
                self.verdicts[at] = Verdict("ignored", "identical")
        self._spread()

    def _pictures(self, files: Iterable[File], held: list[tuple[str, str, str]]) -> Iterator[File]:
        """The pictures and films; the digests of all files are held, for lists name any file."""
        for file in files:
            if "sha256" in file.fields:
                held.append(_digests(file))
            if file.media in SEEN:
                yield file

    def _spread(self) -> None:
        """What is the same as something known or near is near itself, and not looked at as if it were new."""
        for group in self.groups:
            tied = [at for at in group.members if self.verdicts[at].split in ("known", "near")]
            if not tied:
                continue
            best = min(tied, key=lambda at: (self.verdicts[at].split != "known", at))
            for at in group.members:
                if self.verdicts[at].split == "unknown":
                    of = self.verdicts[best]
                    self.verdicts[at] = Verdict(
                        "near", "group", "", of.series, of.status, of.contact, of.origin
                    )

    def place(self, file: File) -> int | None:
        """The place of its item; None for what is neither picture nor film."""
        return self.items.place.get(str(file.fields.get("sha256", ""))) if file.media in SEEN else None

    def aside(self, file: File) -> str:
        """Where a file belongs that is neither picture nor film."""
        return "ignored" if not self._aside.isdisjoint(_digests(file)) else "other"

    def split_of(self, group: Group) -> str:
        """The split of a group: that of its strongest member."""
        return min((self.verdicts[at].split for at in group.members), key=SPLITS.index)

    def to_look_at(self) -> Iterator[tuple[int, Group, Item]]:
        """(number, group, what stands for it): what somebody verifies, then what nothing is known of."""
        for wanted in LOOKED_AT:
            for number, group in enumerate(self.groups, 1):
                if self.split_of(group) == wanted:
                    yield number, group, self.items.all[group.shown]

    def why(self, group: Group) -> str:
        """Why one of a group is looked at: what it is near to, or why nothing is known of it."""
        near = [v for at in group.members if (v := self.verdicts[at]).split == "near"]
        if near:
            of = min(near, key=Verdict.rank)
            apart = f"{of.distance} bits apart" if of.distance else ""
            told = (NEAR_SAID.get(of.line, of.line), apart, of.series, of.status, of.contact)
            return "; ".join(part for part in told if part)
        item = self.items.all[group.shown]
        if item.compared:
            return "nothing like it in what was asked"
        if item.why:
            return f"by its digests alone: {item.why}"
        if item.media == "image" and item.quality < LEAST_QUALITY:
            return f"by its digests alone: little in it (quality {item.quality})"
        return "by its digests alone"

    def counts(self) -> dict[str, int]:
        """Files by split, items, groups, looks, and looks that were spared."""
        by_split: Counter[str] = Counter()
        for item, verdict in zip(self.items.all, self.verdicts, strict=True):
            by_split[verdict.split] += item.copies
        looks = sum(1 for _ in self.to_look_at())
        files = sum(item.copies for item in self.items.all)
        return {
            **{name: by_split[name] for name in SPLITS},
            "files": files,
            "items": len(self.items.all),
            "groups": len(self.groups),
            "looks": looks,
            "spared": files - looks,
        }


def _digests(file: File) -> tuple[str, str, str]:
    said = file.fields
    return str(said.get("md5", "")), str(said.get("sha1", "")), str(said.get("sha256", ""))
