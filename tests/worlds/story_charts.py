"""What U asks of charts and networks in analysis files: what he sees of them, and what he does not."""

from base64 import b64encode
from typing import Any
from urllib.parse import quote

from worlds.asking import ABSENT, Asking, Told
from worlds.others_files import PEOPLE
from worlds.pair import Known
from worlds.story_messages import some

FORMATS = ("svg", "pdf", "png", "csv", "json", "graphml", "gexf", "anx", "ftm")
EDGES = b"From,To,Type\nAna Kovar,Ivo Marenko,Associate\nHidden Petrosyants,Mira Halvorsen,Associate\n"


def at(*ids: str) -> dict[str, Any]:
    return {f"item/{id}": {"x": 50 * n, "y": n} for n, id in enumerate(ids)}


def listed(asking: Asking, file: str) -> Told:
    answer = yield asking.api("GET", f"/files/{file}/charts")
    return [c["id"] for c in answer.json] if answer.status == 200 else []


def charts(asking: Asking, known: Known, file: str, people: list[str], hidden: list[str]) -> Told:
    """The shared chart: read, worked on, frozen, compared, copied, merged, taken away in every format."""
    at_charts = f"/files/{file}/charts"
    standing = yield from listed(asking, file)
    for chart in standing[:1]:
        here = f"{at_charts}/{chart}"
        told = yield asking.api("GET", here)
        yield asking.page("GET", here)
        yield asking.api("POST", f"{here}/snapshots", {"title": "As it was"})
        rid = f"{9:032x}"
        sets: list[dict[str, Any]] = [
            at(people[4], *hidden[:1]),
            {f"group/{rid}": {"label": "Cell", "ids": [people[0], people[1]]}},
            {f"group/{rid[:-1]}8": {"label": "Cell", "ids": [people[0], hidden[0]]}},
            {f"note/{rid}": {"on": "", "text": "Who pays?"}},
        ]
        last = told.json.get("last", "") if told.status == 200 else ""
        for set in sets:
            said = {"after": last, "commands": [{"label": "Place", "set": set}]}
            yield asking.api("POST", f"{here}/steps", said)
        yield asking.api("POST", f"{here}/steps", {"after": last, "commands": []})
        for format in FORMATS:
            yield asking.api("GET", f"{here}/export?format={format}")
    made = yield asking.api("POST", at_charts, {"title": "Mine", "cells": at(people[2], *hidden[:2])})
    copy = yield asking.api("POST", at_charts, {"title": "A copy", "of": (standing or [ABSENT])[0]})
    yield asking.page("POST", at_charts, ("title", "Private"), ("private", "yes"))
    if made.status == 201 and copy.status == 201:
        one, two = made.json["id"], copy.json["id"]
        yield asking.api("POST", f"{at_charts}/{one}/merge", {"chart": standing[0]})
        yield asking.api("GET", f"{at_charts}/{one}/compare?with={two}")
    yield asking.raw("POST", f"/files/imports/{file}?name=edges.csv&kind=Person", EDGES)


def looking(asking: Asking, known: Known, file: str, people: list[str]) -> Told:
    """Charts and the network once more, in few questions."""
    standing = yield from listed(asking, file)
    yield asking.page("GET", f"/files/{file}/charts")
    for chart in standing[:4]:
        here = f"/files/{file}/charts/{chart}"
        told = yield asking.api("GET", here)
        last = told.json.get("last", "") if told.status == 200 else ""
        for after in ("", last, *some(known.of_kind("ChartStep"), 8)):
            yield asking.api("POST", f"{here}/steps", {"after": after, "commands": []})
        for other in standing[1:3]:
            yield asking.api("GET", f"{here}/compare?with={other}")
            yield asking.page("GET", f"{here}/compare?with={other}")
        yield asking.api("GET", f"{here}/export?format=json")
        yield asking.api("POST", f"/files/{file}/network/measures", {"chart": chart, "which": ["degree"]})
    for what, said in bodies(people)[:6]:
        yield asking.api("POST", f"/files/{file}/network/{what}", said)


