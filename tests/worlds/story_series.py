"""What U asks of image series: by hashes, by every list and page; and what he does there. See story.py."""

from typing import Any

from rooms.hashed import copy_of, digest, file, near
from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.others_series import CAMERA, OURS, OURS_TOO, SEEN, SIDE, TABLES, plain
from worlds.pair import LISTEN, PAUSE, TOMORROW, Known, Story
from worlds.plans import Plan
from worlds.stage import Ask
from worlds.story_messages import some

WHY = {"why": "The same wall behind them"}
LISTS = ("all", "mine", "unidentified", "in-progress", "identified", "distributed")
CSV = b"MD5;SHA1;Series name;Victim identified\n%b;;Pier;0\n%b;;From a file;1\nx;;;\n"
VICS = b'{"value":[{"MediaID":1,"MD5":"%b","Category":1},{"MediaID":2,"MD5":"%b","Series":"Blue boat"}]}'
FORMAT = {"name": "Ours", "edition": "1", "categories": {"1": {"label": "x", "common": "other"}}}


def series(plan: Plan, known: Known) -> Story:
    """The series room alone: what its mutants need."""
    asking = Asking(plan)
    yield LISTEN
    yield from beginning(asking)
    for wholly in (False, False, True):
        yield PAUSE
        yield LISTEN
        yield from browsing(asking, known, wholly)
    yield TOMORROW
    for _ in range(3):
        yield PAUSE
        yield LISTEN
        yield from browsing(asking, known)
    yield asking.page("GET", "/inbox")
    yield asking.api("GET", "/journal")


def asked() -> list[dict[str, Any]]:
    """One for each line by which files hang together, of what others have and hide; and what nobody has."""
    return [
        file("boat"),
        copy_of("boat", 20),
        file("asked"),
        copy_of("asked before", 2),
        file("blind"),
        file("ours"),
        plain("boat", 45, label="probable"),
        {"md5": digest("near by dhash", 16), "dhash": digest("dhash ours", 32), "label": "dhash"},
        plain("camera", 0, label="camera", device=CAMERA, lens="L-1", tables=TABLES),
        {"md5": file("mill")["md5"], "label": "digest"},
        file("nobody's"),
    ]


def beginning(asking: Asking) -> Told:
    """A question, and what U's bureau has: open, blind, silent; two series; what it will hear nothing of."""
    yield asking.api("POST", "/series/check", {"media": asked()})
    for name in (OURS, OURS_TOO):
        made = yield asking.api("POST", "/series", {"name": name})
        into = made.json["id"] if made.status == 201 else ""
        for names, sharing in ((("ours", "pier"), "open"), (("shy",), "blind"), (("silent",), "silent")):
            media = [file(one if name == OURS else f"{one} too") for one in names]
            media[0] |= {"device": CAMERA, "tables": TABLES} if sharing == "open" else {}
            form = {"media": media, "series": into, "sharing": sharing}
            yield asking.api("POST", "/series/images", form)
    for name in ("nothing", "ignored"):
        yield asking.api("POST", "/series/ignored", {"text": name, "media": file(name)})


def browsing(asking: Asking, known: Known, wholly: bool = False) -> Told:
    """What there is by now; `wholly`: by every list, page and step."""
    yield asking.api("POST", "/series/check", {"media": asked()})
    yield asking.api("GET", "/alerts")
    yield from meeting(asking)
    told = yield asking.api("GET", "/series?limit=50")
    for which in LISTS[1:] if wholly else ():
        yield asking.api("GET", f"/series?which={which}&limit=50")
    yield asking.api("GET", "/series/statistics")
    rows = told.json if told.status == 200 else []
    ids = [row["id"] for row in rows if row["name"] in (SEEN, SIDE, OURS_TOO)]
    ids = list(dict.fromkeys([*ids, *some(known.of_kind("ImageSeries"), 16 if wholly else 8), ABSENT]))
    yield from opening(asking, ids)
    own = yield asking.api("GET", "/series/images?limit=8")
    mine = [one["id"] for one in own.json] if own.status == 200 else []
    for id in [*mine, *some(known.of_kind("SeriesImage"), 16 if wholly else 4), ABSENT]:
        yield asking.api("GET", f"/series/images/{id}")
        yield asking.api("GET", f"/series/images/{id}/ties")
    if wholly:
        yield from paging(asking, known)
        yield from working(asking, ids)
        yield from contributing(asking, known)
        yield from joining(asking, ids)
        yield from files(asking, ids)
        yield from desk(asking, known)
        yield from pages(asking, known, ids)


