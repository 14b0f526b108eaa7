"""An invented network of people, firms, accounts and phones, from a seed: what the chart is measured on."""

import random
from typing import Any

Row = dict[str, Any]
KINDS = [
    ("Person", 10),
    ("Company", 3),
    ("BankAccount", 2),
    ("PhoneNumber", 3),
    ("Vehicle", 1),
    ("Address", 1),
    ("Event", 1),
]
LABELS = {"BankAccount": "Bank account", "PhoneNumber": "Phone number"}
GIVEN = "Ada Bo Cem Dina Emil Faye Goran Hana Ilir Jana Kofi Lena Miro Nadia Otto Petra Radu Sara".split()
FAMILY = (
    "Arden Belov Costa Dragan Esposito Fakir Gashi Horvat Ivanov Jansen Kovac Lenz Marek Novak Ortiz".split()
)
COUNTRIES = ["at", "de", "it", "fr", "es", "nl", "ge", "tr", "ae", "mt"]
GRADES = ["A1", "B2", "B3", "C3", "E4", ""]
CERTAINTIES = ["confirmed", "confirmed", "unconfirmed", "tentative", ""]

VERBS = {
    "Call": "called",
    "Payment": "paid",
    "Associate": "associate of",
    "Ownership": "owns",
    "Family": "family of",
}
DIRECTED = {"Call", "Payment", "Ownership"}


def network(size: int, seed: int = 5) -> tuple[dict[str, Row], dict[str, Row]]:
    """Items and links by id; a few items have many links, as in the networks of the field."""
    rng = random.Random(seed)
    kinds = [kind for kind, weight in KINDS for _ in range(weight)]
    ids = [f"{i:032x}" for i in range(size)]
    items = {id: item(rng, id, "Person" if i % 3 == 0 else rng.choice(kinds)) for i, id in enumerate(ids)}
    items[ids[0]]["category"] = "leader"
    links = {}
    for i in range(1, size):
        for _ in range(1 if i % 2 else 2):
            made = link(rng, f"{len(links):031x}e", ids[i], ids[int(i * rng.random() ** 2.2)])
            links[made["id"]] = made
    return items, links


def item(rng: random.Random, id: str, kind: str) -> Row:
    name = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
    caption = {
        "Company": f"{rng.choice(FAMILY)} Trading Ltd",
        "BankAccount": f"XA{rng.randrange(10**16):016d}",
        "PhoneNumber": f"+999 {rng.randrange(10**8):08d}",
        "Vehicle": f"XA {rng.randrange(1000, 9999)} K",
        "Address": f"Quay {rng.randrange(1, 90)}, Port",
        "Event": "Meeting at the harbour",
    }.get(kind, name)
    categories = ["", "", "", "suspect", "associate", "facilitator"]
    return {
        "id": id,
        "kind": kind,
        "label": LABELS.get(kind, kind),
        "caption": caption,
        "owner": rng.choice(["XA", "XB", "XC"]),
        "grade": rng.choice(GRADES),
        "certainty": rng.choice(CERTAINTIES),
        "countries": rng.sample(COUNTRIES, 1 + (rng.random() < 0.2)) if rng.random() < 0.8 else [],
        "place": "",
        "since": day(rng) if kind == "Event" else "",
        "until": "",
        "category": rng.choice(categories) if kind == "Person" else "",
        "photo": False,
        "facts": [{"label": "Name", "values": [caption]}, {"label": "Alias", "values": ["the Captain"]}],
    }


def link(rng: random.Random, id: str, a: str, b: str) -> Row:
    kind = rng.choice(list(VERBS))
    return {
        "id": id,
        "kind": kind,
        "label": VERBS[kind],
        "from": a,
        "to": b,
        "directed": kind in DIRECTED,
        "since": day(rng) if rng.random() < 0.8 else "",
        "until": "",
        "grade": rng.choice(GRADES),
        "certainty": rng.choice(CERTAINTIES),
        "owner": rng.choice(["XA", "XB"]),
        "more": 3 if rng.random() < 0.1 else 0,
    }


def day(rng: random.Random) -> str:
    return f"{rng.randrange(2024, 2027)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 28):02d}"
