"""What U asks of the directory: experts, working groups, keys, rosters, webhooks. See story.py."""

from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.pair import HOOKS, POSTED, Known
from worlds.story_messages import some

GROUP = {"name": "Harbour", "area": "documents", "purpose": "Vans", "ends": "2026-12-31"}
EVENTS = ("message", "reply", "receipts", "hit", "standing", "notice", "deconfliction", "key-changed")


def gathering(asking: Asking, known: Known) -> Told:
    """Groups of the names that others use, compartments of others', experts, invitations."""
    answer = yield asking.api("GET", "/officers")
    staff = [o["id"] for o in answer.json] if answer.status == 200 else []
    made = yield asking.api("POST", "/groups", GROUP)
    yield asking.page("GET", "/groups")
    form = tuple((name, value) for name, value in GROUP.items())
    yield asking.page("POST", "/groups", *form)
    mine = [made.json["id"]] if made.status == 201 else []
    theirs = [*some(known.of_kind("WorkingGroup"), 3), ABSENT]
    yield from experts(asking, known, theirs)
    shown = yield asking.api("GET", "/experts?area=documents")
    seen = [e["id"] for e in shown.json if e["invitable"] and e["bureau"] != asking.bureau]
    for id in known.of_kind("WorkingGroup"):
        yield asking.api("GET", f"/groups/{id}")
    for id in [*mine, *theirs]:
        yield asking.api("PATCH", f"/groups/{id}", {"purpose": "Vans and boats"})
        for expert in [*seen[:1], *some(known.of_kind("Expert"), 2), ABSENT]:
            yield asking.api("POST", f"/groups/{id}/invite", {"expert": expert})
        yield asking.api("POST", f"/groups/{id}/invite", {"colleague": "chief@xb.example"})
        yield asking.api("DELETE", f"/groups/{id}/members/{known.ids[0]}")
    for id in theirs:
        yield asking.page("GET", f"/groups/{id}")
        yield asking.page("POST", f"/groups/{id}", *form)
        yield asking.page("POST", f"/groups/{id}/invite", ("expert", ABSENT))
        yield asking.page("POST", f"/groups/{id}/members/{ABSENT}/remove")
        for door in ("api", "page"):
            ask = asking.api if door == "api" else asking.page
            yield ask("POST", f"/groups/{id}/leave")
        need = {"mode": "everyone", "need": [f"group/{id}"]}
        draft = {"kind": "Person", "properties": {"name": ["Tarquin Oberleitner"]}, "handling": need}
        yield asking.api("POST", "/records", draft)
        for him in staff[:1]:
            yield asking.api("PATCH", f"/officers/{him}", {"held": [f"group/{id}"]})
    yield asking.api("GET", "/groups")


def experts(asking: Asking, known: Known, groups: list[str]) -> Told:
    """Entries shown and hidden; audiences of others' groups."""
    form = {"name": "Ada", "areas": ["documents"], "languages": ["fr"]}
    said = {"bureaus": ["XB"], "to": "bureaus"}
    for audience in (
        {},
        said,
        {"to": "bureaus", "bureaus": ["QQ"]},
        *({"to": "group", "group": g} for g in groups),
    ):
        yield asking.api("POST", "/experts", {**form, "audience": audience} if audience else form)
    for query in ("", "?area=documents", "?language=fr", "?bureau=XC", "?words=harbour"):
        yield asking.api("GET", f"/experts{query}")
    yield asking.page("GET", "/experts?area=documents")
    yield asking.page("POST", "/experts", ("name", "Bo"), ("areas", "documents"), ("to", "everyone"))
    for id in [*some(known.of_kind("Expert"), 5), ABSENT, MALFORMED]:
        yield asking.page("GET", f"/experts/{id}")
        yield asking.api("PATCH", f"/experts/{id}", {"unit": "Two"})
        yield asking.api("POST", f"/experts/{id}/confirm")
        yield asking.page("POST", f"/experts/{id}/confirm")
        yield asking.page("POST", f"/experts/{id}", ("name", "Bo"), ("areas", "documents"))
    for id in [*some(known.of_kind("Expert"), 3), ABSENT]:
        yield asking.api("DELETE", f"/experts/{id}")
        yield asking.page("POST", f"/experts/{id}/remove")


