"""A report of at least twenty pages on paper: typst, beside HTML and DOCX of the same frozen data.

    python -m benchmarks.report [rows=1000]

Text, key judgements, profiles, a chart of 101 things and 256 links as SVG, and a table of a thousand rows,
as `publish` freezes them. Each form is made in a process of its own (cold: fonts are looked up) and again in
this one (warm). The target is a PDF within 2 s, cold. WeasyPrint needs Pango of the system and is not
measured here; specs/networks.md, section 5, has its figure (7.9 s of CPU for 27 pages).
"""

import random
import subprocess
import sys
import time
from typing import Any

import typst

from entente.rooms.publications import docx, html, printing
from entente.rooms.publications.freezing import leveled
from entente.rooms.publications.markdown import parsed

FORMS = {"pdf": printing.pdf, "html": html.page, "docx": docx.docx}
TARGET_S = 2.0
SENTENCE = "The network sells **forged papers** to leaders in two countries, and *nobody* has seen its head. "


def drawing(seed: int = 7) -> str:
    """A chart of the size of Montagna's meetings (Cavallaro 2020): 101 things, 256 links."""
    chance = random.Random(seed)
    at = [(chance.randrange(20, 980), chance.randrange(20, 680)) for _ in range(101)]
    links = [chance.sample(range(101), 2) for _ in range(256)]
    lines = "".join(
        f'<path d="M{at[a][0]},{at[a][1]} {at[b][0]},{at[b][1]}" stroke="#888"/>' for a, b in links
    )
    things = "".join(
        f'<circle cx="{x}" cy="{y}" r="8" fill="#14e"/><text x="{x + 10}" y="{y}" font-size="9">N{n}</text>'
        for n, (x, y) in enumerate(at)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 700">{lines}{things}</svg>'


def document(rows: int) -> dict[str, Any]:
    """The frozen data of a report."""
    text = "\n\n".join(f"## Part {n}\n\n{SENTENCE * 12}\n\n- {SENTENCE}\n- {SENTENCE}" for n in range(6))
    names = ("copy", "bureau", "unit", "officer", "channel", "edition", "changes", "owner", "data", "date")
    table = [[str(n), f"Somebody {n:04}", "Person", "XA", "B2 (4x4)"] for n in range(1, rows + 1)]
    profile = {"kind": "Person", "n": 1, "owner": "XA", "facts": [["Name", "Ivo Marenko"]] * 12, "text": []}
    copy = {
        "bureau": "XB",
        "label": "Bureau XB",
        "unit": "",
        "officer": "",
        "channel": "",
        "on": "15 Jan 2026",
    }
    blocks = [
        {"sort": "text", "text": parsed(text, {})},
        *(
            {"sort": "judgement", "text": parsed(SENTENCE, {}), "likelihood": "Likely", "confidence": "High"}
            for _ in range(4)
        ),
        {"sort": "figure", "svg": drawing(), "caption": "Who met whom", "says": "101 things, 256 links"},
        *({"sort": "profile", "title": f"Subject {n}", **profile} for n in range(8)),
        {
            "sort": "table",
            "caption": "Sources",
            "head": ["No.", "Record", "Kind", "Owner", "Grade"],
            "rows": table,
        },
    ]
    return {
        "title": "The sellers", "level": "restricted", "marking": "Restricted", "lang": "en", "dir": "ltr",
        "header": "", "footer": "", "caveat": "For police purposes only.", "at": 1_768_478_400,
        "on": "15 Jan 2026", "edition": 1, "changes": "", "compared": "",
        "from": {"code": "XA", "label": "Bureau XA"},
        "labels": {name: name.title() for name in (*names, "distribution", "judgement")},
        "blocks": leveled(blocks),
        "distribution": [{**copy, "number": n} for n in range(1, 11)],
    }  # fmt: skip


def made(form: str, rows: int) -> float:
    """Seconds to make one."""
    data, copy = document(rows), printing.Marked(1, "XB", "ab" * 32)
    start = time.perf_counter()
    FORMS[form](data, copy)
    return time.perf_counter() - start


def pages(rows: int) -> int:
    """Of the PDF, counted in pictures of it."""
    pictures: list[Any] = []
    real = typst.compile

    def counted(*given: Any, **how: Any) -> bytes:
        pictures.append(real(*given, **{**how, "format": "png", "ppi": 5, "pdf_standards": []}))
        return b""

    typst.compile = counted
    try:
        printing.pdf(document(rows), printing.Marked(1, "XB", "ab" * 32))
    finally:
        typst.compile = real
    return len(pictures[0]) if isinstance(pictures[0], list) else 1


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    if len(sys.argv) > 2:
        print(made(sys.argv[2], rows))
        return
    told = {"rows": str(rows), "pages": str(pages(rows))}
    for form in FORMS:
        cold = subprocess.run(
            [sys.executable, "-m", "benchmarks.report", str(rows), form],
            capture_output=True,
            text=True,
            check=True,
        )
        made(form, rows)
        told[f"{form}_cold_s"] = f"{float(cold.stdout):.2f}"
        told[f"{form}_warm_s"] = f"{made(form, rows):.2f}"
    same = {printing.pdf(document(rows), printing.Marked(1, "XB", "ab" * 32)) for _ in range(2)}
    told["same_bytes"] = "yes" if len(same) == 1 else "no"
    print(f"target: PDF of 20 pages within {TARGET_S} s, cold")
    print(" ".join(f"{name}={value}" for name, value in told.items()))


if __name__ == "__main__":
    main()
