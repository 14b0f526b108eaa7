"""A chart for i2 Analyst's Notebook 9 and later (ANX), by `anxwritter`.

The strength of a line says how sure it is; all else that we know of it is an attribute. UTF-16, as there.
"""

from entente.rooms.analysis.charts.exporting.content import Content
from entente.web.language import N_

STRENGTHS = {"confirmed": "solid", "unconfirmed": "dashed", "tentative": "dotted"}
DRAWN = N_("Drawn by an analyst")


def written(found: Content) -> bytes:
    """The ANX document. Analysts' own lines are of the type that `DRAWN` names."""
    from anxwritter import ANXChart  # type: ignore[import-untyped]  # noqa: PLC0415 - half a second

    chart = ANXChart()
    for name, style in STRENGTHS.items():
        chart.add_strength(name=name, dot_style=style)
    for node in found.nodes:
        x, y = found.places[node.id]
        said = {
            "kind": node.kind,
            "owner": node.owner,
            "grade": node.grade,
            "certainty": node.certainty,
            "countries": " ".join(node.countries),
            "category": node.category,
        }
        chart.add_icon(
            id=node.id,
            type=node.label,
            label=node.caption,
            x=round(x),
            y=round(y),
            attributes={k: v for k, v in said.items() if v},
            **({"date": node.since} if node.since else {}),
        )
    for tie in found.ties:
        if tie.start == tie.end:
            continue  # Analyst's Notebook has no link from a thing to itself
        said = {
            "kind": tie.kind,
            "owner": tie.owner,
            "grade": tie.grade,
            "certainty": tie.certainty,
            "since": tie.since,
            "until": tie.until,
            "drawn": "yes" if tie.drawn else "",
        }
        chart.add_link(
            from_id=tie.start,
            to_id=tie.end,
            type=DRAWN if tie.drawn else tie.label,
            label=tie.label,
            attributes={k: v for k, v in said.items() if v},
            **({"arrow": "->"} if tie.directed else {}),
            **({"date": tie.since} if tie.since else {}),
            **({"strength": tie.certainty} if tie.certainty in STRENGTHS else {}),
        )
    return b"".join(chart.iter_anx_bytes())
