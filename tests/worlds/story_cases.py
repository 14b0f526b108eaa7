"""What U asks of case studies: his own from proposal to review, those that he reads or reviews, those of
which he knows nothing, by every address. Casebooks and assessments are in stories of their own."""

from hashlib import sha256
from typing import Any

from rooms.cased import claim, evidence, file, outcome, proceeding
from worlds import story_assessments, story_casebooks, story_reports
from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.others_cases import JUDGMENT, WHY
from worlds.pair import LISTEN, PAUSE, POSTED, TOMORROW, Known, Story
from worlds.plans import Plan
from worlds.stage import Ask
from worlds.story_messages import some

ITEMS = ("1", "2", "3", "4", "5", "6", "7", "8a")
OURS, BY_FORM = "Our harvest", "By form"
PARTS = ("parties", "claims", "evidence", "proceedings")
GONE = {"subject_party": None, "subject_event": "A fire", "object_crime": "fraud"}


def cases(plan: Plan, known: Known) -> Story:
    """The reports room: cases, casebooks, assessments, copies."""
    asking = Asking(plan)
    yield LISTEN
    yield from beginning(asking, known)
    for wholly in (False, False, True):
        yield PAUSE
        yield LISTEN
        yield asking.api("GET", "/alerts")
        yield from browsing(asking, known, wholly)
        yield TOMORROW
    yield PAUSE
    yield LISTEN
    yield POSTED
    yield from browsing(asking, known, False)
    yield from story_casebooks.ending(asking)
    yield from story_reports.copies(asking, known)
    yield from elsewhere(asking, known)


def casing(plan: Plan, known: Known) -> Story:
    """Case studies alone, in few questions."""
    asking = Asking(plan)
    for _ in range(4):
        yield PAUSE
        yield from boards(asking, False)
        yield from reading(asking)


def cased(plan: Plan, known: Known) -> Story:
    """Case studies alone, those of others too: what most of their mutants need."""
    asking = Asking(plan)
    yield PAUSE
    yield from boards(asking, False)
    yield from others(asking, known, False)
    yield PAUSE
    yield from boards(asking, False)
    yield from reading(asking)
    yield from others(asking, known, True)
    yield asking.api("GET", "/alerts")


def booking(plan: Plan, known: Known) -> Story:
    """Casebooks and copies alone."""
    asking = Asking(plan)
    yield PAUSE
    yield from story_casebooks.reading(asking)
    for _ in range(2):
        yield PAUSE
        yield from story_casebooks.reading(asking)
    yield from story_casebooks.others(asking, known, True)
    yield from story_reports.copies(asking, known)


def assessing(plan: Plan, known: Known) -> Story:
    """Threat assessments alone."""
    asking = Asking(plan)
    yield from story_assessments.beginning(asking)
    for _ in range(2):
        yield PAUSE
        yield from story_assessments.browsing(asking, known, False)


def beginning(asking: Asking, known: Known) -> Told:
    """Everything of one's own, begun."""
    yield from proposing(asking, known)
    yield from forms(asking)
    yield from story_casebooks.beginning(asking)
    yield from story_assessments.beginning(asking)


def browsing(asking: Asking, known: Known, wholly: bool) -> Told:
    """As it is by now, and a step further."""
    yield from boards(asking, wholly)
    yield from reading(asking)
    yield from others(asking, known, wholly)
    yield from story_casebooks.browsing(asking, known, wholly)
    yield from story_assessments.browsing(asking, known, wholly)


def elsewhere(asking: Asking, known: Known) -> Told:
    """What other rooms say of them."""
    for kind in ("CaseStudy", "CaseProtected", "Casebook", "Assessment", "IndicatorScore", "ReportCopy"):
        for id in some(known.of_kind(kind), 3):
            yield asking.api("GET", f"/records/{id}")
            yield asking.page("GET", f"/journal?object={id}")
    for text in ("The Norport group", *known.values("CaseStudy", "reference")[:3], "Velda Nominee"):
        yield asking.api("POST", "/search", {"text": text})
    yield asking.api("GET", "/alerts")
    yield asking.page("GET", "/inbox")
    yield asking.page("GET", "/")
    yield asking.api("GET", "/journal?limit=200")


