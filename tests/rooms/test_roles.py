"""Which role may do what: every operation of the API, by every role, against the rule."""

import re
from typing import Any

import pytest

from entente.core.access import ROLES_FOR, Role
from entente.rooms.biometrics.samples import record_of
from rooms.biometric_scene import finger
from rooms.figured_roles import FIGURES, FIGURES_ELSEWHERE
from rooms.payments_roles import PAYMENTS
from rooms.reports_roles import REPORTS, REPORTS_ELSEWHERE, REPORTS_WORDS
from rooms.scene import Scene
from rooms.trends_roles import TRENDS, TRENDS_ELSEWHERE, TRENDS_WORDS
from worlds.stage import Answer

NOTHING = "0" * 32
JSON: dict[str, Any] = {"properties": {"name": "x"}}
FILE: dict[str, Any] = {
    "title": "K",
    "purpose": "p",
    "legalBasis": "l",
    "area": "drugs",
    "criteria": "c",
    "reviewDue": "2026-12-31",
    "closes": "2027-01-31",
    "retention": 30,
}
SUBJECT = {"record": NOTHING, "category": "contact", "rationale": "r", "reviewDue": "2026-12-31"}
SAMPLE = {"data": record_of(finger(1)), "position": 2}
PAPER_ALERT = {"title": "A", "sort": "counterfeit", "country": "UTO"}
WORDS = {
    **REPORTS_WORDS,
    **TRENDS_WORDS,
    ("DELETE", "/payments/requests/{id}"): "?version=1",
    ("GET", "/payments/transfers/{id}/reach"): "?account=x",
    ("GET", "/files/{file}/charts/{id}/compare"): "?with=" + NOTHING,
    ("GET", "/files/{file}/charts/{id}/export"): "?format=json",
}
ACT_OF = {
    ("GET", "/me"): ("see", None),
    ("DELETE", "/me/sessions"): ("see", None),
    ("GET", "/bureaus"): ("see", None),
    ("POST", "/bureaus"): ("administer", {"code": "XE", "label": "Bureau XE"}),
    ("GET", "/officers"): ("administer", None),
    ("POST", "/officers"): ("administer", {"name": "A B", "email": "ab@xz.example"}),
    ("PATCH", "/officers/{id}"): ("administer", {"active": True}),
    ("POST", "/officers/{id}/link"): ("administer", None),
    ("GET", "/keys"): ("administer", None),
    ("POST", "/keys"): ("administer", {"name": "k"}),
    ("DELETE", "/keys/{id}"): ("administer", None),
    ("GET", "/journal"): ("review", None),
    ("GET", "/kinds"): ("see", None),
    ("GET", "/records"): ("see", None),
    ("POST", "/records"): ("contribute", {"kind": "Person", **JSON}),
    ("GET", "/records/{id}"): ("see", None),
    ("PUT", "/records/{id}"): ("correct", {"version": 1, **JSON}),
    ("DELETE", "/records/{id}"): ("withdraw", None),
    ("PUT", "/records/{id}/handling"): ("correct", {"version": 1, "handling": {}}),
    ("PUT", "/records/{id}/expiry"): ("correct", {"version": 1, "expires": "2027-01-01"}),
    ("GET", "/records/{id}/versions"): ("see", None),
    ("GET", "/records/{id}/links"): ("see", None),
    ("POST", "/search"): ("search", {"text": "Ivo"}),
    ("POST", "/search/{search}/verdicts"): ("verdict", {"record": "x", "verdict": "same"}),
    ("GET", "/hits"): ("see", None),
    ("GET", "/hits/{id}"): ("see", None),
    ("POST", "/hits/{id}/confirmation"): ("confirm", {"answer": "denied"}),
    ("PATCH", "/bureaus/{code}"): ("administer", {}),
    ("GET", "/bureaus/{code}/keys"): ("see", None),
    ("GET", "/house/key"): ("see", None),
    ("POST", "/bureau-keys"): ("administer", {"how": "rotate"}),
    ("POST", "/bureau-keys/{fingerprint}/revoke"): ("administer", None),
    ("POST", "/officers/{id}/grant"): ("administer", None),
    ("POST", "/keys/{id}/grant"): ("administer", None),
    ("GET", "/alerts"): ("see", None),
    ("POST", "/alerts/{id}/note"): ("see", None),
    ("GET", "/groups"): ("see", None),
    ("POST", "/groups"): ("convene", {"name": "G", "area": "wildlife", "purpose": "p", "ends": "2026-12-31"}),
    ("GET", "/groups/{id}"): ("see", None),
    ("PATCH", "/groups/{id}"): ("see", {}),
    ("POST", "/groups/{id}/invite"): ("see", {"expert": NOTHING}),
    ("DELETE", "/groups/{id}/members/{officer}"): ("see", None),
    ("POST", "/groups/{id}/leave"): ("see", None),
    ("GET", "/invitations"): ("see", None),
    ("POST", "/invitations/{id}/accept"): ("see", None),
    ("POST", "/invitations/{id}/decline"): ("see", None),
    ("GET", "/experts"): ("see", None),
    ("POST", "/experts"): ("convene", {"name": "E", "areas": ["wildlife"]}),
    ("PATCH", "/experts/{id}"): ("convene", {}),
    ("DELETE", "/experts/{id}"): ("convene", None),
    ("POST", "/experts/{id}/confirm"): ("convene", None),
    ("GET", "/webhooks"): ("administer", None),
    ("GET", "/webhooks/dead"): ("administer", None),
    ("POST", "/webhooks/dead/{id}/retry"): ("administer", None),
    ("POST", "/webhooks/dead/{id}/drop"): ("administer", None),
    ("POST", "/webhooks/{id}/test"): ("administer", None),
    ("DELETE", "/webhooks/{id}"): ("administer", None),
    ("GET", "/hits/statistics"): ("see", None),
    ("POST", "/hits/{id}/reminder"): ("verdict", None),
    ("POST", "/hits/{id}/withdrawal"): ("verdict", {}),
    ("GET", "/standing"): ("stand", None),
    ("POST", "/standing"): ("stand", {"text": "Ivo Marenko"}),
    ("GET", "/standing/{id}"): ("stand", None),
    ("PATCH", "/standing/{id}"): ("stand", {"until": "2026-03-01"}),
    ("DELETE", "/standing/{id}"): ("stand", None),
    ("GET", "/standing/{id}/alerts"): ("search", None),
    ("GET", "/deconfliction"): ("see", None),
    ("PUT", "/deconfliction"): ("deconflict", {"mode": "off"}),
    ("GET", "/deconfliction/meetings"): ("see", None),
    ("POST", "/messages"): ("message", {"to": ["XB"], "kind": "information", "subject": "s"}),
    ("GET", "/messages"): ("message", None),
    ("GET", "/messages/burning"): ("message", None),
    ("GET", "/messages/standard-requests"): ("message", None),
    ("GET", "/messages/drafts"): ("message", None),
    ("POST", "/messages/drafts"): ("message", {}),
    ("GET", "/messages/drafts/{id}"): ("message", None),
    ("PUT", "/messages/drafts/{id}"): ("message", {}),
    ("DELETE", "/messages/drafts/{id}"): ("message", None),
    ("GET", "/messages/{id}"): ("message", None),
    ("POST", "/messages/{id}/answers"): ("message", {"answers": [{"question": 1, "how": "refusal"}]}),
    ("POST", "/messages/{id}/cancellation"): ("message", {}),
    ("GET", "/messages/{id}/attachments/{number}"): ("message", None),
    ("GET", "/messages/{id}/export"): ("export", None),
    ("GET", "/notices"): ("see", None),
    ("POST", "/notices"): ("contribute", {"colour": "blue"}),
    ("GET", "/notices/subscriptions"): ("see", None),
    ("PUT", "/notices/subscriptions"): ("stand", {}),
    ("DELETE", "/notices/photos/{id}"): ("contribute", None),
    ("GET", "/notices/{id}"): ("see", None),
    ("PUT", "/notices/{id}"): ("contribute", {"colour": "red", "version": 1}),
    ("DELETE", "/notices/{id}"): ("withdraw", None),
    ("POST", "/notices/{id}/submit"): ("contribute", {"version": 1}),
    ("POST", "/notices/{id}/check"): ("approve", {"version": 1, "approve": True}),
    ("POST", "/notices/{id}/send"): ("contribute", {"version": 1}),
    ("POST", "/notices/{id}/suspend"): ("publish", {"version": 1, "why": "why not"}),
    ("POST", "/notices/{id}/cancel"): ("publish", {"version": 1, "why": "why not"}),
    ("POST", "/notices/{id}/renew"): ("publish", {"version": 1, "until": "2027-01-01", "why": "why not"}),
    ("GET", "/notices/{id}/photo"): ("see", None),
    ("GET", "/notices/{id}/export"): ("export", None),
    ("GET", "/notices/{id}/pdf"): ("see", None),
    ("POST", "/notices/{id}/extract"): ("publish", {"name": "A name"}),
    ("DELETE", "/notices/{id}/extract"): ("publish", None),
    ("GET", "/screenings"): ("screen", None),
    ("GET", "/screenings/{id}"): ("screen", None),
    ("DELETE", "/screenings/{id}"): ("screen", None),
    ("POST", "/screenings/{id}/resume"): ("screen", None),
    ("POST", "/screenings/{id}/stop"): ("screen", None),
    ("PUT", "/screenings/{id}/watch"): ("screen", {"watch": None}),
    ("GET", "/screenings/{id}/results"): ("screen", None),
    ("GET", "/screenings/{id}/results.csv"): ("screen", None),
    ("GET", "/files"): ("see", None),
    ("POST", "/files"): ("analyse", FILE),
    ("GET", "/files/waiting"): ("approve", None),
    ("GET", "/files/invitations"): ("see", None),
    ("POST", "/files/invitations/{id}/accept"): ("see", None),
    ("POST", "/files/invitations/{id}/decline"): ("see", None),
    ("GET", "/files/{file}"): ("see", None),
    ("DELETE", "/files/{file}"): ("analyse", None),
    ("POST", "/files/{file}/approve"): ("approve", {"version": 1, "approve": True}),
    ("POST", "/files/{file}/extend"): ("analyse", {"reviewDue": "2026-12-31", "why": "w"}),
    ("POST", "/files/{file}/close"): ("analyse", {"why": "w"}),
    ("POST", "/files/{file}/members"): ("see", {"address": "a@xb.example", "bureau": "XB"}),
    ("PATCH", "/files/{file}/members/{officer}"): ("see", {"role": "reader"}),
    ("DELETE", "/files/{file}/members/{officer}"): ("see", None),
    ("DELETE", "/files/{file}/invitations/{id}"): ("see", None),
    ("POST", "/files/{file}/leave"): ("see", None),
    ("GET", "/files/{file}/contributions"): ("see", None),
    ("POST", "/files/{file}/contributions"): ("gather", {"text": "t"}),
    ("GET", "/files/{file}/contributions/{id}"): ("see", None),
    ("GET", "/files/{file}/subjects"): ("see", None),
    ("POST", "/files/{file}/subjects"): ("analyse", SUBJECT),
    ("POST", "/files/{file}/subjects/{id}/approve"): ("analyse", {"version": 1, "approve": True}),
    ("POST", "/files/{file}/subjects/{id}/remove"): ("analyse", {"why": "w"}),
    ("GET", "/files/{file}/charts"): ("see", None),
    ("POST", "/files/{file}/charts"): ("analyse", {"title": "C"}),
    ("GET", "/files/{file}/charts/{id}"): ("see", None),
    ("PATCH", "/files/{file}/charts/{id}"): ("analyse", {"title": "C"}),
    ("DELETE", "/files/{file}/charts/{id}"): ("analyse", None),
    ("POST", "/files/{file}/charts/{id}/steps"): ("analyse", {"commands": [{"set": {}}]}),
    ("POST", "/files/{file}/charts/{id}/snapshots"): ("analyse", {"title": "C"}),
    ("GET", "/files/{file}/charts/{id}/compare"): ("see", None),
    ("POST", "/files/{file}/charts/{id}/merge"): ("analyse", {"chart": NOTHING}),
    ("GET", "/files/{file}/charts/{id}/export"): ("export", None),
    ("POST", "/files/{file}/network/around"): ("see", {"ids": [NOTHING]}),
    ("POST", "/files/{file}/network/expand"): ("see", {"ids": [NOTHING]}),
    ("POST", "/files/{file}/network/search"): ("search", {"text": "Ivo"}),
    ("POST", "/files/{file}/network/paths"): ("see", {"from": NOTHING, "to": NOTHING}),
    ("POST", "/files/{file}/network/connect"): ("see", {"ids": [NOTHING] * 3}),
    **{
        ("POST", f"/files/{{file}}/network/{asked}"): ("see", {})
        for asked in ("measures", "communities", "brokers", "keyplayers", "removal", "leads", "windows")
    },
    ("GET", "/files/{file}/reports"): ("see", None),
    ("POST", "/files/{file}/reports"): ("analyse", {"title": "R"}),
    ("GET", "/files/{file}/reports/{id}"): ("see", None),
    ("PUT", "/files/{file}/reports/{id}"): ("analyse", {"title": "R", "seen": ""}),
    ("DELETE", "/files/{file}/reports/{id}"): ("analyse", None),
    ("POST", "/files/{file}/reports/{id}/submit"): ("analyse", {"seen": "", "approver": NOTHING}),
    ("POST", "/files/{file}/reports/{id}/decide"): ("approve", {"seen": "", "approve": True}),
    ("GET", "/files/{file}/reports/{id}/check"): ("see", None),
    ("POST", "/files/{file}/reports/{id}/releases"): ("see", {"sources": [NOTHING], "bureaus": ["XB"]}),
    ("DELETE", "/files/{file}/reports/{id}/releases/{release_id}"): ("see", None),
    ("POST", "/files/{file}/reports/{id}/publish"): ("publish", None),
    ("POST", "/files/{file}/reports/{id}/withdraw"): ("publish", {"why": "why it ends"}),
    ("POST", "/files/{file}/reports/{id}/revise"): ("analyse", None),
    ("GET", "/files/{file}/reports/{id}/copies"): ("see", None),
    ("GET", "/files/{file}/reports/{id}/feedback"): ("see", None),
    ("GET", "/series"): ("see", None),
    ("POST", "/series"): ("contribute", {"name": "S"}),
    ("POST", "/series/check"): ("search", {"media": [{"md5": NOTHING}]}),
    ("GET", "/series/{id}"): ("see", None),
    ("PUT", "/series/{id}"): ("correct", {"name": "S", "version": 1}),
    ("POST", "/series/{id}/state"): ("correct", {"state": "in-progress", "version": 1}),
    ("POST", "/series/{id}/decision"): ("approve", {"approve": True, "version": 1}),
    ("POST", "/series/{id}/merge"): ("correct", {"into": NOTHING, "why": "w"}),
    ("POST", "/series/{id}/merge/answer"): ("correct", {"approve": True}),
    ("POST", "/series/{id}/apart"): ("correct", {}),
    ("POST", "/series/{id}/split"): ("correct", {"images": [NOTHING], "name": "S", "why": "w"}),
    ("PUT", "/series/{id}/work"): ("contribute", {}),
    ("DELETE", "/series/{id}/work"): ("contribute", None),
    ("GET", "/series/{id}/images"): ("see", None),
    ("GET", "/series/{id}/export"): ("export", None),
    ("GET", "/series/images"): ("see", None),
    ("POST", "/series/images"): ("contribute", {"media": [{"md5": NOTHING}]}),
    ("PUT", "/series/images/series"): ("correct", {"images": [NOTHING]}),
    ("GET", "/series/images/{id}"): ("see", None),
    ("GET", "/series/images/{id}/ties"): ("search", None),
    ("PUT", "/series/images/{id}/handling"): ("correct", {}),
    ("DELETE", "/series/images/{id}"): ("withdraw", None),
    ("GET", "/series/export"): ("export", None),
    ("GET", "/series/meetings"): ("see", None),
    ("POST", "/series/meetings/{id}/note"): ("see", None),
    ("POST", "/series/verdicts"): ("verdict", {"one": NOTHING, "other": NOTHING, "verdict": "same"}),
    ("DELETE", "/series/verdicts/{one}/{other}"): ("verdict", None),
    ("GET", "/series/ignored"): ("see", None),
    ("POST", "/series/ignored"): ("contribute", {"text": "t", "media": {"md5": NOTHING}}),
    ("DELETE", "/series/ignored/{id}"): ("withdraw", None),
    ("GET", "/series/exposure"): ("see", None),
    ("POST", "/series/exposure"): ("examine", {"seen": 1}),
    ("GET", "/series/exposure/bureau"): ("approve", None),
    ("PUT", "/series/exposure/cap"): ("approve", {"officer": NOTHING, "cap": 1}),
    ("GET", "/series/statistics"): ("see", None),
    ("GET", "/series/schemes"): ("see", None),
    ("POST", "/series/schemes"): (
        "contribute",
        {"name": "S", "edition": "1", "categories": {"1": {"label": "l", "common": "csam"}}},
    ),
    ("POST", "/biometrics/search"): ("search", {"files": [SAMPLE]}),
    ("GET", "/biometrics/sets"): ("see", None),
    ("POST", "/biometrics/sets"): ("contribute", {"files": [SAMPLE]}),
    ("GET", "/biometrics/sets/{id}"): ("see", None),
    ("PUT", "/biometrics/sets/{id}"): ("correct", {"version": 1, "handling": {}}),
    ("DELETE", "/biometrics/sets/{id}"): ("withdraw", None),
    ("POST", "/biometrics/sets/{id}/solved"): ("correct", {}),
    ("GET", "/biometrics/sets/{id}/samples/{number}"): ("see", None),
    ("GET", "/biometrics/sets/{id}/same"): ("see", None),
    ("GET", "/biometrics/sets/{id}/nist"): ("export", None),
    ("GET", "/biometrics/sets/{id}/iso"): ("export", None),
    ("GET", "/biometrics/searches/{search}/verdicts"): ("see", None),
    ("POST", "/biometrics/searches/{search}/candidates/{set}/verdict"): ("verdict", {"verdict": "no-hit"}),
    ("GET", "/biometrics/comparisons"): ("see", None),
    ("GET", "/biometrics/comparisons/{id}"): ("see", None),
    ("POST", "/biometrics/comparisons/{id}/pictures"): ("verdict", {"files": [SAMPLE]}),
    ("POST", "/biometrics/comparisons/{id}/verdict"): ("verdict", {"verdict": "no-hit"}),
    ("POST", "/biometrics/comparisons/{id}/note"): ("see", None),
    ("GET", "/biometrics/statistics"): ("see", None),
    ("GET", "/papers/versions"): ("see", None),
    ("POST", "/papers/versions"): ("contribute", {"code": "UTO-AO-01001", "title": "P"}),
    ("GET", "/papers/versions/{id}"): ("see", None),
    ("PUT", "/papers/versions/{id}"): ("contribute", {"code": "UTO-AO-01001", "title": "P", "seen": ""}),
    ("DELETE", "/papers/versions/{id}"): ("withdraw", None),
    ("POST", "/papers/versions/{id}/submit"): ("contribute", {"seen": ""}),
    ("POST", "/papers/versions/{id}/review"): ("approve", {"seen": "", "approve": True}),
    ("POST", "/papers/versions/{id}/revise"): ("contribute", None),
    ("POST", "/papers/versions/{id}/withdraw"): ("publish", {"why": "why it ends"}),
    ("GET", "/papers/versions/{id}/card.pdf"): ("see", None),
    ("POST", "/papers/pack"): ("export", {}),
    ("GET", "/papers/pictures/{id}/{digest}"): ("see", None),
    ("GET", "/papers/alerts"): ("see", None),
    ("POST", "/papers/alerts"): ("contribute", PAPER_ALERT),
    ("GET", "/papers/alerts/{id}"): ("see", None),
    ("PUT", "/papers/alerts/{id}"): ("contribute", {**PAPER_ALERT, "seen": ""}),
    ("DELETE", "/papers/alerts/{id}"): ("withdraw", None),
    ("POST", "/papers/alerts/{id}/submit"): ("contribute", {"seen": ""}),
    ("POST", "/papers/alerts/{id}/review"): ("approve", {"seen": "", "approve": True}),
    ("POST", "/papers/alerts/{id}/withdraw"): ("publish", {"why": "why it ends"}),
    ("GET", "/papers/subscription"): ("see", None),
    ("PUT", "/papers/subscription"): ("stand", {"every": True}),
    ("POST", "/papers/lost/check"): ("search", {"documents": [{"number": "XB1234567"}]}),
    ("GET", "/papers/lost"): ("see", None),
    ("POST", "/papers/lost"): ("contribute", {"number": "XB1234567", "status": "lost"}),
    ("GET", "/papers/lost/{id}"): ("see", None),
    ("PUT", "/papers/lost/{id}"): ("correct", {"status": "lost", "version": 1}),
    ("DELETE", "/papers/lost/{id}"): ("withdraw", None),
    ("GET", "/papers/lost/ranges"): ("see", None),
    ("POST", "/papers/lost/ranges"): ("contribute", {"first": "XB0000001", "last": "XB0000009"}),
    ("GET", "/papers/lost/ranges/{id}"): ("see", None),
    ("PUT", "/papers/lost/ranges/{id}"): ("correct", {"status": "lost", "version": 1}),
    ("DELETE", "/papers/lost/ranges/{id}"): ("withdraw", None),
    ("GET", "/papers/checks"): ("examine", None),
    ("POST", "/papers/checks"): ("examine", {"lines": ["P<UTO"]}),
    ("GET", "/papers/checks/{id}"): ("examine", None),
    ("PUT", "/papers/checks/{id}/reading"): ("search", {"seen": 1, "which": "printed"}),
    ("PUT", "/papers/checks/{id}/version"): ("examine", {"seen": 1}),
    ("PUT", "/papers/checks/{id}/page"): ("examine", {"seen": 1, "printed": {}}),
    ("PUT", "/papers/checks/{id}/answers"): ("examine", {"seen": 1, "answers": []}),
    ("POST", "/papers/checks/{id}/escalate"): ("examine", {"seen": 1, "level": 2, "why": "why it is odd"}),
    ("POST", "/papers/checks/{id}/verdict"): ("examine", {"seen": 1, "verdict": "genuine"}),
    ("POST", "/papers/checks/{id}/alert"): ("contribute", None),
    ("GET", "/papers/checks/{id}/report.pdf"): ("examine", None),
    ("DELETE", "/papers/checks/{id}"): ("examine", None),
    **PAYMENTS,
    **FIGURES,
    **REPORTS,
    **TRENDS,
}
"""Every operation of the API: the act (core.access.ROLES_FOR) that it is, and a body that has no fault."""
RECONCILED = (
    ("GET", ""),
    ("POST", ""),
    ("POST", "/match"),
    ("GET", "/suggest/entity"),
    ("GET", "/suggest/type"),
    ("GET", "/suggest/property"),
    ("GET", "/extend/propose"),
)
"""Operations of reconciliation: for keys alone."""
ELSEWHERE = {
    ("POST", "/bureaus/{code}/suspension"),
    ("POST", "/messages/sealed"),
    ("POST", "/messages/attachments"),
    ("PUT", "/notices/photos/{id}"),
    ("PUT", "/papers/pictures/{id}"),
    ("GET", "/papers/vocabulary"),
    ("POST", "/papers/checks/pictures"),
    ("POST", "/papers/lost/check/list"),
    ("POST", "/notices/{id}/review"),
    ("POST", "/notices/{id}/resume"),
    ("POST", "/notices/{id}/extract/consent"),
    ("GET", "/notices/colours"),
    ("POST", "/webhooks"),
    ("GET", "/stream"),
    ("POST", "/payments/messages"),
    ("POST", "/payments/transfers"),
    ("POST", "/screenings"),
    ("POST", "/screenings/{id}/again"),
    ("POST", "/files/imports/{file}"),
    ("POST", "/series/import"),
    ("POST", "/biometrics/transactions"),
    *FIGURES_ELSEWHERE,
    *REPORTS_ELSEWHERE,
    *TRENDS_ELSEWHERE,
    *[(method, f"/reconcile/{{purpose}}/{{justification}}{path}") for method, path in RECONCILED],
}
"""Operations whose right hangs on more than a role, or whose body is no JSON: tested with their rooms."""


