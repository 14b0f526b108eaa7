"""What U asks of lists that he has screened: sent, watched, sent again; his own and those of others."""

from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.drawing import NAMES, OWN_NAMES, OWN_PASSPORT, PASSPORTS
from worlds.pair import Known
from worlds.story_messages import some

HEADER = "Name,Born,Nationality,Passport,Seat"
ROWS = (
    *(f"{name},1971-03-05,xa,,{seat}" for seat, name in enumerate((*NAMES[:4], OWN_NAMES[0], OWN_NAMES[1]))),
    *(
        "Ivo,,,,",
        "Oksana Marenko,,,,",
        "?!,,,,",
        "too,few",
        f",,,{PASSPORTS[0]},",
        f",31.02.1971,,{OWN_PASSPORT},",
    ),
)
NEWER = (*ROWS[2:], "Ivo Marenkov,1971,,,", "Mira Halvorsen,,,,")
QUERIES = ("?limit=3", "?limit=2&after=2", "?band=strong", "?band=possible", "?band=contact", "?band=faulty")
STEPS = ("stop", "resume", "again")


def sending(asking: Asking, known: Known) -> Told:
    """Send lists: a good one that is watched, a draft, and what is none."""
    good = _listed(ROWS)
    yield asking.raw("POST", "/screenings?watch=2026-02-01", good)
    yield asking.raw("POST", "/screenings?start=false&title=Draft", good)
    for query, list in (("", b""), ("", b"A\nb\n"), ("?name=Nom", good), ("?watch=2020-01-01", good)):
        yield asking.raw("POST", f"/screenings{query}", list)
    yield asking.page("POST", "/screenings", ("title", "A list without a file"))
    yield asking.page("GET", "/screenings/new")
    yield asking.page("GET", "/screenings")


def reading(asking: Asking, known: Known, wholly: bool) -> Told:
    """How far they are, and what they found, by every address; those of others; then ask again."""
    answer = yield asking.api("GET", "/screenings")
    mine = [s["id"] for s in answer.json] if answer.status == 200 else []
    for id in mine:
        for query in ("", *(QUERIES if wholly else ())):
            yield asking.api("GET", f"/screenings/{id}/results{query}")
        yield asking.api("GET", f"/screenings/{id}/results.csv")
    for id in [*mine[:2], *some(known.of_kind("Screening"), 3), ABSENT, MALFORMED]:
        yield asking.api("GET", f"/screenings/{id}")
        yield asking.page("GET", f"/screenings/{id}")
        if wholly:
            yield asking.page("GET", f"/screenings/{id}/progress")
            yield asking.page("GET", f"/screenings/{id}?band=contact&words=marenko")
            yield asking.page("GET", f"/screenings/{id}/results.csv")
            for record in [*known.ids[:2], ABSENT]:
                yield asking.page("GET", f"/screenings/{id}/records/{record}?search={ABSENT}")
    for id in [*mine[-1:], *[i for i in some(known.of_kind("Screening"), 3) if i not in mine], ABSENT]:
        yield asking.raw("POST", f"/screenings/{id}/again", _listed(NEWER) if wholly else b"")
    if not wholly:
        return
    for id in [*mine[:1], *[i for i in some(known.of_kind("Screening"), 3) if i not in mine], ABSENT]:
        for step in STEPS:
            yield asking.api("POST", f"/screenings/{id}/{step}")
            yield asking.page("POST", f"/screenings/{id}/{step}")
        yield asking.page("POST", f"/screenings/{id}/columns", ("name", "Name"))
        yield asking.page("POST", f"/screenings/{id}/watch", ("until", "2026-02-02"))
        yield asking.api("PUT", f"/screenings/{id}/watch", {"watch": "2026-02-03"})
        yield asking.page("POST", f"/screenings/{id}/end")
        yield asking.api("DELETE", f"/screenings/{id}")


def _listed(rows: tuple[str, ...]) -> bytes:
    return "\n".join((HEADER, *rows, "")).encode()