# --- his own -----------------------------------------------------------------------------------------


class Own:
    """A case of U's own as he saw it last."""

    def __init__(self, answer: Any) -> None:
        self.json: dict[str, Any] = answer.json if answer.status in (200, 201) else {}

    def seen(self, answer: Any) -> None:
        if answer.status in (200, 201):
            said = answer.json.get("case", {})
            self.json = said if "id" in said else answer.json

    @property
    def path(self) -> str:
        return f"/cases/{self.json.get('id', ABSENT)}"

    @property
    def version(self) -> int:
        return int(self.json.get("version", 1))


def proposing(asking: Asking, known: Known) -> Told:
    """From proposal to review; what he names of records that he sees, and that he does not."""
    yield asking.api("POST", "/cases", file(title="A\u202eB", see=["QQ"], goods=["gold.teeth"]))
    case = Own((yield asking.api("POST", "/cases", file(title=OURS, see=["XB"]))))

    def do(method: str, rest: str, **said: Any) -> Ask:
        return asking.api(method, f"{case.path}{rest}", {"version": case.version, **said})

    case.seen((yield do("POST", "/steps", step="take_up")))
    case.seen((yield do("POST", "/parties", party={"name": "The Norport group", "sort": "group"})))
    for id in (*known.ids[:6], *some(known.of_kind("CaseStudy"), 2), ABSENT):
        yield do("PUT", "/parties/1", party={"name": "Velda Nominee", "link": id})
        case.seen((yield asking.api("GET", case.path)))
    case.seen((yield do("PUT", "/parties/1", party={"name": "The Norport group", "sort": "group"})))
    case.seen((yield do("POST", "/proceedings", proceeding=proceeding())))
    said = evidence(sha256=sha256(JUDGMENT).hexdigest(), pages=0, access="public")
    case.seen((yield do("POST", "/evidence", evidence=said)))
    for id in (*known.ids[6:9], ABSENT):
        yield do("PUT", "/evidence/1", evidence={**said, "link": id, "kind": "seizure_record"})
        case.seen((yield asking.api("GET", case.path)))
    case.seen((yield do("PUT", "/evidence/1", evidence=said)))
    file_of = f"{case.path}/evidence/1/file"
    case.seen((yield asking.raw("PUT", f"{file_of}?version={case.version}", JUDGMENT)))
    yield asking.raw("PUT", f"{file_of}?version={case.version}", b"GIF89a\0")
    case.seen((yield do("POST", "/claims", claim=claim())))
    case.seen((yield do("POST", "/claims", claim={**claim(evidence=[]), **GONE})))
    for number in ("1", "2"):
        yield do("PUT", f"/claims/{number}", claim=claim(evidence=[9]))
    case.seen((yield asking.api("DELETE", f"{case.path}/claims/2?version={case.version}")))
    for item in ITEMS:
        case.seen((yield do("PUT", f"/checklist/{item}", check={"answer": "met", "evidence": [1]})))
    case.seen((yield do("PUT", "/proceedings/1", proceeding=proceeding())))
    case.seen((yield do("POST", "/proceedings/1/final", final_on="2025-04-02")))
    for names in ({"names": [{"name": "Lio Venn", "sort": "minor"}]},):
        yield asking.api("PUT", f"{case.path}/protected", names)
        yield asking.api("GET", f"{case.path}/protected")
    case.seen((yield do("PUT", "", case=file(title=OURS, see=["XB", "XC"], access="public"))))
    case.seen((yield do("POST", "/steps", step="complete")))
    for reviewer in ("QQ", asking.bureau, "XB"):
        case.seen((yield do("POST", "/steps", step="send", reviewer=reviewer)))
    yield asking.api("DELETE", f"{case.path}?version={case.version}")