def _do(scene: Scene, who: str, operation: tuple[str, str]) -> Answer:
    method, path = operation
    named = (
        path.replace("{number}", "1")
        .replace("{part}", "claims")
        .replace("{form}", "pdf")
        .replace("{item}", "1")
        .replace("{code}", "XZ")
        .replace("{kind}", "camt.056")
    )
    path = re.sub(r"\{[a-z_]+\}", NOTHING, named)
    query = (
        "?version=1" if method == "DELETE" and path.startswith("/notices/") and "extract" not in path else ""
    ) + WORDS.get(operation, "")
    return scene(who, method, path + query, json=ACT_OF[operation][1])


def test_every_operation_of_the_api_stands_in_the_table_of_roles(app) -> None:
    paths = app.openapi()["paths"]
    written = {(m.upper(), p.removeprefix("/api/v1")) for p, methods in paths.items() for m in methods}
    assert written == set(ACT_OF) | ELSEWHERE


@pytest.mark.parametrize("operation", ACT_OF, ids=" ".join)
def test_a_role_may_do_what_the_rule_says_and_nothing_else(scene: Scene, operation: tuple[str, str]) -> None:
    act = ACT_OF[operation][0]
    for role in Role:
        answer = _do(scene, f"XZ {role}", operation)
        if role in ROLES_FOR[act]:
            assert answer.status in (200, 201, 204, 404, 409, 422), (role, answer.text)
        else:
            assert answer.status == 403, (role, answer.text)
            assert answer.json["type"] == "/problems#not-allowed"


@pytest.mark.parametrize("operation", ACT_OF, ids=" ".join)
def test_nobody_does_anything_without_signing_in(scene: Scene, operation: tuple[str, str]) -> None:
    answer = _do(scene, "", operation)
    assert (answer.status, answer.json["type"]) == (401, "/problems#not-signed-in")
    assert answer.header("www-authenticate") == "Bearer"