def invitations(asking: Asking, known: Known) -> Told:
    """One's own, and others'."""
    answer = yield asking.api("GET", "/invitations")
    mine = [i["id"] for i in answer.json] if answer.status == 200 else []
    for id in [*some(known.of_kind("Invitation"), 3), ABSENT, MALFORMED]:
        if id not in mine:
            for word in ("accept", "decline"):
                yield asking.api("POST", f"/invitations/{id}/{word}")
                yield asking.page("POST", f"/invitations/{id}/{word}")
    for id in mine:
        yield asking.api("POST", f"/invitations/{id}/accept")
    yield asking.api("GET", "/experts")
    yield asking.api("GET", "/groups")
    yield asking.page("GET", "/groups")


def desks(asking: Asking, known: Known) -> Told:
    """Keys, rosters and suspension of every bureau; webhooks of one's own and of others."""
    yield asking.api("GET", "/house/key")
    prints = known.values("BureauKey", "fingerprint")
    for code in ("XB", "XC", asking.bureau, "QQ"):
        yield asking.api("GET", f"/bureaus/{code}/keys")
        for path in ("", "/edit", "/suspension"):
            yield asking.page("GET", f"/bureaus/{code}{path}")
    for code in ("XB", "QQ"):
        yield asking.api("PATCH", f"/bureaus/{code}", {"phone": "1"})
        yield asking.api("POST", f"/bureaus/{code}/suspension", {"suspended": False, "reason": "None"})
        yield asking.page("POST", f"/bureaus/{code}/edit", ("phone", "1"))
        yield asking.page("POST", f"/bureaus/{code}/suspension", ("reason", "None"))
        yield asking.page("POST", f"/bureaus/{code}/keys", ("how", "rotate"))
    for print_ in [*prints[:2], "0" * 64]:
        yield asking.api("POST", f"/bureau-keys/{print_}/revoke")
        yield asking.page("POST", f"/bureaus/XB/keys/{print_}/revoke")
    for id in [*some(known.of_kind("Officer"), 2), ABSENT]:
        for ask in (asking.api, asking.page):
            yield ask("POST", f"/officers/{id}/grant")
            yield ask("POST", f"/keys/{id}/grant")
    yield asking.api("PATCH", f"/bureaus/{asking.bureau}", {"phone": "+999 7", "hours": "24/7"})
    yield asking.api("GET", f"/bureaus/{asking.bureau}/keys")
    yield asking.page("GET", "/officers")


def keys(asking: Asking) -> Told:
    """While his sign-in is fresh: his bureau's keys change."""
    yield asking.api("POST", "/bureau-keys", {"how": "rotate"})
    yield asking.page("POST", f"/bureaus/{asking.bureau}/keys", ("how", "rotate"))


def hooks(asking: Asking, known: Known) -> Told:
    """Webhooks: one that hears, one that does not; those of others; what was told meanwhile."""
    ids: list[str] = []
    for address in (
        f"{HOOKS}/{asking.bureau}/fine",
        f"{HOOKS}/{asking.bureau}/gone",
        "https://elsewhere.example/",
    ):
        made = yield asking.api("POST", "/webhooks", {"address": address, "events": list(EVENTS)})
        ids += [made.json["webhook"]["id"]] if made.status == 201 else []
    yield asking.page(
        "POST", "/webhooks", ("address", f"{HOOKS}/{asking.bureau}/page"), ("events", "message")
    )
    for id in [*ids[:1], *some(known.of_kind("Webhook"), 3), ABSENT]:
        yield asking.api("POST", f"/webhooks/{id}/test")
        yield asking.page("POST", f"/webhooks/{id}/test")
    yield POSTED


def hooks_later(asking: Asking, known: Known) -> Told:
    """How they went; dead letters of one's own and of others."""
    yield POSTED
    yield asking.api("GET", "/webhooks")
    yield asking.page("GET", "/webhooks")
    yield asking.api("GET", "/webhooks/dead")
    for id in [*some(known.of_kind("WebhookDelivery"), 3), ABSENT, MALFORMED]:
        for ask in (asking.api, asking.page):
            yield ask("POST", f"/webhooks/dead/{id}/retry")
            yield ask("POST", f"/webhooks/dead/{id}/drop")
    others = list(some(known.of_kind("Webhook"), 4))
    for id in [*others[:2], ABSENT]:
        yield asking.api("DELETE", f"/webhooks/{id}")
        yield asking.page("POST", f"/webhooks/{id}/remove")