def forms(asking: Asking) -> Told:
    """A case by the forms of pages."""
    yield asking.page("GET", "/cases/new")
    yield asking.page("POST", "/cases/new", ("title", ""), ("chapter", "tobacco"), ("see", "QQ"))
    said = (("title", BY_FORM), ("chapter", "tobacco"), ("level", "official"), ("access", "public"))
    answer = yield asking.page("POST", "/cases/new", *said)
    path = answer.header("location") or f"/cases/{ABSENT}"
    yield from by_form(asking, path)
    stands = yield asking.api("GET", path)
    version = ("version", str(stands.json["version"] if stands.status == 200 else 1))
    yield asking.page("POST", f"{path}/steps", ("step", "take_up"), version)
    yield asking.page("POST", f"{path}/discard", ("version", "1"))


def by_form(asking: Asking, path: str, wholly: bool = True) -> Told:
    """Each form of a case's page, opened and sent; the version is a guess."""
    party = (("name", "Sela Dorn"), ("sort", "person"), ("version", "1"))
    for rest, said in (
        ("edit", (("title", BY_FORM), ("chapter", "tobacco"), ("version", "1"))),
        ("parties/new", party),
        ("parties/1", party),
        ("claims/new", (("text", "x"), ("version", "2"))),
        ("evidence/new", (("kind", "press"), ("title", "x"), ("version", "2"))),
        ("proceedings/new", (("court", "x"), ("version", "3"))),
        ("checklist/3", (("answer", "unknown"), ("version", "3"))),
        ("protected", (("names/0/name", "Lio Venn"), ("names/0/sort", "victim"))),
        ("review", (("decision/1", "accept"), ("version", "1"))),
    )[: 9 if wholly else 2]:
        yield asking.page("GET", f"{path}/{rest}")
        yield asking.page("POST", f"{path}/{rest}", *said)
    yield asking.page("GET", f"{path}/evidence/1/file")
    for rest, more in (
        ("evidence/1/file", ("do", "detach")),
        ("proceedings/1/final", ("final_on", "2025-04-02")),
        ("objections", ("text", "No")),
        ("objections/1/answer", ("text", "Yes")),
        ("objections/1/withdraw", ("why", "Never mind.")),
        ("parties/9/remove", ("x", "")),
        ("steps", ("step", "clear")),
    ):
        yield asking.page("POST", f"{path}/{rest}", ("version", "1"), more)


# --- what he reads -----------------------------------------------------------------------------------


def boards(asking: Asking, wholly: bool) -> Told:
    """Lists, the counter, questions across cases."""
    for which in ("all", "mine", "review", "admitted", "all&limit=1", "all&state=accepted"):
        yield asking.api("GET", f"/cases?which={which}")
    for query in ("", "?proven=true", "?unit=claim", "?chapter=mass-production&proven=true"):
        yield asking.api("GET", f"/cases/matrix{query}")
    for query in ("", "?proven=true"):
        yield asking.api("GET", f"/cases/across{query}")
    yield asking.page("GET", "/cases")
    if wholly:
        yield asking.page("GET", "/cases?which=review")
        yield asking.page("GET", "/cases/matrix?proven=yes&unit=claim")
        yield asking.api("GET", "/cases?proof=P3")
    yield asking.page("GET", "/cases/matrix")


def reading(asking: Asking) -> Told:
    """Cases that he sees: opened, and a step further as his bureau's part in it goes."""
    listed = yield asking.api("GET", "/cases?limit=200")
    rows = listed.json["cases"] if listed.status == 200 else []
    for row in rows[:8]:
        path = f"/cases/{row['id']}"
        answer = yield asking.api("GET", path)
        yield asking.page("GET", path)
        if answer.status != 200:
            continue
        told = answer.json
        yield asking.api("GET", f"{path}/evidence/1/file")
        yield asking.api("GET", f"{path}/protected")
        if told["may_review"]:
            yield from reviewing(asking, path, told)
        elif told["may_object"] and not told["objections"]:
            said = {"version": told["version"], "text": "By whom?", "claim": 1}
            yield asking.api("POST", f"{path}/objections", said)
        if told["may_edit"]:
            yield from going_on(asking, path, told)


