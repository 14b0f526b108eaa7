"""What U asks of the payments room beside intercepts: files of transfers, traces, banks' messages, tags."""

from rooms.bank_files import MT103, OTHER_UETR, answered, recalls
from rooms.test_payments_tagpacks import PACK
from rooms.tracing_scene import ROWS, table
from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.pair import Known
from worlds.stage import Ask
from worlds.story_messages import some

TABLE = table(*ROWS)
SEEDS = [{"payment": 1, "victim": "Ada"}]
WHY = {"why": "It is another bureau's"}


def loading(asking: Asking) -> Told:
    """A file and a trace of one's own, the bank's recalls as drafts, tags."""
    yield asking.raw("POST", "/payments/transfers?name=a.csv", TABLE)
    yield asking.raw("POST", "/payments/transfers?name=b.csv", b"nonsense")
    yield transfers_page(asking)
    yield asking.api("POST", "/payments/prefill", {"text": MT103})
    once = {"scam": "romance", "police_report": "7", "legal_basis": "Act"}
    message = recalls(1).decode()
    yield asking.api("POST", "/payments/requests/import", {"message": message, "once": once})
    yield asking.page("GET", "/payments/import")
    yield asking.page("POST", "/payments/import", ("message", message))
    yield asking.api("POST", "/payments/tags", {"pack": PACK})
    yield asking.page("GET", "/payments/tags")
    yield asking.page("POST", "/payments/tags", ("pack", PACK), ("see_mode", "named"))


def transfers_page(asking: Asking) -> Ask:
    """The file sent by the form of a page."""
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n%b\r\n--x--\r\n'
    purpose = asking.page("GET", "/payments").purpose
    headers = {"content-type": "multipart/form-data; boundary=x"}
    return Ask("POST", "/payments/transfers", raw=part % TABLE, purpose=purpose, headers=headers)


def looking(asking: Asking, known: Known, wholly: bool = False) -> Told:
    """Files and traces: one's own, and those of either world by every address."""
    answer = yield asking.api("GET", "/payments/transfers")
    files = [row["id"] for row in answer.json["transfers"]] if answer.status == 200 else []
    wanted = [*files[:1], *some(known.of_kind("TransferFile"), 4 if wholly else 2), ABSENT]
    answer = yield asking.api("GET", "/payments/requests?which=wait")
    ours = [row["id"] for row in answer.json["intercepts"]] if answer.status == 200 else []
    intercepts = [*ours[:2], *some(known.of_kind("Intercept"), 3), ABSENT]
    for id in wanted:
        yield asking.api("GET", f"/payments/transfers/{id}")
        yield asking.api("GET", f"/payments/transfers/{id}/payments?limit=2")
        yield asking.api("GET", f"/payments/transfers/{id}/reach?account=XA-00000003")
        yield asking.api("POST", "/payments/traces", {"transfers": id, "seeds": SEEDS, "rules": ["fifo"]})
    for id in intercepts:
        for file in files[:1]:
            yield asking.api("GET", f"/payments/transfers/{file}/payments?intercept={id}")
            said = {"transfers": file, "seeds": SEEDS, "rules": ["lifo"], "intercept": id, "show": True}
            yield asking.api("POST", "/payments/traces", said)
        yield asking.api("GET", f"/payments/traces?intercept={id}")
    yield from traces(asking, known, wholly)
    for id in (*known.of_kind("TransferFile")[:1], ABSENT, MALFORMED):
        yield asking.api("GET", f"/payments/transfers?after={id}")
        yield asking.page("GET", f"/payments/transfers?after={id}")
    if wholly:
        yield from file_pages(asking, [*wanted[:3], ABSENT])
        yield asking.api("GET", "/payments/tags.yaml")
        yield asking.page("GET", "/payments/tags.yaml")
        for id in (*files[1:], *some(known.of_kind("TransferFile"), 2), ABSENT):
            yield asking.api("DELETE", f"/payments/transfers/{id}")


