"""What a bureau says of likenesses: verdicts that hold, and its list of pictures that say nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.images import SAME, Signals
from entente.match.images.nearest import nearest
from entente.rooms.series import model
from entente.rooms.series.clearing import must_be_cleared, own
from entente.rooms.series.media import DIGESTS, IMAGE, QUESTION

VERDICT, IGNORED = "ImageVerdict", "ImageIgnored"
APART = "not-a-match"
KEPT = timedelta(days=1826)
MOST_IGNORED = 1000


def judge(desk: Desk, form: model.VerdictForm) -> Thing:
    """Keep a verdict on two that the asker may see; one of them is his bureau's. Raises Absent, Faulty."""
    must_be_cleared(desk)
    one, other = desk.look(form.one), desk.look(form.other)
    if {one.kind, other.kind} - {IMAGE, QUESTION}:
        raise Absent()
    if desk.asker.bureau not in (one.handling.owner, other.handling.owner) or file_of(one) == file_of(other):
        what = "One of the two is your bureau's, and they are two"
        raise Faulty(faults=(Fault("other", what, "Name an image or question of yours, and another."),))
    if form.verdict == APART and not form.text:
        raise Faulty(faults=(Fault("text", "Why it is no match is not said", "Say it in a line."),))
    mine, theirs = (one, other) if one.handling.owner == desk.asker.bureau else (other, one)
    body = {
        "one": file_of(mine),
        "other": file_of(theirs),
        "verdict": form.verdict,
        "text": form.text,
        "officer": desk.asker.officer,
        "at": desk.now.isoformat(timespec="seconds"),
    }
    kept = desk.keep(
        VERDICT,
        {name: value for name, value in body.items() if value},
        own(desk.asker.bureau),
        id=_id(desk, desk.asker.bureau, file_of(mine), file_of(theirs)),
        version=0,
        expires=desk.today + KEPT,
        keys=(f"image-verdicts:{file_of(mine)}", f"image-verdicts:{file_of(theirs)}"),
    )
    desk.note("verdict", object=theirs.id, what="images", verdict=form.verdict)
    return kept


def take_back(desk: Desk, one: str, other: str) -> None:
    """Take one's own bureau's verdict on two back: they are proposed again. Raises Absent."""
    must_be_cleared(desk)
    known = desk.look_all([one, other])
    files = [file_of(known[id]) for id in (one, other) if id in known]
    id = _id(desk, desk.asker.bureau, *files) if len(files) == 2 else ""
    if id not in desk.look_all([id]):
        raise Absent()
    desk.erase(id)
    desk.note("verdict", object=other, what="images", verdict="taken back")


def file_of(thing: Thing) -> str:
    """What a verdict is on: the image; of a question, the image that its file is or would be."""
    return thing.first("file") if thing.kind == QUESTION else thing.id


def _id(desk: Desk, bureau: int, one: str, other: str) -> str:
    return desk.house.ids.of("image verdict", bureau, *sorted((one, other)))


def apart(desk: Desk, files: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """By file: the images that one's own bureau says are no match."""
    found: dict[str, set[str]] = {file: set() for file in files}
    for key, thing in desk.find([f"image-verdicts:{file}" for file in found], limit=10_000):
        if thing.handling.owner == desk.asker.bureau and thing.first("verdict") == APART:
            found[key.partition(":")[2]] |= {thing.first("one"), thing.first("other")}
    return {file: frozenset(others - {file}) for file, others in found.items()}


def said(desk: Desk, file: str) -> Mapping[str, str]:
    """By image: what one's own bureau says of it and a file (`same`, `not-a-match`)."""
    found = [t for _, t in desk.find([f"image-verdicts:{file}"], limit=1000)]
    return {
        name: t.first("verdict")
        for t in found
        if t.handling.owner == desk.asker.bureau
        for name in (t.first("one"), t.first("other"))
        if name != file
    }


def says_apart(desk: Desk, bureau: int, one: str, other: str) -> bool:
    """Whether a bureau said so of two files. The house's to ask."""
    standing = desk.inspect(_id(desk, bureau, one, other))
    return standing is not None and standing.first("verdict") == APART


# --- the negative list ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ignores:
    """One bureau's negative list."""

    digests: frozenset[str]
    likenesses: tuple[bytes, ...]

    def holds(self, file: Signals) -> bool:
        """Whether a file stands on it: the very file, or a likeness of at most 31 bits, turned too."""
        if any(getattr(file, name) in self.digests for name in DIGESTS if getattr(file, name)):
            return True
        near = nearest((*file.pdq[:1], *file.turns), self.likenesses)
        return near is not None and near[0] <= SAME


def ignores(desk: Desk) -> Ignores:
    """One's own bureau's list."""
    return _ignores(_listed(desk))


def ignores_of(desk: Desk, bureau: int) -> Ignores:
    """A bureau's list. The house's to ask."""
    return _ignores([t for _, t in desk.inspect_all([_key(bureau)])])


def _ignores(things: Sequence[Thing]) -> Ignores:
    digests = {thing.first(name) for thing in things for name in DIGESTS}
    bits = [bytes.fromhex(pdq) for thing in things for pdq in thing.body.get("pdq", ())]
    return Ignores(frozenset(digests - {""}), tuple(bits))


def _key(bureau: int) -> str:
    return f"images-ignored:{bureau}"


def _listed(desk: Desk) -> list[Thing]:
    return [t for _, t in desk.find([_key(desk.asker.bureau)], limit=MOST_IGNORED)]


def listed(desk: Desk) -> list[Thing]:
    """One's own bureau's negative list, newest first."""
    must_be_cleared(desk)
    desk.note("see", what="negative list")
    return sorted(_listed(desk), key=lambda t: (t.first("at"), t.id), reverse=True)


def ignore(desk: Desk, form: model.Ignore) -> Thing:
    """Put a file on the negative list. Raises Faulty."""
    must_be_cleared(desk)
    media = form.media
    faults = []
    if not any((media.md5, media.sha1, media.sha256, media.pdq)):
        faults.append(Fault("media", "It has neither a digest nor a PDQ", "Send at least one."))
    if len(_listed(desk)) >= MOST_IGNORED:
        faults.append(Fault("media", f"The list has {MOST_IGNORED} entries", "Take one off first."))
    if faults:
        raise Faulty(faults=tuple(faults))
    raw = {
        "text": form.text,
        **{name: getattr(media, name) for name in DIGESTS if getattr(media, name)},
        "pdq": media.pdq[:1],
        "officer": desk.asker.officer,
        "at": desk.now.isoformat(timespec="seconds"),
    }
    mine = desk.asker.bureau
    kept = desk.keep(IGNORED, raw, own(mine), expires=desk.today + KEPT, keys=(_key(mine),))
    desk.note("contribute", object=kept.id, what="negative list")
    return kept


def heed(desk: Desk, id: str) -> None:
    """Take a file off the negative list. Raises Absent."""
    must_be_cleared(desk)
    thing = desk.look(id)
    if thing.kind != IGNORED or thing.handling.owner != desk.asker.bureau:
        raise Absent()
    desk.erase(id)
    desk.note("withdraw", object=id, what="negative list")