def opening(asking: Asking, ids: list[str]) -> Told:
    for id in ids:
        yield asking.api("GET", f"/series/{id}")
        yield asking.api("GET", f"/series/{id}/images?limit=200")


def meeting(asking: Asking) -> Told:
    """Who was met; U takes note of every second one."""
    told = yield asking.api("GET", "/series/meetings")
    yield asking.api("GET", "/series/meetings?which=all")
    for one in (told.json if told.status == 200 else [])[::2][:3]:
        yield asking.api("POST", f"/series/meetings/{one['id']}/note")
    yield asking.page("GET", "/series/meetings")


def paging(asking: Asking, known: Known) -> Told:
    """Page by page; from cursors that are not one's own."""
    for path in ("/series?limit=2", "/series/images?limit=2"):
        after = ""
        for _page in range(20):
            answer = yield asking.api("GET", f"{path}&after={after}")
            if answer.status != 200 or len(answer.json) < 2:
                break
            after = answer.json[-1]["id"]
    for id in [*some(known.of_kind("ImageSeries"), 4), MALFORMED]:
        yield asking.api("GET", f"/series?after={id}")
        yield asking.page("GET", f"/series?which=mine&after={id}")
    for id in [*some(known.of_kind("SeriesImage"), 4), MALFORMED]:
        yield asking.api("GET", f"/series/images?after={id}")
        yield asking.page("GET", f"/series/images?after={id}")
    for kind in ("ImageQuestion", "ImageMeeting", "SeriesWork", "ImageVerdict", "ImageIgnored"):
        for id in some(known.of_kind(kind), 3):
            yield asking.api("GET", f"/series/{id}")
            yield asking.api("GET", f"/series/images/{id}/ties")
            yield asking.api("GET", f"/records/{id}")
    for id in some(known.of_kind("ImageMeeting"), 5):
        yield asking.api("POST", f"/series/meetings/{id}/note")
        yield asking.page("POST", f"/series/meetings/{id}/note")


def working(asking: Asking, ids: list[str]) -> Told:
    """U says that his bureau works on each, and no longer; and moves each, as if he led it."""
    for n, id in enumerate(ids):
        yield asking.api("PUT", f"/series/{id}/work", {"note": "Our boat"})
        if n % 2:
            yield asking.api("DELETE", f"/series/{id}/work")
        stands = yield asking.api("GET", f"/series/{id}")
        version = stands.json["version"] if stands.status == 200 else 1
        name = stands.json["name"] if stands.status == 200 else "A name"
        yield asking.api("PUT", f"/series/{id}", {"name": name, "note": "Anew", "version": version})
        said = {"state": "in-progress", "version": version + 1, **WHY}
        yield asking.api("POST", f"/series/{id}/state", said)
        yield asking.api("POST", f"/series/{id}/decision", {"approve": True, "version": version})


def contributing(asking: Asking, known: Known) -> Told:
    """Into each series; what is moved, handled, judged, taken back; of others', too."""
    own = yield asking.api("GET", "/series/images?limit=100")
    mine = [one["id"] for one in own.json] if own.status == 200 else []
    for n, into in enumerate([*some(known.of_kind("ImageSeries"), 8), ABSENT, MALFORMED]):
        form = {"media": [file(f"more {n}"), file("boat")], "series": into}
        yield asking.api("POST", "/series/images", form)
        yield asking.api("PUT", "/series/images/series", {"images": mine[:1], "series": into})
    for id in [*some(known.of_kind("SeriesImage"), 8), ABSENT]:
        yield asking.api("PUT", "/series/images/series", {"images": [id], "series": ""})
        said = {
            "one": mine[0] if mine else ABSENT,
            "other": id,
            "verdict": "not-a-match",
            "text": "Another wall",
        }
        yield asking.api("POST", "/series/verdicts", said)
        yield asking.page("GET", f"/series/images/{id}")
        form = (("other", id), ("verdict", "same"))
        yield asking.page("POST", f"/series/images/{mine[-1] if mine else ABSENT}/verdict", *form)
        yield asking.page("POST", f"/series/images/{id}/move", ("series", ""))
        yield asking.page(
            "POST", f"/series/images/{mine[-1] if mine else ABSENT}/verdict/back", ("other", id)
        )
        yield asking.api("DELETE", f"/series/verdicts/{mine[-1] if mine else ABSENT}/{id}")
    hidden = [id for id in some(known.of_kind("SeriesImage"), 6) if id not in mine]
    for id in [*mine[:1], *hidden, ABSENT]:
        yield asking.api("PUT", f"/series/images/{id}/handling", {"sharing": "blind"})
        yield asking.page("POST", f"/series/images/{id}/handling", ("sharing", "silent"))
        yield asking.page("POST", f"/series/images/{id}/withdraw")
        yield asking.api("DELETE", f"/series/images/{id}")


