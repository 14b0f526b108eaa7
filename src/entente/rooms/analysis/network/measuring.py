"""Who stands out in a network and how sure that is, over what its asker may see."""

from collections.abc import Iterable, Mapping

from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.graph import Network
from entente.match.graph.bands import MISSING, bands, repeats_of
from entente.match.graph.measures import MEASURES, RISING, ranks, summary
from entente.rooms.analysis import showing
from entente.rooms.analysis.network import model, words
from entente.rooms.analysis.network.scope import Whole, whole
from entente.web.language import _

DIGITS = 6
"""Sums of the same parts in another order agree to so many digits."""
MOST_WEIGHED, MOST_WORK = 5_000, 200_000_000
"""Things of a network that is weighed while its asker waits; things times linked pairs times how often all
ways are counted anew: about eight seconds of a core."""


def measures(desk: Desk, file: Thing, asked: model.Measure) -> model.Measures:
    """The measures of every thing in a network, with ranks and, if asked for, their bands.

    Raises Absent for a chart, Faulty for a measure that there is none of and for a network too large.
    """
    seen = whole(desk, file, asked)
    told = weigh(desk, seen, asked)
    desk.note("see", object=file.id, what="measures", which=list(told.explain), stamp=seen.stamp.fingerprint)
    return told


def weigh(desk: Desk, seen: Whole, asked: model.Measure) -> model.Measures:
    """The same for a network that was read already. Raises Faulty."""
    slugs = known(asked.which)
    bounded(seen)
    values = {slug: MEASURES[slug](seen.network) for slug in slugs}
    placed = {slug: ranks(found, slug in RISING) for slug, found in values.items()}
    drawn = bands(seen.network, slugs) if asked.bands else {}
    codes = showing.codes_of(desk, seen.things.values())
    rows = []
    for id in seen.network.nodes:
        told = {}
        for slug in slugs:
            band = drawn[slug][id] if slug in drawn else None
            told[slug] = model.Value(
                value=round(values[slug][id], DIGITS),
                rank=placed[slug][id],
                low=band.low if band else None,
                high=band.high if band else None,
            )
        rows.append(_row(desk, seen, id, codes[seen.things[id].handling.owner], told))
    first = slugs[0]
    rows.sort(key=lambda r: (r.measures[first].rank, r.caption, r.id))
    return model.Measures(
        stamp=seen.stamp,
        rows=rows,
        explain=words.explain(slugs),
        summary=_summary(seen.network),
        resampled=_resampled(seen.network) if asked.bands else "",
    )


def bounded(seen: Whole, most: int = MOST_WEIGHED, turns: int = 1) -> Whole:
    """The same. `turns`: how often its ways are counted. Raises Faulty for a network that is too large to be
    weighed while one waits."""
    many, pairs = len(seen.network.nodes), len(seen.network.pairs)
    if many > most or many * pairs * turns > MOST_WORK:
        what = f"A network of {many:,} things and {pairs:,} linked pairs is too large for this question"
        raise Faulty(faults=(Fault("chart", what, "Weigh a chart with fewer, or a shorter time."),))
    return seen


def _row(desk: Desk, seen: Whole, id: str, owner: str, told: dict[str, model.Value]) -> model.Row:
    thing = seen.things[id]
    return model.Row(
        id=id,
        caption=showing.caption(desk, thing),
        kind=thing.kind,
        owner=owner,
        category=seen.categories.get(id, ""),
        measures=told,
    )


def known(which: Iterable[str]) -> list[str]:
    """The measures asked for, all where none is named. Raises Faulty."""
    asked = list(dict.fromkeys(which)) or list(MEASURES)
    faults = [
        Fault(f"which/{n}", f"“{slug}” is no measure", f"Use: {', '.join(MEASURES)}.")
        for n, slug in enumerate(asked)
        if slug not in MEASURES
    ]
    if faults:
        raise Faulty(faults=tuple(faults))
    return asked


def _summary(network: Network) -> dict[str, float]:
    found = summary(network)
    told: Mapping[str, float] = {
        "things": found.things,
        "links": found.links,
        "density": found.density,
        "parts": found.parts,
        "largest": found.largest,
        "path": found.path,
        "diameter": found.diameter,
        "loops": network.loops,
    }
    return {name: round(float(value), DIGITS) for name, value in told.items()}


def _resampled(network: Network) -> str:
    shares = ", ".join(f"{share:.0%}" for share in MISSING)
    return _(
        "90 %% of %(many)s networks of which %(shares)s of the links are missing, drawn with a fixed seed.",
        many=repeats_of(network),
        shares=shares,
    )
