"""Rows of the table of roles (test_roles.py) for illicit goods."""

from typing import Any

NOTHING = "0" * 32
TRENDS: dict[tuple[str, str], tuple[str, Any]] = {
    ("DELETE", "/trends/conversions/{id}"): ("withdraw", None),
    ("DELETE", "/trends/efforts/{id}"): ("withdraw", None),
    ("DELETE", "/trends/offers/{id}"): ("refer", None),
    ("DELETE", "/trends/reports/{id}"): ("refer", None),
    ("DELETE", "/trends/seizures/{id}"): ("withdraw", None),
    ("GET", "/trends/conversions"): ("see", None),
    ("GET", "/trends/efforts"): ("see", None),
    ("GET", "/trends/offers"): ("see", None),
    ("GET", "/trends/operations"): ("trend", None),
    ("GET", "/trends/operations/{id}"): ("trend", None),
    ("GET", "/trends/operations/{id}/report"): ("trend", None),
    ("GET", "/trends/operations/{id}/tally"): ("trend", None),
    ("GET", "/trends/referrals"): ("see", None),
    ("GET", "/trends/referrals/{id}"): ("see", None),
    ("GET", "/trends/reports"): ("see", None),
    ("GET", "/trends/reports/{id}"): ("see", None),
    ("GET", "/trends/seizures"): ("see", None),
    ("GET", "/trends/seizures/template.csv"): ("contribute", None),
    ("GET", "/trends/seizures/{id}"): ("see", None),
    ("GET", "/trends/seizures/{id}/parties"): ("see", None),
    ("GET", "/trends/seizures/{id}/same"): ("see", None),
    ("GET", "/trends/targets"): ("trend", None),
    ("GET", "/trends/targets/{id}"): ("target", None),
    ("GET", "/trends/targets/{id}/export"): ("export", None),
    ("GET", "/trends/targets/{id}/sheet"): ("trend", None),
    ("POST", "/trends/conversions"): (
        "contribute",
        {"goods": "x", "from_unit": "x", "to_unit": "x", "factor": "x", "source": "x"},
    ),
    ("POST", "/trends/efforts"): ("contribute", {"authority": "x", "date": "x"}),
    ("POST", "/trends/offers"): ("refer", {"seizure": "x"}),
    ("POST", "/trends/operations"): (
        "target",
        {"name": "x", "since": "2025-01-01", "until": "2025-02-01", "countries": ["xb"]},
    ),
    ("POST", "/trends/operations/{id}/steps"): ("target", {"version": 1, "to": "planned"}),
    ("POST", "/trends/referrals/{id}/steps"): ("refer", {"version": 1, "step": "take"}),
    ("POST", "/trends/reports/{id}/consent"): ("refer", {"case": "x", "answer": "yes"}),
    ("POST", "/trends/seizures"): ("contribute", {}),
    ("POST", "/trends/seizures/check"): ("contribute", {}),
    ("POST", "/trends/seizures/{id}/confirmation"): ("correct", {"version": 1}),
    ("POST", "/trends/seizures/{id}/same"): ("verdict", {"other": NOTHING, "verdict": "same"}),
    ("POST", "/trends/targets"): ("target", {"name": "x"}),
    ("POST", "/trends/targets/{id}/results"): ("trend", {"target": 1, "result": "hit"}),
    ("POST", "/trends/targets/{id}/steps"): ("target", {"version": 1, "to": "proposed"}),
    ("PUT", "/trends/operations/{id}"): (
        "target",
        {"name": "x", "since": "2025-01-01", "until": "2025-02-01", "countries": ["xb"]},
    ),
    ("PUT", "/trends/reports/{id}"): ("refer", {"sector": "x", "date": "x", "what": "x", "version": 1}),
    ("PUT", "/trends/seizures/{id}"): ("correct", {"version": 1}),
    ("PUT", "/trends/seizures/{id}/handling"): ("correct", {"version": 1, "handling": {}}),
    ("PUT", "/trends/seizures/{id}/parties"): ("contribute", {"parties": []}),
    ("PUT", "/trends/seizures/{id}/parties/handling"): ("correct", {"version": 1, "handling": {}}),
}
"""Operation to the act that it is, and a body that has no fault."""
TRENDS_WORDS = {
    ("DELETE", "/trends/reports/{id}"): "?version=1",
    ("DELETE", "/trends/seizures/{id}"): "?version=1",
}
"""Query words that an operation cannot do without."""
TRENDS_ELSEWHERE = [
    ("POST", "/trends/reports"),
    ("POST", "/trends/reports/import"),
    ("POST", "/trends/seizures/import"),
    ("POST", "/trends/seizures/import/check"),
]
"""For companies alone, or whose body is no JSON: tested with the room."""
