"""What U asks of the house itself: bureaus, officers, keys, the journal; and how he leaves. See story.py."""

from worlds.asking import ABSENT, Asking, Told
from worlds.drawing import NAMES
from worlds.pair import PAUSE, Known
from worlds.stage import Ask


def directories(asking: Asking, known: Known) -> Told:
    """Bureaus, officers, keys, the journal: one's own and what is not one's own."""
    for path in ("/me", "/bureaus", "/officers", "/keys", "/kinds", "/openapi.json"):
        yield asking.api("GET", path)
    form = {"name": "Ada", "email": "ada@xa.example", "roles": ["officer"]}
    ids: list[str] = []
    for change in ({}, {"email": "new1@xb.example"}, {"bureau": "XB"}, {"held": ["XB/file"]}):
        answer = yield asking.api("POST", "/officers", {**form, **change})
        ids += [answer.json["officer"]["id"]] if answer.status == 201 else []
    answer = yield asking.api("POST", "/keys", {"name": "machine"})
    keys = [answer.json["issued"]["id"]] if answer.status == 201 else []
    for id in [*ids[:1], *known.every()[-8:], ABSENT]:
        yield asking.api("PATCH", f"/officers/{id}", {"clearance": "restricted"})
        yield asking.api("POST", f"/officers/{id}/link")
    for id in [*keys, *known.every()[-8:], ABSENT]:
        yield asking.api("DELETE", f"/keys/{id}")
    yield from journal(asking, known)


def journal(asking: Asking, known: Known) -> Told:
    after = ""
    for _page in range(8):
        answer = yield asking.api("GET", f"/journal?limit=60&after={after}")
        if answer.status != 200 or len(answer.json) < 60:
            break
        after = answer.json[-1]["id"]
    yield asking.api("GET", "/journal?limit=500")
    yield asking.api("GET", f"/journal?after={ABSENT}")
    for id in known.ids[:6]:
        yield asking.page("GET", f"/journal?object={id}")


def leaving(asking: Asking) -> Told:
    """Signing in wrongly, and out; a bureau joins."""
    yield asking.api("POST", "/bureaus", {"code": "XE", "label": "A fifth"})
    yield asking.page("POST", "/bureaus", ("code", "XF"), ("label", "A sixth"))
    yield PAUSE
    yield asking.api("POST", "/search", {"text": NAMES[0]})
    yield asking.page("GET", "/sign-in")
    yield asking.page("GET", "/problems")
    yield asking.page("GET", "/health")
    for name in ("office@xb.example", "nobody@xb.example", "new1@xb.example"):
        yield Ask("POST", "/sign-in", form=[("name", name), ("password", "wrong")], purpose="")
    for method in ("GET", "POST"):
        yield Ask(method, f"/sign-in/link/{ABSENT}", form=[] if method == "POST" else None, purpose="")
    for path in ("/sign-in/passkey/options", "/me/passkeys/options"):
        yield Ask("POST", path, json={}, purpose="")
    for path in ("/sign-in/passkey/verify", "/me/passkeys/verify"):
        yield Ask("POST", path, json={"id": "x", "response": {}}, purpose="")
    yield asking.page("POST", "/preferences", ("lang", "fr"), ("back", "/records"))
    yield asking.page("POST", "/me/password", ("password", "a long enough sentence"))
    yield asking.page("POST", "/sign-out")
    yield asking.api("DELETE", "/me/sessions")
    yield asking.api("GET", "/nowhere")
    yield asking.page("GET", "/inbox")