def joining(asking: Asking, ids: list[str]) -> Told:
    """Series of one's own into each, answers to those that ask, what was merged taken apart, split."""
    own = yield asking.api("GET", "/series?which=mine")
    mine = [one["id"] for one in own.json] if own.status == 200 and own.json else [ABSENT]
    images = yield asking.api("GET", f"/series/{mine[0]}/images")
    inside = [one["id"] for one in images.json][:1] if images.status == 200 else []
    for n, id in enumerate(ids):
        yield asking.api("POST", f"/series/{id}/merge/answer", {"approve": n % 2 == 0, **WHY})
        yield asking.api("POST", f"/series/{id}/apart", WHY)
        yield asking.api("POST", f"/series/{mine[-1]}/merge", {"into": id, **WHY})
        yield asking.api("POST", f"/series/{id}/merge", {"into": mine[-1], **WHY})
        said = {"images": inside or [ABSENT], "name": f"Split {n}", **WHY}
        yield asking.api("POST", f"/series/{id}/split", said)
        for move in ("apart", "answer", "merge", "state", "work", "stop", "split", "decision", "burn"):
            form = (
                ("other", id),
                ("into", id),
                ("approve", "no"),
                ("state", "distributed"),
                ("version", "2"),
            )
            yield asking.page("POST", f"/series/{id}/{move}", *form, *WHY.items(), ("name", "By hand"))
    yield from opening(asking, ids)


def files(asking: Asking, ids: list[str]) -> Told:
    """Brought in and taken out, whole and a series."""
    two = file("boat")["md5"].encode(), file("from a file")["md5"].encode()
    for data in (CSV % two, VICS % two):
        for how in ("sharing=silent&case=C-1", "scheme=US%202.0"):
            yield asking.raw("POST", f"/series/import?{how}", data)
    for id in ids:
        for how in ("", "?form=icse", "?scheme=US%202.0"):
            yield asking.api("GET", f"/series/{id}/export{how}")
        yield asking.page("GET", f"/series/{id}/file?form=icse")
    yield asking.api("GET", "/series/export")
    yield asking.page("GET", "/series/file")


def desk(asking: Asking, known: Known) -> Told:
    """What is one's own bureau's alone."""
    for path in ("statistics", "ignored", "exposure", "exposure/bureau", "schemes"):
        yield asking.api("GET", f"/series/{path}")
    yield asking.api("POST", "/series/exposure", {"seen": 4, "spared": 40})
    yield asking.api("POST", "/series/schemes", FORMAT)
    for officer in (*some(known.of_kind("Officer"), 4), ABSENT):
        yield asking.api("PUT", "/series/exposure/cap", {"officer": officer, "cap": 50})
        yield asking.page("POST", "/series/desk/cap", ("officer", officer), ("cap", "60"))
    for id in (*some(known.of_kind("ImageIgnored"), 4), ABSENT):
        yield asking.page("POST", "/series/desk/heed", ("id", id))
        yield asking.api("DELETE", f"/series/ignored/{id}")
    yield asking.page("POST", "/series/desk/ignore", ("text", "Frame"), ("digest", digest("frame", 16)))
    yield asking.page("GET", "/series/desk")


def pages(asking: Asking, known: Known, ids: list[str]) -> Told:
    """The pages, and what is sent from them."""
    for path in ("", "/new", "/images", "/desk", "/meetings?which=all", "?which=identified"):
        yield asking.page("GET", f"/series{path}")
    digests = "\n".join(
        [file("boat")["md5"], f"pdq:{near(digest('pdq asked 0', 32), 6)}", file("blind")["md5"]]
    )
    for more in ((), (("save", "yes"),)):
        openly = () if asking.discreet else (("purpose", "identify"), ("justification", "case 1"))
        said = (("digests", digests), *openly, *more)
        yield asking.page("POST", "/series/check", *said)
    yield asking.page("POST", "/series/new", ("name", SEEN), ("sharing", "blind"))
    yield asking.page("POST", "/series/images", ("sharing", "open"))
    for id in ids[::2]:
        yield asking.page("GET", f"/series/{id}")
        yield asking.page("GET", f"/series/{id}/edit")
        yield asking.page("POST", f"/series/{id}/edit", ("name", "By hand"), ("version", "3"))
    for id in some(known.of_kind("SeriesImage"), 4):
        yield asking.page("GET", f"/series/{ids[0]}?after={id}")
        yield asking.api("GET", f"/series/{ids[0]}/images?after={id}")
        yield Ask("GET", f"/api/v1/series/images/{id}/ties", purpose="")
