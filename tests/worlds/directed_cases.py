"""Plans made by hand for the reports room: what is hidden is of U's own group, goods and judgment."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from worlds.plans import Act, Plan, Rec

OTHERS = (
    Act("hide_case", "XB chief", to=0),
    Act("hide_case", "XC office", to=2),
    Act("hide_scores", "XC office", to=1),
    Act("hide_case", "XB chief", to=8),
    Act("hide_book", "XD office", to=1),
    Act("hide_scores", "XB office", to=2),
    Act("hide_assessment", "XC office", to=0),
    Act("hide_case", "XD office", to=3),
    Act("hide_case", "XC office", to=1),
    Act("hide_case", "XD office", to=5),
    Act("ask_cases", "XC office"),
    Act("hide_book", "XB office", to=2),
)
"""What may differ in the reports room, in the order that fits three pauses."""
AT_PAUSES = (
    (
        Act("case_to_us", "XB office"),
        Act("assessment_to_us", "XB office"),
        Act("case_for_review", "XC office"),
        Act("case_of_colleague", ""),
    ),
    (
        Act("cases_for_us", "XB office"),
        Act("book_to_us", "XB office"),
        Act("book_of_ours", ""),
        Act("assessments_go_on", "", to=0),
    ),
    (
        Act("cases_go_on", "XC office"),
        Act("books_for_us", ""),
        Act("book_of_ours_falls", ""),
        Act("colleagues_score", ""),
        Act("assessments_go_on", "", to=1),
    ),
    (
        Act("cases_go_on", "XB office", to=1),
        Act("cases_for_us", "XB office", to=1),
        Act("assessments_go_on", "", to=1),
        Act("assessment_copy_to_us", "XB office"),
    ),
    (),
    (),
)


def in_cases(plan: Plan, records: Sequence[Rec], *acts: str) -> Plan:
    """A plan whose others work in the reports room alone; of what they do, only `acts` where given.

    U learns who else may read what he cites, so he is given no record of another bureau to cite.
    """
    shared = tuple(chain.from_iterable(zip_longest(*AT_PAUSES, fillvalue=Act("rest", ""))))
    first = OTHERS
    if acts:
        shared = tuple(a if a.what in acts else Act("rest", "") for a in shared)
        first = tuple(a if a.what in acts else Act("rest", "") for a in first)
    hidden = tuple(r for r in records if r.owner == plan.bureau or not r.handling.see)
    return replace(plan, records=hidden, pool=(), crowd=0, meets=False, shared=shared, first=first, second=())


ALONE = ("case_to_us", "case_for_review", "case_of_colleague", "hide_case")
BOOKS = ("case_to_us", "book_to_us", "book_of_ours", "book_of_ours_falls", "hide_book")
SCORED = ("assessment_to_us", "assessments_go_on", "hide_scores", "hide_assessment")


def small(base: Plan, officer: Plan, records: Sequence[Rec]) -> dict[str, Plan]:
    """Plans for whoever asks, and for mutants."""
    asked = {
        "cases": base,
        "officer, by cases": officer,
        "machine, by cases": replace(base, asker="XA machine", purposes=("analysis", "wanted")),
        "discreetly, by cases": replace(base, asker="XA supervisor", discreet=True),
        "secretariat, by cases": replace(base, asker="XZ office", fates=(1,)),
        "customs, by cases": replace(base, asker="XK office", partners=True),
        "company, by cases": replace(base, asker="XP office", partners=True),
    }
    return {
        **{name: in_cases(plan, records) for name, plan in asked.items()},
        "cases alone": in_cases(base, records, *ALONE),
        "officer, by books": in_cases(officer, records, *BOOKS),
        "assessments alone": in_cases(base, records, *SCORED),
    }
