"""What U asks, in both worlds, at every address: generators that yield requests and are sent the answers."""

from collections.abc import Sequence
from itertools import cycle, islice
from typing import Any

from worlds import (
    story_biometrics,
    story_directory,
    story_files,
    story_messages,
    story_notices,
    story_papers,
    story_payments,
    story_reconcile,
    story_screening,
    story_series,
)
from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.drawing import NAMES, OWN_NAMES, OWN_PASSPORT, PASSPORTS, PLATES
from worlds.pair import EXPORT, LISTEN, PAUSE, TOMORROW, Known, Story
from worlds.plans import Plan
from worlds.stage import Ask
from worlds.story_biometrics import biometrics as biometrics
from worlds.story_biometrics import prints as prints
from worlds.story_cases import assessing as assessing
from worlds.story_cases import booking as booking
from worlds.story_cases import cased as cased
from worlds.story_cases import cases as cases
from worlds.story_cases import casing as casing
from worlds.story_files import charts as charts
from worlds.story_house import directories, journal, leaving
from worlds.story_papers import papers as papers
from worlds.story_payments import intercepts as intercepts
from worlds.story_payments import payments as payments
from worlds.story_payments import ringing as ringing
from worlds.story_series import series as series
from worlds.story_trends import blind as blind
from worlds.story_trends import counting as counting
from worlds.story_trends import operations as operations
from worlds.story_trends import seizures as seizures
from worlds.story_trends import trends as trends

ZONE = "P<XBAMARENKO<<IVO<<<<<<<<<<<<<<<<<<<<<<<<<<<\nB704419204XBA7103058M3001014<<<<<<<<<<<<<<04"
TEXTS = (
    *(NAMES[0], NAMES[3], OWN_NAMES[0], "Iwo Marenco", "Ivo", "Marenko", "Marenko Trading"),
    *(PASSPORTS[0], OWN_PASSPORT, PLATES[0], f"{NAMES[0]} 1971", f"{NAMES[0]} {PASSPORTS[1]}", ZONE, "?!"),
)
FILTERS: tuple[dict[str, Any], ...] = (
    {"kind": "Person"},
    {"kind": "Vehicle"},
    {"born": "1971"},
    {"nationality": "xb"},
    {"sex": "male"},
    *({"limit": n} for n in (1, 3)),
)


def whole(plan: Plan, known: Known) -> Story:
    """Everything, with pauses in which others act and the house works."""
    asking, standing = Asking(plan), known.every()
    searches = yield from searching(asking)
    yield from story_reconcile.reconciling(known)
    yield from reading(asking, known)
    yield from channels_begin(asking, known)
    yield PAUSE
    yield from judging(asking, known, searches)
    yield from keeping(asking, known)
    yield from channels_go_on(asking, known)
    yield PAUSE
    yield from waiting(asking, known)
    yield from directories(asking, known)
    yield PAUSE
    yield from channels_go_on(asking, known)
    yield from looking_again(asking, known)
    yield from pages(asking, known)
    yield TOMORROW
    yield PAUSE
    yield from waiting(asking, known)
    yield from channels_end(asking, known)
    yield from looking_again(asking, known)
    yield from everything(asking, [*standing[::12], *(i for i in known.every() if i not in standing)][::3])
    yield from journal(asking, known)
    yield from leaving(asking)


def records(plan: Plan, known: Known) -> Story:
    """Without the channels."""
    asking = Asking(plan)
    searches = yield from searching(asking)
    yield from story_reconcile.reconciling(known)
    yield from reading(asking, known)
    yield PAUSE
    yield from judging(asking, known, searches)
    yield from keeping(asking, known)
    yield PAUSE
    yield from waiting(asking, known)
    yield from directories(asking, known)
    yield PAUSE
    yield from looking_again(asking, known)
    yield TOMORROW
    yield from looking_again(asking, known)
    yield from leaving(asking)


def channels(plan: Plan, known: Known) -> Story:
    """Messages, groups, experts, standing queries, notices alone."""
    asking = Asking(plan)
    yield PAUSE
    yield from channels_begin(asking, known)
    yield PAUSE
    yield from channels_go_on(asking, known)
    yield PAUSE
    yield from channels_go_on(asking, known)
    yield TOMORROW
    yield PAUSE
    yield from channels_end(asking, known)
    yield PAUSE
    yield LISTEN
    yield PAUSE
    yield LISTEN


