"""What pages of operations and lists of targets say."""

from collections.abc import Mapping, Sequence

from entente.rooms.trends.figures import dimensions
from entente.rooms.trends.figures import figures_words as figures
from entente.web.language import N_, _

FIELDS: Mapping[str, str] = {
    "name": N_("Name"),
    "since": N_("First day"),
    "until": N_("Last day"),
    "countries": N_("Countries"),
    "goods": N_("Goods"),
    "objectives": N_("Objectives"),
    "members": N_("Bureaus that take part"),
    "operation": N_("Operation"),
    "question": N_("Seizures it rests on"),
    "sorts": N_("What is looked at"),
    "targets": N_("Ranked targets"),
    "control": N_("Drawn by chance"),
    "shared": N_("For the members"),
    "to": N_("Step"),
    "why": N_("Why"),
    "version": N_("Version"),
    "state": N_("State"),
    "target": N_("Target"),
    "result": N_("Result"),
    "seizure": N_("Seizure"),
    "note": N_("Remark"),
}
STEPS: Mapping[str, str] = {
    "running": N_("Begin"),
    "ended": N_("End it"),
    "evaluated": N_("Say what came of it"),
    "cancelled": N_("Cancel it"),
    "approved": N_("Approve"),
    "on_site": N_("Begin checking"),
    "fed_back": N_("Feed back"),
    "withdrawn": N_("Withdraw"),
}
"""What the button of each step says."""
REASONS: Mapping[str, str] = {
    "often": N_("Seized often"),
    "surge": N_("A sudden rise was found"),
    "first-seen": N_("Never seen before"),
    "break": N_("A lasting rise was found"),
    **figures.FEATURES,
}
PHASES: Mapping[str, str] = {"before": N_("Before"), "during": N_("During"), "after": N_("After")}
MEASURES: Mapping[str, str] = {"count": N_("Seizures a month"), "rate": N_("Seizures for a hundred checks")}
TONES: Mapping[str, str] = {
    "planned": "info",
    "running": "warn",
    "ended": "",
    "evaluated": "good",
    "cancelled": "bad",
    "proposed": "warn",
    "approved": "info",
    "on_site": "warn",
    "fed_back": "good",
    "withdrawn": "bad",
    "hit": "bad",
    "nil": "good",
    "not_checked": "",
}


def goods(codes: Sequence[str]) -> str:
    """Goods in words."""
    return ", ".join(dimensions.goods(code) for code in codes) or _("All goods")


def countries(codes: Sequence[str]) -> str:
    """Countries in words."""
    return ", ".join(dimensions.label("place", code) for code in codes)


def target(sort: str, what: Mapping[str, str]) -> str:
    """What a target is, in one line."""
    if sort == "consignee":
        return what.get("name", "")
    if sort == "place":
        parts = [what.get("locode", ""), dimensions.label("place", what.get("country", ""))]
        kind = what.get("place_kind", "")
        return " · ".join(
            part for part in (*parts, dimensions.word("place_kinds", kind) if kind else "") if part
        )
    ends = (dimensions.label("place", what.get(end, "")) for end in ("origin", "destination"))
    more = [dimensions.label("mode", what.get("mode", "")), dimensions.label("goods", what.get("goods", ""))]
    return " · ".join([" → ".join(ends), *more])


def reason(what: str, value: str) -> str:
    """Why a target has points, in words."""
    said = _(REASONS.get(what, what))
    if what in figures.FEATURES and value:
        return f"{said}: {figures.feature(what, value)}"
    return f"{said}: {dimensions.goods(value)}" if value else said
