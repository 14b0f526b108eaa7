"""What U asks of the library of documents and of alerts of false ones. See story.py."""

from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.pair import Known
from worlds.story_messages import some

FORM = {
    "code": "UTO-AO-01001",
    "title": "Passport of Utopia",
    "width": 125,
    "height": 88,
    "content": {"pages": [{"kind": "data"}], "features": [{"page": 0, "term": "watermark"}]},
}
PICTURE = b"\x89PNG\r\n\x1a\n a page"
WHY = {"why": "It was wrong from the start."}


def browsing(asking: Asking, known: Known, wholly: bool = False) -> Told:
    """The library, as it is by now."""
    for which in ("published", "mine", "review"):
        yield asking.api("GET", f"/papers/versions?which={which}")
    yield asking.api("GET", "/papers/versions?country=UTO&number=U1234567&limit=1")
    if wholly:
        yield asking.page("GET", "/papers")
        yield asking.api("GET", "/papers/vocabulary")
        yield from writing(asking, known)


def writing(asking: Asking, known: Known) -> Told:
    """A version of one's own, and those of others, by each address."""
    made = yield asking.api("POST", "/papers/versions", FORM)
    mine = [made.json] if made.status == 201 else []
    others = [
        {"id": id, "seen": ""} for id in [*some(known.of_kind("DocumentVersion"), 6), ABSENT, MALFORMED]
    ]
    for version in [*mine, *others]:
        id, seen = version["id"], version["seen"]
        path = f"/papers/versions/{id}"
        yield asking.api("GET", path)
        yield asking.raw("PUT", f"/papers/pictures/{id}", PICTURE)
        yield asking.api("GET", f"/papers/pictures/{id}/{'0' * 64}")
        yield asking.api("PUT", path, {**FORM, "seen": seen})
        yield asking.api("POST", f"{path}/submit", {"seen": seen})
        yield asking.api("POST", f"{path}/review", {"seen": seen, "approve": True})
        yield asking.api("POST", f"{path}/revise")
        yield asking.api("POST", f"{path}/withdraw", WHY)
        yield asking.api("DELETE", path)