def channels_begin(asking: Asking, known: Known) -> Told:
    yield from story_directory.keys(asking)
    yield from story_directory.hooks(asking, known)
    yield from story_notices.standing(asking, known)
    yield from story_notices.drafting(asking, known)
    yield from story_screening.sending(asking, known)
    yield from story_messages.writing(asking, known)
    yield from story_directory.gathering(asking, known)
    yield from story_papers.beginning(asking)
    yield from story_series.beginning(asking)
    yield from story_biometrics.beginning(asking)
    yield from story_payments.beginning(asking)


def channels_go_on(asking: Asking, known: Known, wholly: bool = False) -> Told:
    """What came meanwhile; `wholly`: by every list and page."""
    yield from story_directory.invitations(asking, known)
    rows = yield from story_messages.lists(asking, known, wholly)
    yield from story_messages.opening(asking, known, rows)
    yield from story_notices.moving(asking, known, wholly)
    yield from story_notices.rung(asking, known, wholly)
    yield from story_screening.reading(asking, known, wholly)
    yield from story_papers.browsing(asking, known, wholly)
    yield from story_series.browsing(asking, known, wholly)
    yield from story_biometrics.browsing(asking, known, wholly)
    yield from story_payments.browsing(asking, known, wholly)
    yield from story_directory.hooks_later(asking, known)


def channels_end(asking: Asking, known: Known) -> Told:
    """Once more, and what others have."""
    yield from channels_go_on(asking, known, wholly=True)
    yield from story_messages.others_messages(asking, known)
    yield from story_notices.others_notices(asking, known)
    yield from story_directory.desks(asking, known)


def messages(plan: Plan, known: Known) -> Story:
    """Messages alone: what the mutants of that room need."""
    asking = Asking(plan)
    yield PAUSE
    yield from story_messages.writing(asking, known)
    for wholly in (False, True):
        yield TOMORROW
        yield PAUSE
        yield from story_directory.invitations(asking, known)
        rows = yield from story_messages.lists(asking, known, wholly)
        yield from story_messages.opening(asking, known, rows)
        yield PAUSE
        yield LISTEN
        yield PAUSE
        yield LISTEN
    yield from story_messages.others_messages(asking, known)


def directory(plan: Plan, known: Known) -> Story:
    """Groups, experts, webhooks alone."""
    asking = Asking(plan)
    yield PAUSE
    yield from story_directory.hooks(asking, known)
    yield from story_directory.gathering(asking, known)
    for _ in range(3):
        yield PAUSE
        yield from story_directory.invitations(asking, known)
        yield from story_directory.hooks_later(asking, known)


def notices(plan: Plan, known: Known) -> Story:
    """Standing queries, deconfliction, hits and notices alone."""
    asking = Asking(plan)
    yield PAUSE
    yield from story_notices.standing(asking, known)
    yield from story_notices.drafting(asking, known)
    for wholly in (False, False, True):
        yield PAUSE
        yield from story_notices.moving(asking, known, wholly)
        yield from story_notices.rung(asking, known, wholly)
        yield asking.page("GET", "/inbox")
    yield from story_notices.others_notices(asking, known)


def files(plan: Plan, known: Known) -> Story:
    """Analysis files, their charts, networks and reports; whether search or journal tell of others'."""
    asking = Asking(plan)
    yield from story_files.opening(asking, known)
    yield PAUSE
    yield from story_files.joining(asking, known)
    yield LISTEN
    yield from story_files.working(asking, known)
    yield PAUSE
    yield from story_files.looking(asking, known)
    yield TOMORROW
    yield PAUSE
    yield LISTEN
    yield from story_files.looking(asking, known)
    yield from looking_again(asking, known)
    yield from story_files.every(asking, known)
    yield asking.page("GET", "/inbox")
    yield from journal(asking, known)


def searching(asking: Asking) -> Told:
    """By names with typos, by one token, by numbers and a zone, filtered; returns (search, shown ids)."""
    done: list[tuple[str, list[str]]] = []
    asked = [{"text": t} for t in TEXTS] + [{"text": NAMES[0], **f} for f in FILTERS]
    for body in asked:
        answer = yield asking.api("POST", "/search", body)
        if answer.status == 200:
            done.append((answer.json["search"], [c["id"] for c in answer.json["candidates"]]))
    for wrong in (
        {},
        {"text": ""},
        {"text": "Ivo", "kind": "Hit"},
        {"text": "Ivo", "born": "x"},
        {"text": "Ivo", "x": 1},
    ):
        yield asking.api("POST", "/search", wrong)
    yield Ask("POST", "/api/v1/search", json={"text": "Ivo"}, purpose="")
    yield Ask("POST", "/api/v1/search", json={"text": "Ivo"}, purpose="nonsense")
    return done


