"""What U asks the reconciliation service, in both worlds: with a key he is answered, without one never."""

import json
from typing import Any

from worlds.asking import ABSENT, MALFORMED, Told
from worlds.drawing import NAMES, OWN_NAMES, PASSPORTS
from worlds.pair import Known
from worlds.stage import Ask

AT = "/api/v1/reconcile/wanted/case%201"
BATCH: dict[str, Any] = {
    **{f"name {n}": {"query": name} for n, name in enumerate((*NAMES[:3], OWN_NAMES[0], "Ivo", "?!"))},
    "number": {"properties": [{"pid": "passportNumber", "v": PASSPORTS[0]}]},
    "born": {"query": NAMES[0], "properties": [{"pid": "birthDate", "v": "1971-03-05"}]},
    "company": {"query": NAMES[0], "type": ["Company", "LegalEntity"], "type_strict": "all"},
    "one": {"query": NAMES[0], "limit": 1},
}
WRONG = ({"q": {"query": NAMES[0], "type": "Hit"}}, {"q": {"query": "Ivo", "colour": "red"}})


def reconciling(known: Known) -> Told:
    """Batches, in both forms; what is typed; records by their ids, seen, hidden and of nothing."""
    yield _ask("GET", "")
    for batch in (BATCH, *WRONG):
        yield _ask("POST", "", form=[("queries", json.dumps(batch))])
    yield _ask("GET", "?queries=%7B%22q%22%3A%7B%22query%22%3A%22Marenko%22%7D%7D")
    named = [{"matchType": "name", "propertyValue": name} for name in (NAMES[0], "Marenko")]
    yield _ask("POST", "/match", json={"queries": [{"conditions": [one]} for one in named]})
    for prefix in ("Ivo%20Mar", "Marenko", "B70441920"):
        yield _ask("GET", f"/suggest/entity?prefix={prefix}")
    for path in ("/suggest/type?prefix=p", "/suggest/property?prefix=b", "/extend/propose?type=Person"):
        yield _ask("GET", path)
    ids = (*known.ids, ABSENT, MALFORMED)
    wanted = [{"id": pid} for pid in ("name", "profession", "passportNumber")]
    yield _ask("POST", "", form=[("extend", json.dumps({"ids": ids[:50], "properties": wanted}))])


def _ask(method: str, path: str, **said: Any) -> Ask:
    return Ask(method, f"{AT}{path}", purpose="", **said)
