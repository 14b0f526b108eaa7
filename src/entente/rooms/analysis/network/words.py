"""What measures are called and what they say, in the reader's language."""

from collections.abc import Mapping

from entente.rooms.analysis.network import model
from entente.web.language import N_, _

MEASURES: Mapping[str, tuple[str, str]] = {
    "degree": (N_("Links"), N_("With how many others it is linked: who is most active.")),
    "strength": (
        N_("Weight of links"),
        N_("How many links it has in all, several with the same one counted."),
    ),
    "in": (N_("Links in"), N_("How many others point to it.")),
    "out": (N_("Links out"), N_("To how many others it points: who gives instructions or money.")),
    "betweenness": (
        N_("Betweenness"),
        N_("The share of shortest ways between others that lead through it: who holds the network together."),
    ),
    "closeness": (N_("Closeness"), N_("How few steps it is from all others: who hears of everything first.")),
    "eigenvector": (N_("Eigenvector"), N_("Whether those it is linked with are well linked themselves.")),
    "pagerank": (
        N_("PageRank"),
        N_("Where somebody who follows links at random is found; it sorted leaders best in court data."),
    ),
    "katz": (N_("Katz"), N_("Ways of every length that lead to it, longer ones counting less.")),
    "constraint": (
        N_("Constraint"),
        N_("How far its contacts know each other. Low: it stands between groups that nobody else joins."),
    ),
    "effective-size": (N_("Effective size"), N_("How many of its contacts it alone brings together.")),
    "core": (
        N_("Core"),
        N_("The innermost group it is in, each of whom is linked with so many of the group."),
    ),
    "cuts": (N_("Cut point"), N_("1: without it a part of the network falls off.")),
}
ROLES: Mapping[str, tuple[str, str]] = {
    "coordinator": (N_("Coordinator"), N_("Stands between two of its own part.")),
    "consultant": (N_("Consultant"), N_("Stands between two of one other part.")),
    "gatekeeper": (N_("Gatekeeper"), N_("Lets another part reach its own.")),
    "representative": (N_("Representative"), N_("Reaches another part for its own.")),
    "liaison": (N_("Liaison"), N_("Stands between two parts, neither of them its own.")),
}
CAVEAT = N_("Who is central is structurally important. That is no proof of command: a person names a leader.")
COMES_BACK = N_("Networks recover, sometimes stronger. This says what falls apart at once, by what is known.")
WEAK = N_(
    "Leads, not links: pairs that look as if they belong together. At 0.5, it is no better than chance."
)


def explain(slugs: list[str], table: Mapping[str, tuple[str, str]] = MEASURES) -> dict[str, model.Said]:
    """Measures or roles in words."""
    return {slug: model.Said(label=_(table[slug][0]), text=_(table[slug][1])) for slug in slugs}