def reading(asking: Asking, known: Known) -> Told:
    """Every record of either world by its id, and ids of nothing."""
    for id in (*known.ids, ABSENT, MALFORMED):
        for path in ("", "/versions", "/links"):
            yield asking.api("GET", f"/records/{id}{path}")
        yield asking.page("GET", f"/records/{id}")
    for id in (*known.ids[:4], ABSENT):
        yield asking.page("GET", f"/records/{id}/versions")
        yield Ask("GET", f"/records/{id}", purpose="")
        yield asking.page("GET", f"/journal?object={id}")
    yield from mine(asking, known)
    yield EXPORT


def mine(asking: Asking, known: Known) -> Told:
    """Own records, page by page; from cursors that are not one's own."""
    after = ""
    for _page in range(20):
        answer = yield asking.api("GET", f"/records?limit=2&after={after}")
        if answer.status != 200 or len(answer.json) < 2:
            break
        after = answer.json[-1]["id"]
    for id in (*known.ids[::3], ABSENT, MALFORMED):
        yield asking.api("GET", f"/records?after={id}")
        yield asking.page("GET", f"/records?after={id}")
    for kind in ("Person", "Vehicle", "Officer", "Hit", "Nonsense"):
        yield asking.api("GET", f"/records?kind={kind}")


def judging(asking: Asking, known: Known, searches: list[tuple[str, list[str]]]) -> Told:
    """Verdicts on what was shown, on what is hidden, on searches that are not one's own."""
    words = cycle(("same", "not-same", "cannot-tell"))
    for search, shown in searches[::4]:
        for id in [*islice(shown, 2), *islice(known.ids, 3), ABSENT]:
            said = {"record": id, "verdict": next(words), "urgent": True, "text": "scar"}
            yield asking.api("POST", f"/search/{search}/verdicts", said)
    for search, shown in searches[:2]:
        for id in shown[:8]:
            yield asking.api("POST", f"/search/{search}/verdicts", {"record": id, "verdict": "same"})
            yield asking.page("POST", f"/search/{search}/verdicts", ("record", id), ("verdict", "same"))
    for search in (ABSENT, MALFORMED):
        yield asking.api("POST", f"/search/{search}/verdicts", {"record": ABSENT, "verdict": "same"})


def waiting(asking: Asking, known: Known) -> Told:
    """The inbox and what one waits for; hits by id, also those between others."""
    ids: list[str] = []
    for path in ("/hits", "/hits?sent=true"):
        answer = yield asking.api("GET", path)
        ids += [h["id"] for h in answer.json["hits"]] if answer.status == 200 else []
    for id in [*ids[:6], *story_messages.some(known.of_kind("Hit"), 5), *known.ids[:2], ABSENT]:
        yield asking.api("GET", f"/hits/{id}")
        yield asking.page("GET", f"/hits/{id}")
    for id in [*ids[:3], *known.every()[-3:], ABSENT]:
        yield asking.api("POST", f"/hits/{id}/confirmation", {"answer": "denied", "text": "no"})
        yield asking.page("POST", f"/hits/{id}/answer", ("outcome", "confirmed"), ("note", "yes"))
    for path in ("/inbox", "/inbox?sent=yes"):
        yield asking.page("GET", path)


