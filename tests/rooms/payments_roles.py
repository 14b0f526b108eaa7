"""Rows of the table of roles (test_roles.py) for the payments room."""

from typing import Any

NOTHING = "0" * 32
RULE = {
    "event": "acknowledge",
    "limit": 30,
    "unit": "min",
    "valid_from": "2026-01-01",
    "source": "A circular of the secretariat",
}
PAYMENTS: dict[tuple[str, str], tuple[str, Any]] = {
    ("POST", "/payments/check"): ("intercept", {}),
    ("GET", "/payments/requests"): ("see", None),
    ("POST", "/payments/requests"): ("intercept", {}),
    ("POST", "/payments/requests/import"): ("intercept", {"message": "x"}),
    ("GET", "/payments/requests/{id}"): ("see", None),
    ("PUT", "/payments/requests/{id}"): ("intercept", {"version": 1, "form": {}}),
    ("DELETE", "/payments/requests/{id}"): ("intercept", None),
    ("POST", "/payments/requests/{id}/steps"): ("intercept", {"do": {"step": "acknowledge"}}),
    ("POST", "/payments/requests/{id}/children"): ("intercept", {"movement": NOTHING}),
    ("GET", "/payments/requests/{id}/messages/{kind}"): ("intercept", None),
    ("POST", "/payments/prefill"): ("intercept", {"text": "x"}),
    ("GET", "/payments/statistics"): ("see", None),
    ("GET", "/payments/messages"): ("see", None),
    ("GET", "/payments/messages/{id}"): ("see", None),
    ("GET", "/payments/messages/{id}/file"): ("see", None),
    **{
        ("POST", f"/payments/messages/{{id}}/items/{{number}}/{how}"): ("intercept", said)
        for how, said in (
            ("accept", {}),
            ("assign", {"intercept": NOTHING, "why": "why so"}),
            ("reject", {"why": "why so"}),
            ("set-aside", {"why": "why so"}),
        )
    },
    ("GET", "/payments/transfers"): ("trace", None),
    ("GET", "/payments/transfers/{id}"): ("trace", None),
    ("DELETE", "/payments/transfers/{id}"): ("trace", None),
    ("GET", "/payments/transfers/{id}/payments"): ("trace", None),
    ("GET", "/payments/transfers/{id}/reach"): ("trace", None),
    ("GET", "/payments/traces"): ("trace", None),
    ("POST", "/payments/traces"): ("trace", {"transfers": NOTHING, "seeds": [{"payment": 1}]}),
    ("GET", "/payments/traces/{id}"): ("trace", None),
    ("DELETE", "/payments/traces/{id}"): ("trace", None),
    ("GET", "/payments/traces/{id}/accounts"): ("trace", None),
    ("GET", "/payments/traces/{id}/payments"): ("trace", None),
    ("GET", "/payments/traces/{id}/flow.svg"): ("trace", None),
    ("GET", "/payments/traces/{id}/timeline.svg"): ("trace", None),
    ("GET", "/payments/traces/{id}/pack.zip"): ("export", None),
    ("GET", "/payments/rules"): ("see", None),
    ("POST", "/payments/rules"): ("approve", RULE),
    ("DELETE", "/payments/rules/{id}"): ("approve", None),
    ("POST", "/payments/tags"): ("contribute", {"pack": "tags: []"}),
    ("GET", "/payments/tags.yaml"): ("export", None),
}
"""Operation to the act that it is, and a body that has no fault."""
