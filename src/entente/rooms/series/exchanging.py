"""Files of others brought in, and series taken out: VICS, ICSE's CSV, what triage asks. Hashes alone."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from typing import Any, BinaryIO, Literal

import orjson
from pydantic import Field

from entente.core.problems import Fault, Faulty, Unreadable
from entente.desk import Desk
from entente.rooms.records import Bad, Strict
from entente.rooms.series import contributing, listing, service, shown, states
from entente.rooms.series import model as m
from entente.rooms.series.clearing import handling_of, must_be_cleared, shared
from entente.rooms.series.formats import (
    Entry,
    begins_as,
    new_head,
    read,
    read_icse,
    scheme_and_edition,
    write,
    write_icse,
)
from entente.rooms.series.media_model import MOST_AT_ONCE, Line, Media
from entente.web.forms import validated
from entente.web.language import N_

Sitting = Callable[[bool], AbstractContextManager[Desk]]
Format = Literal["vics", "icse"]
MOST_BYTES = 512 << 20
MOST_ASKED = 2_000
"""At once, by a file: some twenty milliseconds each."""
MOST_FAULTS = 100
A_PAGE = 200
MOST_SERIES = 200
"""New series of one file: a list of names is no list of series that somebody leads."""
NEITHER = N_("There is neither a file nor a digest")
_DIGEST = re.compile(r"[0-9a-fA-F]+")
_NAMES = {32: "md5", 40: "sha1", 64: "sha256"}


class Sent(Strict):
    """How a file that is brought in is meant."""

    sharing: m.Sharing = "open"
    scheme: Line = Field(
        default="", description="Name and version of the scheme, where the file does not say: US 2.0"
    )
    case: Line = ""
    series: bool = Field(default=True, description="Make series of the names that the file gives")


# --- read ----------------------------------------------------------------------------------------


def entries(file: BinaryIO, scheme: str = "") -> Iterator[Entry | Bad]:
    """The entries of a VICS or an ICSE file, by what it begins with. Raises Unreadable, for a picture too."""
    head = file.read(4096)
    file.seek(0)
    must_be_no_picture(head)
    name, edition = scheme_and_edition(scheme)
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t").startswith(b"{"):
        yield from read(file, name, edition)
    else:
        yield from read_icse(file)


def must_be_no_picture(start: bytes) -> None:
    """Raise Unreadable for what begins as a picture, film, archive or PDF does."""
    if what := begins_as(start):
        raise Unreadable(f"It is {what}: hashes are taken here, never a picture or a film.")


def begun(sitting: Sitting) -> None:
    """Note that a file comes, before anything of it is received. Raises NotAllowed."""
    with sitting(True) as desk:
        must_be_cleared(desk)
        desk.note("load", outcome="begun", what="images")


def brought_in(sitting: Sitting, file: BinaryIO, said: Sent) -> m.Imported:
    """Bring a file in, a batch a transaction; faulty rows are told and left out, the others kept.

    Raises Unreadable, Faulty, NotAllowed.
    """
    told = m.Imported(read=0, new=0, left_out=0, faults=[], series={}, unmapped={})
    counted: dict[str, Any] = {"read": 0, "new": 0, "left_out": 0}
    faults: list[str] = []
    series: dict[str, str] = {}
    began, names = 0, set[str]()
    unmapped: Counter[str] = Counter()
    rows = entries(file, said.scheme)
    while batch := list(islice(rows, MOST_AT_ONCE)):
        good: list[Media] = []
        for row in batch:
            if isinstance(row, Bad):
                counted["left_out"] += 1
                faults.append(f"{row.number}: {row.reason}")
                continue
            faults += [f"{row.number}: {fault}" for fault in row.faults]
            if not contributing.told(row.media):
                counted["left_out"] += 1
                faults.append(f"{row.number}: {contributing.EMPTY}")
                continue
            good.append(row.media.model_copy(update={"case": row.media.case or said.case}))
        counted["read"] += len(batch)
        del faults[MOST_FAULTS:]
        with sitting(True) as desk:
            must_be_cleared(desk)
            if said.series:
                fresh = {one.series_name for one in good if one.series_name} - series.keys() - names
                found, more_began = _named(desk, sorted(fresh), said, MOST_SERIES - began)
                series |= found
                began += more_began
                names |= fresh - found.keys()
            handling = handling_of(desk, shared(desk, said.sharing))
            into = [series.get(one.series_name, "") for one in good]
            ids, new = contributing.keep(desk, good, handling, into, moving=False)
            counted["new"] += new
            kept = desk.look_all(list(dict.fromkeys(ids)))
            for one, id in zip(good, ids, strict=True):
                if one.category and kept[id].first("common") == "unmapped":
                    unmapped[f"{one.category.scheme} {one.category.edition} {one.category.code}"] += 1
            desk.note("load", records=new, faults=counted["left_out"], upto=counted["read"], what="images")
    if names:
        more = f"{len(names)} further names of series are kept as names: a file begins {MOST_SERIES} series"
        faults = [more, *faults][:MOST_FAULTS]
    return told.model_copy(
        update={**counted, "faults": faults, "series": series, "unmapped": dict(unmapped.most_common(50))}
    )


def _named(desk: Desk, names: Iterable[str], said: Sent, most: int) -> tuple[dict[str, str], int]:
    """One's own series by name, begun where there is none, `most` of them; how many were begun."""
    series: dict[str, str] = {}
    began = 0
    for name in names:
        if standing := service.named(desk, name):
            series[name] = standing.id
        elif began < most:
            series[name] = service.begin(desk, m.SeriesForm(name=name, sharing=said.sharing)).id
            began += 1
    return series, began