def keeping(asking: Asking, known: Known) -> Told:
    """Contribute (with references and numbers that exist unseen), correct, handle, keep, withdraw."""
    own = {"mode": "named", "bureaus": ["XB"], "hint": []}
    watched = {**own, "hint": ["XC"], "watch": True}
    made: list[dict[str, Any]] = []
    for ref in ("", *known.refs[:4], *known.refs[-2:], "new 1", "fresh"):
        values = {"name": [OWN_NAMES[0]], **({"passportNumber": [PASSPORTS[0]]} if ref else {})}
        draft = {"kind": "Person", "properties": values, "handling": own if ref else watched, "ref": ref}
        answer = yield asking.api("POST", "/records", draft)
        made += [answer.json] if answer.status == 201 else []
    wrong = {
        "mode": "named",
        "bureaus": ["QQ"],
        "need": ["joint/file", "XB/file", "no/file"],
        "level": "confidential",
    }
    yield asking.api("POST", "/records", {"kind": "Person", "properties": {}, "handling": wrong})
    for id in known.ids[:2]:
        tie = {"person": [id], "associate": [ABSENT]}
        answer = yield asking.api(
            "POST", "/records", {"kind": "Associate", "properties": tie, "handling": own}
        )
        made += [answer.json] if answer.status == 201 else []
    mended = {"name": [OWN_NAMES[1]], "profession": ["smith"]}
    for id, version in [
        *[(r["id"], r["version"]) for r in made[:2]],
        *[(id, 1) for id in known.ids[:6]],
        (ABSENT, 1),
    ]:
        yield asking.api("PUT", f"/records/{id}", {"version": version, "properties": mended})
        yield asking.api("PUT", f"/records/{id}/handling", {"version": version + 1, "handling": own})
        yield asking.api("PUT", f"/records/{id}/handling", {"version": version + 7, "handling": own})
        yield asking.api("PUT", f"/records/{id}/expiry", {"version": version + 2, "expires": "2026-09-01"})
        yield asking.api("GET", f"/records/{id}/versions")
    for id in [*[r["id"] for r in made[1:2]], *known.ids[6:9], ABSENT, MALFORMED]:
        yield asking.api("DELETE", f"/records/{id}")
        yield asking.api("GET", f"/records/{id}")


def pages(asking: Asking, known: Known) -> Told:
    """The pages that the parts above have not opened."""
    for path in (
        "/",
        "/me",
        "/bureaus",
        "/officers",
        "/keys",
        "/journal",
        "/contribute",
        "/contribute/Person",
        "/contribute/Nonsense",
    ):
        yield asking.page("GET", path)
    for text in (*TEXTS[:6], PASSPORTS[0]):
        yield asking.page("POST", "/search", ("q", text))
    yield asking.page("POST", "/search", ("q", NAMES[0]), ("kind", "Person"), ("born", "1971"))
    yield asking.page("POST", "/inquiry", ("purpose", "wanted"), ("justification", "case 2"), ("back", "/"))
    drafted = (("p-name", OWN_NAMES[0]), ("see_mode", "named"), ("see", "XB"))
    for ref in known.refs[4:6]:
        yield asking.page("POST", "/contribute/Person", *drafted, ("ref", ref))
    for id in (*known.ids[:5], ABSENT):
        for form in ("correct", "handling"):
            yield asking.page("GET", f"/records/{id}/{form}")
        yield asking.page("POST", f"/records/{id}/correct", ("p-name", OWN_NAMES[1]), ("version", "1"))
        yield asking.page("POST", f"/records/{id}/handling", ("version", "1"), ("see_mode", "named"))
        yield asking.page("POST", f"/records/{id}/keep", ("expires", "2026-10-01"), ("reason", "trial"))
    for id in (*known.ids[9:12], ABSENT):
        yield asking.page("POST", f"/records/{id}/withdraw", ("reason", "old"))
    for id in (*known.every()[-4:], ABSENT):
        yield asking.page("GET", f"/officers/{id}")
        yield asking.page("POST", f"/officers/{id}", ("roles", "officer"), ("active", "yes"))
        yield asking.page("POST", f"/officers/{id}/link")
        yield asking.page("POST", f"/keys/{id}/revoke")
        yield asking.page("POST", f"/me/sessions/{id}/end")
        yield asking.page("POST", f"/me/passkeys/{id}/remove")
    yield asking.page("POST", "/officers", ("name", "Bo"), ("email", "new1@xb.example"))
    yield asking.page("POST", "/keys", ("label", "another"))


def looking_again(asking: Asking, known: Known) -> Told:
    """The same questions later: what was seen then must not linger."""
    for text in (*TEXTS[:2], TEXTS[5], PASSPORTS[0]):
        yield asking.api("POST", "/search", {"text": text})
    for id in known.ids:
        yield asking.api("GET", f"/records/{id}")
        yield asking.api("GET", f"/records/{id}/links")
    yield from mine(asking, known)
    yield EXPORT


def everything(asking: Asking, ids: Sequence[str]) -> Told:
    """Ids of every kind of thing that came to be in either world: records, hits, officers, keys, sessions."""
    for id in ids:
        yield asking.api("GET", f"/records/{id}")
        yield asking.api("GET", f"/hits/{id}")