def bodies(people: list[str]) -> list[tuple[str, dict[str, Any]]]:
    """What is asked of a network: (address, body)."""
    first, last = people[0], people[5]
    return [
        ("measures", {}),
        ("around", {"ids": people[:6]}),
        ("expand", {"ids": [first], "limit": 2, "scope": "all"}),
        ("expand", {"ids": people[:3], "hops": 2}),
        ("paths", {"from": first, "to": last}),
        ("leads", {}),
        ("expand", {"ids": [first], "hops": 2, "scope": "all", "direction": "out", "since": "2025-01-01"}),
        ("expand", {"ids": [last], "kinds": ["Associate"], "limit": 1}),
        ("expand", {"ids": [first], "limit": 500, "scope": "all"}),
        ("paths", {"from": first, "to": people[4], "how": "all", "scope": "all"}),
        ("paths", {"from": people[2], "to": people[4], "how": "strongest"}),
        ("connect", {"ids": [first, people[4], last]}),
        ("connect", {"ids": [first, people[2], people[4]], "scope": "all"}),
        ("measures", {"bands": True, "which": ["degree", "betweenness"], "since": "2022-01-01"}),
        ("measures", {"projection": "Person", "which": ["degree"]}),
        *(("communities", {"how": how}) for how in ("communities", "components", "core")),
        *(("brokers", {"by": by}) for by in ("country", "community", "owner")),
        *(("keyplayers", {"how": how}) for how in ("fragmentation", "reach")),
        *(("removal", {"by": by, "steps": 3}) for by in ("betweenness", "degree")),
        ("removal", {"ids": [first]}),
        ("leads", {"by": "katz"}),
        ("windows", {}),
    ]


def network(asking: Asking, file: str, people: list[str], hidden: list[str]) -> Told:
    """Everything that is asked of a network; from what is hidden too, and to it."""
    at_network = f"/files/{file}/network"
    for what, said in bodies(people):
        yield asking.api("POST", f"{at_network}/{what}", said)
    for text in (PEOPLE[0], "Hidden Halvorsen", "Ivo Marenko"):
        yield asking.api("POST", f"{at_network}/search", {"text": text})
    for id in hidden:
        yield asking.api("POST", f"{at_network}/around", {"ids": [people[0], id]})
        yield asking.api("POST", f"{at_network}/expand", {"ids": [people[0], id]})
        yield asking.api("POST", f"{at_network}/expand", {"ids": [id], "scope": "all"})
        yield asking.api("POST", f"{at_network}/paths", {"from": people[0], "to": id, "scope": "all"})
        yield asking.api("POST", f"{at_network}/connect", {"ids": [people[0], people[1], id]})
        yield asking.api("POST", f"{at_network}/removal", {"ids": [id]})


def every(asking: Asking, known: Known, file: str) -> Told:
    """Charts of either world by every address; the network's addresses; imports."""
    at_charts = f"/files/{file}/charts"
    mine = yield from listed(asking, file)
    ids = known.of_kind("Chart")
    for chart in [*some([i for i in ids if i not in mine], 2), *mine[-1:], ABSENT]:
        here = f"{at_charts}/{chart}"
        yield asking.api("GET", here)
        yield asking.page("GET", here)
        yield asking.api("GET", f"/records/{chart}")
        yield asking.api("PATCH", here, {"title": "Another"})
        yield asking.page("POST", f"{here}/rename", ("title", "Yet another"))
        yield asking.api("POST", f"{here}/steps", {"commands": [{"set": at(ABSENT)}]})
        yield asking.api("POST", f"{here}/snapshots", {"title": "Now"})
        yield asking.page("POST", f"{here}/snapshots", ("title", "Now too"))
        yield asking.api("GET", f"{here}/compare?with={(mine or ids)[0]}")
        yield asking.page("GET", f"{here}/compare?with={(mine or ids)[0]}")
        yield asking.api("POST", f"{here}/merge", {"chart": (mine or ids)[0]})
        yield asking.page("POST", f"{here}/merge", ("chart", (mine or ids)[0]))
        yield asking.api("GET", f"{here}/export?format=svg")
        yield asking.api("POST", at_charts, {"title": "Begun with it", "of": chart})
        yield asking.api("POST", f"/files/{file}/network/measures", {"chart": chart})
        yield asking.api("DELETE", here)
        yield asking.page("POST", f"{here}/delete")
    for step in some(known.of_kind("ChartStep"), 3):
        yield asking.api("POST", f"{at_charts}/{(mine or ids)[0]}/steps", {"after": step, "commands": []})
        yield asking.api("GET", f"/records/{step}")
    yield asking.page("GET", at_charts)
    yield asking.page("POST", at_charts, ("title", "Page"), ("of", (mine or ids)[0]))
    for what, said in bodies([ABSENT] * 6)[::3]:
        yield asking.api("POST", f"/files/{file}/network/{what}", said)
    yield asking.api("POST", f"/files/{file}/network/search", {"text": "Ivo"})
    mapping = quote('{"from": "From", "to": "To", "type": "Type"}')
    asked = f"name=edges.csv&keep=true&kind=Person&mapping={mapping}"
    yield asking.raw("POST", f"/files/imports/{file}?{asked}", EDGES)
    yield asking.page("GET", f"/files/imports/{file}")
    sent = (("kept", b64encode(EDGES).decode()), ("name", "edges.csv"), ("kind", "Person"))
    for do in ("look", "keep"):
        yield asking.page("POST", f"/files/imports/{file}", *sent, ("do", do))
