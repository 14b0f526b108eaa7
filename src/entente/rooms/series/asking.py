"""Asking for files by their hashes: what the asker may see that hangs together with each, and why.

The desk proposes inside his view by exact digests and by likeness; `match.images.compare` says how two files
hang together; what does not is dropped. Order and limit come after, from the two files alone.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from entente.core.things import Thing
from entente.desk import Desk
from entente.desk.alike import alike, hinting_alike
from entente.desk.finding import hinting_keys, seen_keys, still_hinting
from entente.match.images import PROBABLE, SAME, Line, Signals, Tie, compare
from entente.match.numbers import key_of
from entente.rooms.series import judging
from entente.rooms.series.clearing import must_be_cleared, own
from entente.rooms.series.contributing import image_id
from entente.rooms.series.media import IMAGE, QUESTION, question_raw, sampled, signals_asked, signals_of
from entente.rooms.series.media_model import Frame, Media
from entente.rooms.series.states import roots

MOST_TIES = 20
"""Told of one file."""
STRONG = frozenset({Line.IDENTICAL, Line.SAME, Line.VIDEO})
"""The same picture or film: what is known of the one is known of the other."""
TELLING = STRONG | {Line.PROBABLE}
"""Lines on which an owner who only lets it be known whom to ask is named: a camera alone names nobody."""
FLAGGED: Mapping[str, str] = {"victimIdentified": "identified", "distributed": "distributed"}
"""What others' lists say of a single file, and the state of a series that says the same."""
EXACT = ("sha256", "sha1", "md5", "photodna", "image_id", "device", "lens")
Engine = Callable[[Desk, str, Sequence[bytes], int], list[list[tuple[Thing, int]]]]
"""One of desk.alike: in the asker's view, of what hints at its owner, or of everything."""
_SCHEMES: Mapping[str, str] = {"image_id": "imageid"}


@dataclass(frozen=True, slots=True)
class Found:
    """Something that hangs together with what was asked: its strongest tie first."""

    thing: Thing
    ties: tuple[Tie, ...]

    @property
    def line(self) -> Line:
        return self.ties[0].line


@dataclass(frozen=True, slots=True)
class Looked:
    """One file asked for. `hinting`: ids of what only names its owner, the house's to know.

    `says`: one of model.Says.
    """

    media: Media
    file: str
    found: tuple[Found, ...]
    hinting: frozenset[str]
    says: str


def look(desk: Desk, asked: Sequence[Media]) -> list[Looked]:
    """Look each file up. Raises NotAllowed for whoever is not cleared."""
    must_be_cleared(desk)
    ignores = judging.ignores(desk)
    signals = [signals_asked(one) for one in asked]
    ignored = [ignores.holds(one) for one in signals]
    signals = [_digests(one) if out else one for one, out in zip(signals, ignored, strict=True)]
    files = [image_id(desk, one) for one in asked]
    apart = judging.apart(desk, files)
    seen = near(desk, signals)
    hinted = near(desk, signals, hinted=True)
    looked = []
    for n, media in enumerate(asked):
        found = [f for f in seen[n] if f.thing.id not in apart[files[n]]]
        hinting = frozenset(f.thing.id for f in hinted[n] if f.line in TELLING)
        says = _says(desk, found, bool(hinting))
        says = "ignored" if ignored[n] and says == "new" else says
        looked.append(Looked(media, files[n], tuple(found[:MOST_TIES]), hinting, says))
    return looked


def again(desk: Desk, looked: Sequence[Looked]) -> list[Looked]:
    """What was looked up in another sitting, as far as it may be seen by now."""
    now = desk.look_all([f.thing.id for one in looked for f in one.found])
    hinting = still_hinting(desk, sorted({id for one in looked for id in one.hinting}))
    fresh = []
    for one in looked:
        found = tuple(replace(f, thing=now[f.thing.id]) for f in one.found if f.thing.id in now)
        left = one.hinting & hinting.keys()
        says = one.says if one.says == "ignored" else _says(desk, found, bool(left))
        fresh.append(replace(one, found=found, hinting=left, says=says))
    return fresh


def owners(desk: Desk, looked: Looked) -> tuple[int, ...]:
    """Numbers of the bureaus to contact: a set, so that neither count nor line is told."""
    return tuple(sorted(set(still_hinting(desk, sorted(looked.hinting)).values())))


def near(desk: Desk, asked: Sequence[Signals], hinted: bool = False) -> list[list[Found]]:
    """By file: the images in the asker's view (or those that only name their owner) that hang together with
    it, strongest first."""
    proposed: list[dict[str, Thing]] = [{} for _ in asked]
    for n, thing in [*_by_key(desk, asked, hinted), *_by_likeness(desk, asked, hinted)]:
        if thing.kind == IMAGE:
            proposed[n][thing.id] = thing
    return [ranked(one, things) for one, things in zip(asked, proposed, strict=True)]


def ranked(asked: Signals, things: Mapping[str, Thing]) -> list[Found]:
    """What hangs together with a file, strongest first; ties by distance, then by id."""
    found = [Found(t, ties) for t in things.values() if (ties := compare(asked, signals_of(t)))]
    return sorted(found, key=lambda f: (order(f.ties[0]), f.thing.id))


