"""What U asks of companies' reports, of offered seizures and of the desk. See story_trends.py."""

from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.others_trends import DOMAIN, PHONE, report
from worlds.pair import Known
from worlds.story_messages import some

REPORT = report(("phone", PHONE), ("domain", DOMAIN))
TABLE = f"sector;date;what;phone\npost;2026-01;More parcels;{PHONE}\n"
NO_CASE = "R-0000-0000"


def reporting(asking: Asking) -> Told:
    """A company's own; every other bureau is refused."""
    for said in ({"ref": "one"}, {"ref": "one"}, {}):
        yield asking.api("POST", "/trends/reports", {**REPORT, **said})
    yield asking.api("POST", "/trends/reports/import", {"table": TABLE})
    yield asking.page("GET", "/trends/reports/new")
    fields = (("sector", "post"), ("date", "2026-01"), ("what", "By page"), ("phone", PHONE))
    yield asking.page("POST", "/trends/reports", *fields)
    yield asking.page("POST", "/trends/reports/import", ("table", TABLE))


def referrals(asking: Asking, known: Known, wholly: bool) -> Told:
    yield asking.api("GET", "/trends/offers")
    yield asking.page("GET", "/trends/referrals")
    for which in ("waiting", "other") if wholly else ("waiting",):
        yield asking.api("GET", f"/trends/referrals?which={which}")
    mine = yield asking.api("GET", "/trends/reports?limit=3")
    rows = mine.json["reports"] if mine.status == 200 else []
    offered = yield asking.api("GET", "/trends/offers")
    offers = offered.json["offers"] if offered.status == 200 else []
    for n, id in enumerate([row["id"] for row in (*rows[:2], *offers[:2])]):
        yield from one_of_own(asking, id, n)
    if wholly and rows:
        yield asking.api("PUT", f"/trends/reports/{rows[-1]['id']}", {**REPORT, "version": 1})
    yield from others(asking, known, wholly)


def one_of_own(asking: Asking, id: str, n: int) -> Told:
    path = f"/trends/reports/{id}"
    yield asking.page("GET", path)
    seen = yield asking.api("GET", path)
    told = seen.json["told"] if seen.status == 200 else []
    for case in [one["case"] for one in told] or [NO_CASE]:
        said = {"case": case, "answer": ("yes", "no")[n % 2]}
        yield asking.api("POST", f"{path}/consent", said)


def others(asking: Asking, known: Known, wholly: bool) -> Told:
    """Reports, offers and cases of either world by every address."""
    reports = [id for kind in ("CompanyReport", "ReferralOffer") for id in some(known.of_kind(kind), 3)]
    for id in [*reports, ABSENT, MALFORMED] if wholly else (*reports[:1], ABSENT):
        path = f"/trends/reports/{id}"
        yield asking.api("GET", path)
        yield asking.api("PUT", path, {**REPORT, "version": 99})
        yield asking.api("POST", f"{path}/consent", {"case": NO_CASE, "answer": "yes"})
        if wholly:
            yield asking.api("DELETE", f"{path}?version=99")
            yield asking.api("GET", f"/trends/reports?after={id}")
            for page in (path, f"{path}/edit"):
                yield asking.page("GET", page)
            yield asking.page("POST", path, ("version", "99"), ("sector", "post"))
            yield asking.page("POST", f"{path}/withdraw", ("version", "99"))
            yield asking.page("POST", f"{path}/consent", ("case", NO_CASE), ("answer", "yes"))
    cases = some(known.of_kind("Referral"), 3)
    for id in [*cases, ABSENT, MALFORMED] if wholly else (*cases[:1], ABSENT):
        path = f"/trends/referrals/{id}"
        yield asking.api("GET", path)
        yield asking.api("POST", f"{path}/steps", {"version": 1, "step": "take"})
        if wholly:
            yield asking.page("GET", path)
            yield asking.page("POST", path, ("version", "99"), ("step", "release"))