def reviewing(asking: Asking, path: str, told: dict[str, Any]) -> Told:
    """Claim by claim; first by halves."""
    yield asking.page("GET", f"{path}/review")
    yield asking.api("POST", f"{path}/review", {"version": told["version"], "decisions": []})
    said = [{"claim": c["number"], "decision": "accept"} for c in told["claims"] if not c["draft"]]
    yield asking.api("POST", f"{path}/review", {"version": told["version"], "decisions": said})


def going_on(asking: Asking, path: str, told: dict[str, Any]) -> Told:
    """Objections answered; what was sent back is sent again; what is accepted is cleared."""
    version = told["version"]
    for one in told["objections"]:
        if not one["answer"]:
            said = {"version": version, "text": "It stands on page 12."}
            answer = yield asking.api("POST", f"{path}/objections/{one['number']}/answer", said)
            version = answer.json["version"] if answer.status == 200 else version
    for step, more in (("complete", {}), ("send", {"reviewer": "XB"}), ("clear", {})):
        if step in told["steps"] and told["case"]["title"] == OURS:
            answer = yield asking.api("POST", f"{path}/steps", {"version": version, "step": step, **more})
            version = answer.json["version"] if answer.status == 200 else version


def others(asking: Asking, known: Known, wholly: bool) -> Told:
    """Cases of either world by every address."""
    ids = known.of_kind("CaseStudy")
    for id in [*ids, ABSENT, MALFORMED]:
        yield asking.api("GET", f"/cases/{id}")
    for id in [*some(ids, 6 if wholly else 2), ABSENT]:
        path = f"/cases/{id}"
        yield asking.page("GET", path)
        yield asking.api("GET", f"{path}/protected")
        yield asking.api("GET", f"{path}/evidence/1/file")
        yield asking.api("POST", f"{path}/objections", {"version": 99, "text": "No"})
        if wholly:
            yield from by_api(asking, path)
            yield from by_form(asking, path)
            yield asking.page("POST", f"{path}/discard", ("version", "99"))


def by_api(asking: Asking, path: str) -> Told:
    """Each address of a case, in a version that it never had."""
    seen = {"version": 99}
    yield asking.api("PUT", path, {**seen, "case": file()})
    yield asking.api("PUT", f"{path}/protected", {"names": []})
    for part, said in (
        ("parties", {"party": {"name": "x"}}),
        ("claims", {"claim": claim()}),
        ("evidence", {"evidence": evidence()}),
        ("proceedings", {"proceeding": proceeding(outcomes=[outcome("x")])}),
    ):
        yield asking.api("POST", f"{path}/{part}", {**seen, **said})
        yield asking.api("PUT", f"{path}/{part}/1", {**seen, **said})
        yield asking.api("DELETE", f"{path}/{part}/1?version=99")
    yield asking.api("PUT", f"{path}/checklist/1", {**seen, "check": {"answer": "unknown"}})
    yield asking.api("POST", f"{path}/proceedings/1/final", {**seen, "final_on": "2025-04-02"})
    yield asking.raw("PUT", f"{path}/evidence/1/file?version=99", JUDGMENT)
    yield asking.api("DELETE", f"{path}/evidence/1/file?version=99")
    yield asking.api("POST", f"{path}/steps", {**seen, "step": "withdraw", "why": WHY})
    yield asking.api("POST", f"{path}/review", {**seen, "decisions": []})
    for answer in ("answer", "withdraw"):
        said = {"text": "Yes"} if answer == "answer" else {"why": "Never mind."}
        yield asking.api("POST", f"{path}/objections/1/{answer}", {**seen, **said})
    yield asking.api("DELETE", f"{path}?version=99")