def order(tie: Tie) -> tuple[int, int]:
    """How strong a tie is: its line, then how far apart the two are."""
    return list(Line).index(tie.line), int(dict(tie.evidence).get("distance", "0"))


def _by_key(desk: Desk, asked: Sequence[Signals], hinted: bool) -> list[tuple[int, Thing]]:
    wanted: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(asked):
        for key in keys_asked(one):
            wanted[key].append(n)
    if not wanted:
        return []
    found = (hinting_keys if hinted else seen_keys)(desk, list(wanted))
    return [(n, thing) for key, thing in found for n in wanted[key]]


def keys_asked(one: Signals) -> list[str]:
    """The exact keys of what is known of a file."""
    said = ((_SCHEMES.get(name, name), getattr(one, name)) for name in EXACT)
    return [key for scheme, value in said if value and (key := key_of(scheme, value))]


def _by_likeness(desk: Desk, asked: Sequence[Signals], hinted: bool) -> list[tuple[int, Thing]]:
    return proposed_by_likeness(desk, asked, hinting_alike if hinted else alike)


def proposed_by_likeness(desk: Desk, asked: Sequence[Signals], engine: Engine) -> list[tuple[int, Thing]]:
    """(place in `asked`, thing) by every likeness of each, in one question for each space and radius."""
    found: list[tuple[int, Thing]] = []
    for space, radius, of in QUESTIONS:
        whose, bits = [], []
        for n, one in enumerate(asked):
            for hashed in of(one):
                whose.append(n)
                bits.append(hashed)
        if bits:
            for n, near_it in zip(whose, engine(desk, space, bits, radius), strict=True):
                found += [(n, thing) for thing, _ in near_it]
    return found


def _plain(one: Signals) -> Sequence[bytes]:
    """The picture as it lies, whole and without its border: what is probable is asked of it."""
    return () if one.frames else one.pdq[:2]


def _otherwise(one: Signals) -> Sequence[bytes]:
    """Its parts, turned and mirrored; or a film's frames."""
    if one.frames:
        return [bytes.fromhex(h) for h in sampled([Frame(at=at, pdq=bits.hex()) for at, bits in one.frames])]
    return (*one.pdq[2:], *one.turns)


def _gradients(one: Signals) -> Sequence[bytes]:
    return [one.dhash] if one.dhash else []


QUESTIONS: Sequence[tuple[str, int, Callable[[Signals], Sequence[bytes]]]] = (
    ("pdq", PROBABLE, _plain),
    ("pdq", SAME, _otherwise),
    ("dhash", SAME, _gradients),
)
"""Space, radius in bits, and what of a file is asked there (match.images.comparing says what counts)."""


def _digests(one: Signals) -> Signals:
    """The very file alone: what is on the negative list is told of no likeness."""
    return Signals(sha256=one.sha256, sha1=one.sha1, md5=one.md5)


def _says(desk: Desk, found: Sequence[Found], hinted: bool) -> str:
    """What is known of a file in a word (model.Says): that of its best known series, or what its owner's list
    says of the image itself."""
    strong = [f for f in found if f.line in STRONG]
    if not strong:
        return "near" if found else "contact" if hinted else "new"
    series = roots(desk, [t for f in strong if (t := f.thing.first("series"))])
    states = {s.first("state") for s in series.values()}
    states |= {said for f in strong for flag, said in FLAGGED.items() if f.thing.first(flag) == "true"}
    for state in ("identified", "in-progress", "distributed", "unidentified"):
        if state in states:
            return state
    return "known" if any(f.thing.handling.owner != desk.asker.bureau for f in strong) else "own"


def kept(desk: Desk, looked: Sequence[Looked], days: int) -> list[str]:
    """Keep what was asked, so that what comes later is told, and note the search; the questions' ids."""
    now, until = desk.now, desk.today + timedelta(days=days)
    things: dict[str, Thing] = {}
    ids = []
    for one in looked:
        id = question_id(desk, one.file)
        ids.append(id)
        raw = question_raw(one.media) | {
            "file": one.file,
            "by": desk.asker.officer,
            "purpose": (desk.asker.purpose.name or "").lower(),
            "justification": desk.asker.justification,
            "discreet": "true" if desk.asker.discreet else "",
            "answer": one.says,
        }
        body = desk.clean(desk.house.model[QUESTION], {k: v for k, v in raw.items() if v}, desk.asker.bureau)
        handling = own(desk.asker.bureau)
        things[id] = Thing(id, QUESTION, handling, body, expires=until, version=0, created=now, changed=now)
    desk.keep_many(list(things.values()))
    desk.note(
        "search",
        what="images",
        questions=ids,
        shown=[f.thing.id for one in looked for f in one.found],
        owners=sorted({n for one in looked for n in owners(desk, one)}),
    )
    return ids


def question_id(desk: Desk, file: str) -> str:
    """One question a file, bureau and officer: who asks again has asked once, the newest time."""
    return desk.house.ids.of("image question", file, desk.asker.officer)