def traces(asking: Asking, known: Known, wholly: bool) -> Told:
    answer = yield asking.api("GET", "/payments/traces")
    mine = [row["id"] for row in answer.json["traces"]] if answer.status == 200 else []
    ids = [*mine[:2], *some(known.of_kind("Trace"), 5), ABSENT, MALFORMED]
    for id in ids:
        for path in ("", "/accounts", "/payments", "/flow.svg", "/timeline.svg") if wholly else ("",):
            yield asking.api("GET", f"/payments/traces/{id}{path}")
        yield asking.api("GET", f"/payments/traces?after={id}")
    for id in [*ids[:1], *ids[-3:]] if wholly else ids[-2:-1]:
        yield asking.api("GET", f"/payments/traces/{id}/pack.zip")
        yield asking.page("GET", f"/payments/traces/{id}")
    if wholly:
        yield asking.page("GET", "/payments/traces")
        for id in (*some(known.of_kind("Trace"), 3), ABSENT):
            yield asking.page("GET", f"/payments/traces/{id}/pack.zip")
            yield asking.api("DELETE", f"/payments/traces/{id}")
            yield asking.page("POST", f"/payments/traces/{id}/discard")


def file_pages(asking: Asking, ids: list[str]) -> Told:
    yield asking.page("GET", "/payments/transfers")
    for id in ids:
        yield asking.page("GET", f"/payments/transfers/{id}")
        yield asking.page("POST", f"/payments/transfers/{id}", ("do", "follow"), ("seeds", "1"))
    for id in ids[1:]:
        yield asking.page("POST", f"/payments/transfers/{id}/discard")


def bringing(asking: Asking, known: Known, wholly: bool = False) -> Told:
    """Banks' answers that name requests of either world; what is in quarantine; those of others."""
    references = [*some(known.values("Intercept", "reference"), 5), "XB-2026-0123456789"]
    yield asking.raw("POST", "/payments/messages", answered("CASE-2" if wholly else "CASE-3"))
    for reference in references:
        yield asking.raw(
            "POST", "/payments/messages", answered(reference, confirmation="RJCR", reasons=("AC04",))
        )
    yield asking.raw("POST", "/payments/messages", answered(amount=(4125000, "EUR")))
    yield asking.raw("POST", "/payments/messages", b"nonsense")
    answer = yield asking.api("GET", "/payments/messages?limit=2")
    rows = answer.json["messages"] if answer.status == 200 else []
    for state in ("quarantine", "open", "done"):
        yield asking.api("GET", f"/payments/messages?state={state}&limit=100")
    ids = [*(row["id"] for row in rows), *some(known.of_kind("BankMessage"), 4), ABSENT]
    for id in ids:
        path = f"/payments/messages/{id}"
        yield asking.api("GET", path)
        yield asking.api("GET", f"{path}/file")
        yield asking.api("GET", f"/payments/messages?after={id}&limit=1")
    for id in [*ids[:1], *ids[-2:]]:
        for intercept in (*some(known.of_kind("Intercept"), 2), references[0], ABSENT):
            said = {"intercept": intercept, **WHY}
            yield asking.api("POST", f"/payments/messages/{id}/items/1/assign", said)
        yield asking.api("POST", f"/payments/messages/{id}/items/1/accept", {})
        yield asking.api("POST", f"/payments/messages/{id}/items/1/reject", WHY)
        yield asking.api("POST", f"/payments/messages/{id}/items/1/set-aside", WHY)
    if wholly:
        yield asking.page("GET", "/payments/messages")
        yield asking.page("POST", "/payments/messages", ("text", answered(OTHER_UETR[:16]).decode()))
        for id in [*ids[:1], *ids[-2:]]:
            yield asking.page("GET", f"/payments/messages/{id}")
            yield asking.page("POST", f"/payments/messages/{id}/items/1/reject", ("why", "Not ours"))
