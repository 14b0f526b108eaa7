"""Rows of the table of roles (test_roles.py) for figures and findings of the trends room."""

from typing import Any

TABLE = {"csv": "reporter,product,partner,value\nxa,31,xb,1"}
FIGURES: dict[tuple[str, str], tuple[str, Any]] = {
    **{
        ("GET", f"/trends/figures/{what}"): ("trend", None)
        for what in ("flows", "series", "surges", "hotspots", "risk", "records")
    },
    ("POST", "/trends/figures/risk/score"): ("trend", {}),
    ("POST", "/trends/figures/propensities"): ("trend", TABLE),
    ("POST", "/trends/figures/gaps"): ("trend", TABLE),
    ("GET", "/trends/findings"): ("trend", None),
    ("POST", "/trends/findings"): ("trend", None),
    ("GET", "/trends/findings/{id}"): ("trend", None),
    ("POST", "/trends/findings/{id}/steps"): ("trend", {"version": 1, "to": "under_review"}),
}
"""Operation to the act that it is, and a body that has no fault."""
FIGURES_ELSEWHERE = {("GET", "/trends/figures/export/{table}")}
"""Its address takes names of tables alone: tested with figures."""
