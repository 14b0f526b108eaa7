"""What ties two files to each other: every line there is, with its evidence, strongest first.

A tie is a lead for somebody who looks, never a finding. Which lines there are does not depend on which of
the two was asked; the evidence says which one's view or turn it was.
"""

from collections.abc import Iterator, Sequence

from entente.match.images.films import in_film, shared
from entente.match.images.nearest import nearest
from entente.match.images.pdq import DIHEDRAL, LEAST_QUALITY, distance
from entente.match.images.signals import PROBABLE, SAME, Line, Signals, Tie
from entente.match.images.views import VIEWS

Evidence = tuple[tuple[str, str], ...]
_FILES = ("sha256", "sha1", "md5")
_TURNS = (*DIHEDRAL[1:], *(f"{turn}, without border" for turn in DIHEDRAL))


def compare(asked: Signals, kept: Signals) -> tuple[Tie, ...]:
    """Every tie of two files, strongest first.

    Of identical, same and probable only the strongest is told, as each implies the next.
    """
    copies = _copy(asked, kept)
    return (*copies, *_films(asked, kept), *_origin(asked, kept))


def _copy(asked: Signals, kept: Signals) -> tuple[Tie, ...]:
    """The strongest of identical, same and probable."""
    both = [name for name in _FILES if getattr(asked, name) and getattr(kept, name)]
    agree = [name for name in both if getattr(asked, name) == getattr(kept, name)]
    differ = [name for name in both if name not in agree]
    if agree and not differ:
        return (Tie(Line.IDENTICAL, tuple(("hash", name) for name in agree)),)
    contradicted: Evidence = ()
    if agree:
        # Files were made to share an MD5 or SHA-1, and lists carry errors: either way somebody must look.
        contradicted = (*(("agrees", name) for name in agree), *(("contradicted", name) for name in differ))
    found = sorted(_looks(asked, kept), key=lambda tie: tuple(Line).index(tie.line))
    if found:
        return (Tie(found[0].line, (*found[0].evidence, *contradicted)),)
    return (Tie(Line.PROBABLE, contradicted),) if contradicted else ()


def _looks(asked: Signals, kept: Signals) -> Iterator[Tie]:
    """Ties by what the pictures look like."""
    if asked.photodna and asked.photodna == kept.photodna:
        yield Tie(Line.SAME, (("hash", "photodna"),))
    if bool(asked.frames) != bool(kept.frames):
        film, picture = (asked, kept) if asked.frames else (kept, asked)
        if picture.quality >= LEAST_QUALITY:
            hit = in_film((*picture.pdq, *picture.turns), film.frames)
            if hit and hit[0] <= PROBABLE:
                near, second = hit
                evidence = (("hash", "pdq"), ("second", f"{second:g}"), ("distance", str(near)))
                yield Tie(Line.SAME if near <= SAME else Line.PROBABLE, evidence)
        return
    if asked.frames or min(asked.quality, kept.quality) < LEAST_QUALITY:
        return
    yield from _pdq(asked, kept)
    if asked.dhash and kept.dhash and (near := distance(asked.dhash, kept.dhash)) <= SAME:
        # A caption, a logo: what is under it is the same, but so it is of two forms filled in differently.
        yield Tie(Line.PROBABLE, (("hash", "dhash"), ("distance", str(near))))


def _pdq(asked: Signals, kept: Signals) -> Iterator[Tie]:
    """The nearest pair of how the one would be asked for and a view of the other, both ways.

    Turned or mirrored it counts up to SAME alone: sixteen times as many pairs would come by chance, and a
    search for all of them at PROBABLE costs eight times as much.
    """
    best: tuple[int, Evidence] | None = None
    for one, other, whose in ((asked, kept, "view"), (kept, asked, "asked_view")):
        plain = len(one.pdq[:2])
        pair = nearest((*one.pdq[:2], *one.turns), other.pdq)
        if pair is not None and pair[0] > SAME:
            pair = nearest(one.pdq[:2], other.pdq)
        if pair is not None and (best is None or pair[0] < best[0]):
            near, question, view = pair
            said = (
                ("hash", "pdq"),
                (whose, _view(other.pdq, view)),
                ("turn", _turn(question, plain)),
                ("distance", str(near)),
            )
            best = near, said
    if best and best[0] <= PROBABLE:
        yield Tie(Line.SAME if best[0] <= SAME else Line.PROBABLE, best[1])


def _view(views: Sequence[bytes], at: int) -> str:
    """A view's name; of a set that is not ours only that it is a view can be said.

    A record keeps equal values once, so 17 are those of a picture without border.
    """
    if len(views) == len(VIEWS):
        return VIEWS[at]
    if len(views) == len(VIEWS) - 1:
        return (VIEWS[0], *VIEWS[2:])[at]
    return VIEWS[at] if len(views) <= 2 else "a view"


def _turn(at: int, plain: int) -> str:
    if at < plain:
        return (DIHEDRAL[0], f"{DIHEDRAL[0]}, without border")[at]
    return _TURNS[at - plain] if at - plain < len(_TURNS) else "turned"


def _films(asked: Signals, kept: Signals) -> Iterator[Tie]:
    if asked.frames and kept.frames and (evidence := shared(asked.frames, kept.frames)):
        yield Tie(Line.VIDEO, evidence)


def _origin(asked: Signals, kept: Signals) -> Iterator[Tie]:
    """Ties by the camera and by how the file was written."""
    if asked.image_id and asked.image_id == kept.image_id:
        yield Tie(Line.IMAGE_ID, (("image_id", asked.image_id),))
    # Without a serial number it names a model, of which there are millions.
    if asked.device and asked.device == kept.device and asked.device.rpartition("|")[2]:
        yield Tie(Line.DEVICE, (("device", asked.device),))
    if asked.lens and asked.lens == kept.lens:
        yield Tie(Line.LENS, (("lens", asked.lens),))
    if asked.tables and asked.tables == kept.tables:
        yield Tie(Line.TABLES, (("tables", asked.tables),))
