"""Every door that takes a file or a large body, made ready as an officer makes it before he sends one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Ask = Callable[..., Any]
"""ask(who, method, path, json) -> the answer's JSON: made of the tests' caller, or of a connection."""
OFFICE, COMPANY = "office", "company"


@dataclass(frozen=True, slots=True)
class Door:
    """Where it is sent, as what, and by whom."""

    path: str
    media: str = "application/octet-stream"
    method: str = "POST"
    who: str = OFFICE
    purpose: str = "wanted"


PLAIN: Mapping[str, Door] = {
    "check": Door("/api/v1/papers/checks/pictures", purpose="border"),
    "check page": Door("/papers/checks", "multipart/form-data; boundary=xx", purpose="border"),
    "fingers": Door("/api/v1/biometrics/search", "application/json"),
    "transaction": Door("/api/v1/biometrics/transactions"),
    "list": Door("/api/v1/screenings", "text/csv"),
    "list page": Door("/screenings", "multipart/form-data; boundary=xx"),
    "numbers": Door("/api/v1/papers/lost/check/list", "text/csv", purpose="border"),
    "images": Door("/api/v1/series/import", purpose="identify"),
    "seizures": Door("/api/v1/trends/seizures/import/check"),
    "transfers": Door("/api/v1/payments/transfers"),
    "bank message": Door("/api/v1/payments/messages"),
    "payments": Door("/api/v1/payments/requests/import", "application/json"),
    "pasted payment": Door("/api/v1/payments/prefill", "application/json"),
    "tags": Door("/api/v1/payments/tags", "application/json"),
    "attachment": Door("/api/v1/messages/attachments"),
    "message": Door("/api/v1/messages", "application/json"),
    "sealed": Door("/api/v1/messages/sealed", "application/json"),
    "question": Door("/api/v1/search", "application/json"),
    "question page": Door("/search", "application/x-www-form-urlencoded"),
    "record": Door("/api/v1/records", "application/json"),
    "typed check": Door("/api/v1/papers/checks", "application/json", purpose="border"),
    "trade": Door("/api/v1/trends/figures/propensities", "application/json", purpose="analysis"),
    "reports": Door("/api/v1/trends/reports/import", "application/json", who=COMPANY),
}


def opened(ask: Ask) -> dict[str, Door]:
    """The doors by name; those of drafts, files and cases are made first."""
    notice = ask(OFFICE, "POST", "/notices", _NOTICE)
    version = ask(OFFICE, "POST", "/papers/versions", _VERSION)
    case = ask(OFFICE, "POST", "/cases", _CASE)
    case = ask(
        OFFICE, "POST", f"/cases/{case['id']}/evidence", {"version": case["version"], "evidence": _PIECE}
    )
    case = case.get("case", case)
    file = ask(OFFICE, "POST", "/files", _FILE)["id"]
    seen = ask("supervisor", "GET", f"/files/{file}", None)
    ask("supervisor", "POST", f"/files/{file}/approve", {"version": seen["version"], "approve": True})
    photo = f"/api/v1/notices/photos/{notice['id']}?version={notice['version']}"
    evidence = f"/api/v1/cases/{case['id']}/evidence/1/file?version={case['version']}"
    return {
        **PLAIN,
        "photo": Door(photo, method="PUT"),
        "picture": Door(f"/api/v1/papers/pictures/{version['id']}", method="PUT"),
        "evidence": Door(evidence, "application/pdf", "PUT"),
        "network": Door(f"/api/v1/files/imports/{file}", purpose="analysis"),
        "report": Door(f"/api/v1/files/{file}/reports", "application/json", purpose="analysis"),
    }


_NOTICE: dict[str, Any] = {
    "colour": "blue",
    "reach": "all",
    "fields": {"status": "suspect", "case": "C-4/2025"},
    "attest": ["neutral"],
    "subject": {"kind": "Person", "properties": {"name": ["Ivo Marenko"]}},
}
_VERSION: dict[str, Any] = {
    "code": "UTO-AO-01001",
    "title": "Passport of Utopia",
    "first_issued": "2019-05-01",
    "width": 125,
    "height": 88,
    "colours": ["red"],
    "mrz": "TD3",
    "content": {"pages": [{"kind": "data", "printed": "2"}]},
}
_FILE: dict[str, Any] = {
    "title": "Kestrel",
    "purpose": "Who sells forged papers to thieves in law",
    "legalBasis": "RPD 68; Police Act XA, section 4",
    "area": "organised-crime",
    "criteria": "Sellers, their companies and their money",
    "unit": "Serious crime",
    "reviewDue": "2026-12-31",
    "closes": "2027-12-31",
    "retention": 365,
}
_CASE: dict[str, Any] = {
    "title": "The Harvest That Never Grew",
    "chapter": "mass-production",
    "countries": ["xa"],
    "period_from": "2023-02-01",
    "period_to": "2024-06-30",
    "summary": "Counterfeit pesticide was filled in XA.",
    "modus": "Labels were printed apart from the goods.",
    "goods": ["agro.pesticide"],
    "crimes": ["fraud"],
    "places": ["Norport"],
    "quantities": [],
    "detection": "risk_profile",
    "first_seizure": "2023-06-01",
    "personal_data": "initials",
}
_PIECE: dict[str, Any] = {
    "kind": "judgment",
    "title": "Judgment of the Court of Norport",
    "authority": "Court of Norport",
    "date": "2025-03-01",
    "language": "eng",
    "sha256": "0" * 64,
    "pages": 40,
}