def asked(file: BinaryIO | None, digests: str) -> list[Media]:
    """The files to ask for: what triage wrote (`ask.json`), a VICS or ICSE file, or digests typed.

    Raises Faulty with every fault, Unreadable.
    """
    if file is not None:
        head = file.read(4096)
        file.seek(0)
        if begins_as(head):
            what = N_("It is a picture or a film: only hashes are taken here")
            raise Faulty(
                faults=(Fault("file", what, N_("Run entente triage on it, and send what it writes.")),)
            )
        media = _asked_in(file, head)
        if len(media) > MOST_ASKED:
            what = f"The file asks for more than {MOST_ASKED}"
            raise Faulty(faults=(Fault("file", what, "Send it in parts."),))
        if media:
            return media
    words = digests.replace(",", " ").replace(";", " ").split()
    if not words:
        raise Faulty(faults=(Fault("file", NEITHER, N_("Choose a file, or type a digest.")),))
    if len(words) > MOST_AT_ONCE:
        what = f"There are more than {MOST_AT_ONCE} digests"
        raise Faulty(faults=(Fault("digest", what, "Send them as a file, or in parts."),))
    return [by_digest(word) for word in words]


def _asked_in(file: BinaryIO, head: bytes) -> list[Media]:
    if b'"media"' in head and b'"value"' not in head:
        try:
            said = orjson.loads(file.read(MOST_BYTES))
        except orjson.JSONDecodeError as wrong:
            raise Unreadable(f"The file is no JSON: {wrong}") from None
        rows = said.get("media") if isinstance(said, dict) else None
        if not isinstance(rows, list):
            raise Unreadable("The file has no list named “media”.")
        return [validated(Media, **row) for row in rows[: MOST_ASKED + 1] if isinstance(row, dict)]
    found: list[Media] = []
    for row in islice(entries(file), MOST_ASKED + 1):
        if not isinstance(row, Bad) and contributing.told(row.media):
            found.append(row.media.model_copy(update={"label": row.media.label or str(row.number)}))
    return found


def faults_of(problem: Faulty | Unreadable) -> Sequence[Fault]:
    """What is wrong with a file, for the page that it was sent from."""
    if isinstance(problem, Faulty):
        return problem.faults
    return (Fault("file", problem.detail, N_("Choose a VICS or an ICSE file, or what triage wrote.")),)


def by_digest(word: str) -> Media:
    """A file by one digest: MD5, SHA-1 or SHA-256, or a PDQ written as pdq:<64 hex>. Raises Faulty."""
    word = word.strip()
    bits = word[4:] if word.lower().startswith("pdq:") else ""
    if len(bits) == 64 and _DIGEST.fullmatch(bits):
        return Media(label=word, pdq=[bits])
    if _DIGEST.fullmatch(word) and len(word) in _NAMES:
        return Media(label=word, **{_NAMES[len(word)]: word})  # type: ignore[arg-type]
    what = f"“{word[:80]}” is no digest"
    raise Faulty(faults=(Fault("digest", what, "Write 32, 40 or 64 hex digits, or pdq: and 64 hex digits."),))


# --- written -------------------------------------------------------------------------------------


def _known_by_now(image: m.Image) -> dict[str, Any]:
    """What its series says of it: the name, and where its file did not say, that the victim is identified or
    that it is widely distributed."""
    if image.series is None:
        return {}
    said: dict[str, Any] = {"series_name": image.series.name}
    if image.series.state == "identified" and image.media.victim_identified is None:
        said["victim_identified"] = True
    if image.series.state == "distributed" and image.media.distributed is None:
        said["distributed"] = True
    return said


def taken_out(sitting: Sitting, series: str, form: Format, scheme: str = "") -> Iterator[bytes]:
    """A series as the asker may see it, or all his bureau's images, as a file that is sent while it is made.

    Raises Absent before the first piece.
    """
    with sitting(False) as desk:
        must_be_cleared(desk)
        name = states.look(desk, series).first("name") if series else ""
        desk.note("export", object=series, what="images", form=form)
    rows = _rows(sitting, series)
    if form == "icse":
        return write_icse(rows)
    profile, _, version = scheme.partition(" ")
    fields = {"CaseNumber": name, "SourceApplicationName": "Entente"}
    if profile:
        return write(new_head("cases", version or "2.0", profile, ({**fields, "TotalMediaFiles": 0},)), rows)
    return write(new_head("hash set"), rows)


def _rows(sitting: Sitting, series: str) -> Iterator[Media]:
    """A page a sitting; each row as it may be seen then."""
    after = 0
    last = ""
    while True:
        with sitting(False) as desk:
            if series:
                page = [t for _, t in shown.members(desk, states.look(desk, series), A_PAGE, after)]
            else:
                page = listing.images(desk, last, A_PAGE)
            told = shown.images(desk, page)
            desk.note("export", object=series, what="images", images=len(page))
        for one in told:
            named = _known_by_now(one)
            yield one.media.model_copy(update=named)
        if len(page) < A_PAGE:
            return
        after, last = page[-1].place, page[-1].id
