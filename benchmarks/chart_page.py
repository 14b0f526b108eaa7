"""A page with the chart workspace, and a house behind it that is only a dictionary: to measure and to test.

Speaks the part of `/api/v1/files/…` that the workspace asks, over an invented network. The content policy is
the house's own, so that what it forbids is noticed here too.
"""

import html
import json
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks.chart_network import network

from entente.rooms.analysis import chart_words
from entente.web import language, statics
from entente.web.guards import HEADERS

FILE, CHART = "f" * 32, "c" * 32
BASE = f"/api/v1/files/{FILE}"
PAGE = """<!doctype html>
<html lang="{lang}" dir="{dir}" data-theme="{theme}"><head><meta charset="utf-8"><title>Chart</title>
<link rel="icon" href="/static/mark.svg"><link rel="stylesheet" href="/static/style.css">
<link rel="stylesheet" href="/static/chart.css"><script src="/static/dist/chart.js" defer></script></head>
<body><main id="main"><entente-chart file="{file}" chart="{chart}" lang="{lang}" data-words="{words}"
 data-world="/static/dist/world.json"></entente-chart></main></body></html>"""
ARABIC = ["رامي حدّاد", "ليلى منصور", "شركة الميناء", "سامر خوري"]
TYPES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml"}


class Pretended:
    """A file and a chart of `placed` items among `size`; steps are applied as the house applies them."""

    def __init__(self, placed: int, size: int | None = None, seed: int = 5, arabic: bool = False) -> None:
        rng = random.Random(seed)
        self.items, self.links = network(size or max(placed, 40), seed)
        if arabic:
            for item, name in zip(self.items.values(), ARABIC, strict=False):
                item["caption"] = name
        self.cells: dict[str, dict[str, Any]] = {
            f"item/{id}": {
                "x": round(rng.gauss(0, 26 * placed**0.5)),
                "y": round(rng.gauss(0, 18 * placed**0.5)),
            }
            for id in list(self.items)[:placed]
        }
        self.steps: list[dict[str, Any]] = []
        self.closed = False
        self.down = False

    def answer(self, path: str, body: Any) -> tuple[int, Any]:
        if self.closed:
            return 404, {"title": "Not here.", "status": 404}
        if self.down:
            return 503, {"title": "Down."}
        if path == f"{BASE}/charts/{CHART}":
            on = {key[5:] for key in self.cells if key.startswith("item/")}
            return 200, {
                "id": CHART,
                "file": FILE,
                "title": "Harbour network",
                "snapshot": False,
                "last": self._last(),
                "cells": self.cells,
                "nodes": [self.items[one] for one in on if one in self.items],
                "links": self._among(on),
                "can": {"write": True},
                "at": "2026-11-28T12:00:00Z",
            }
        return self._asked(path.rsplit("/", 1)[-1], body or {})

    def _asked(self, what: str, body: dict[str, Any]) -> tuple[int, Any]:
        ids = set(body.get("ids", []))
        if what == "steps":
            known = [step["id"] for step in self.steps]
            others = self.steps[known.index(body["after"]) + 1 if body["after"] in known else 0 :]
            if body["commands"]:
                self.apply(body["commands"], "you")
            return 200, {"last": self._last(), "steps": others, "cells": self.cells}
        if what == "around":
            rows = [link for link in self.links.values() if {link["from"], link["to"]} & ids]
            counts: dict[tuple[str, str], int] = {}
            for link in rows:
                way = ("out" if link["from"] in ids else "in") if link["directed"] else "both"
                counts[link["kind"], way] = counts.get((link["kind"], way), 0) + 1
            return 200, {
                "counts": [
                    {"id": "", "kind": k, "label": k, "direction": d, "many": n}
                    for (k, d), n in counts.items()
                ]
            }
        if what == "expand":
            rows = [
                link
                for link in self.links.values()
                if link["kind"] in body["kinds"] and {link["from"], link["to"]} & ids
            ]
            shown = rows[: body["limit"]]
            ends = {end for link in shown for end in (link["from"], link["to"])}
            return 200, {
                "nodes": [self.items[end] for end in sorted(ends)],
                "links": shown,
                "shown": len(shown),
                "many": len(rows),
            }
        if what == "search":
            hits = [item for item in self.items.values() if body["text"].lower() in item["caption"].lower()][
                : body["limit"]
            ]
            return 200, {"on": hits, "elsewhere": []}
        return self._figures(what)

    def _figures(self, what: str) -> tuple[int, Any]:
        if what in ("paths", "connect"):
            rows = list(self.links.values())[:3]
            ends = list(dict.fromkeys(end for link in rows for end in (link["from"], link["to"])))
            path = {"things": ends, "links": [link["id"] for link in rows], "strength": 0.42}
            return 200, {"paths": [path], "nodes": [self.items[end] for end in ends], "links": rows}
        if what == "measures":
            on = [key[5:] for key in self.cells if key.startswith("item/")]
            rows = [
                {
                    "id": one,
                    "caption": self.items[one]["caption"],
                    "owner": self.items[one]["owner"],
                    "category": "",
                    "measures": {
                        "betweenness": {
                            "value": 1 / (i + 1),
                            "rank": i + 1,
                            "low": max(1, i - 1),
                            "high": i + 4,
                        }
                    },
                }
                for i, one in enumerate(on)
            ]
            stamp = {
                "fingerprint": "ab" * 32,
                "at": "2026-11-28T12:00:00Z",
                "things": len(on),
                "links": 9,
                "bureaus": ["XA", "XB"],
                "level": "official",
                "text": "",
            }
            explain = {
                "betweenness": {
                    "label": "Betweenness",
                    "text": "Who lies on the shortest paths between others: who holds it together.",
                }
            }
            return 200, {"stamp": stamp, "rows": rows, "explain": explain, "summary": {}}
        return 404, {"title": "Not here.", "status": 404}

    def apply(self, commands: list[dict[str, Any]], by: str) -> None:
        """Steps in the order of arrival, as the house does."""
        for command in commands:
            for key, cell in command["set"].items():
                if cell is None:
                    self.cells.pop(key, None)
                else:
                    self.cells[key] = cell
        self.steps.append(
            {
                "id": f"{len(self.steps) + 1:032x}",
                "label": commands[-1]["label"],
                "by": by,
                "at": "2026-11-28T12:00:00Z",
                "commands": commands,
            }
        )

    def _last(self) -> str:
        return self.steps[-1]["id"] if self.steps else ""

    def _among(self, on: set[str]) -> list[dict[str, Any]]:
        return [link for link in self.links.values() if link["from"] in on and link["to"] in on]


def page(lang: str, theme: str) -> str:
    """The least page that holds the workspace, as the house writes it."""
    with language.speaking(lang):
        words = html.escape(json.dumps(chart_words.words(), ensure_ascii=False))
    return PAGE.format(
        lang=lang, dir=language.direction(lang), theme=theme, file=FILE, chart=CHART, words=words
    )


@contextmanager
def served(house: Pretended) -> Iterator[str]:
    """Serves until the block ends; the address of the page, to which `?lang=ar&theme=dark` may be added."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            if path == "/":
                asked = dict(part.split("=") for part in query.split("&") if "=" in part)
                self._send(
                    200,
                    page(asked.get("lang", "en"), asked.get("theme", "light")).encode(),
                    "text/html; charset=utf-8",
                )
            elif path.startswith("/static/"):
                file = statics.FOLDER / Path(path.removeprefix("/static/"))
                self._send(200, file.read_bytes(), TYPES[file.suffix])
            else:
                self._json(*house.answer(path, None))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self._json(*house.answer(self.path, body))

        def _json(self, status: int, told: Any) -> None:
            self._send(status, json.dumps(told).encode(), "application/json")

        def _send(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in HEADERS.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *said: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
