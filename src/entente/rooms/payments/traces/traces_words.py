"""What pages and packs say of rules, patterns and figures of a trace; and the source in law of each rule."""

from collections.abc import Mapping

from entente.web.language import N_

RULES: Mapping[str, str] = {
    "fifo": N_("First in, first out"),
    "lifo": N_("Last in, first out"),
    "haircut": N_("Shares (haircut)"),
    "poison": N_("Touched (poison)"),
    "libr": N_("Lowest intermediate balance"),
}
MEANINGS: Mapping[str, str] = {
    "fifo": N_("What came into an account first leaves it first."),
    "lifo": N_(
        "What came into an account last leaves it first: money that is passed on at once is followed."
    ),
    "haircut": N_("Each payment carries the share of its account's balance that is stolen."),
    "poison": N_(
        "Whatever leaves an account that stolen money has reached is touched, whole. It says who could have "
        "had a hand in it, and nothing of whose money it is."
    ),
    "libr": N_(
        "An account's own money is spent first. A victim's claim is never more than the lowest balance since "
        "his money came; money that comes later does not restore it."
    ),
}
SOURCES: Mapping[str, str] = {
    "fifo": "Devaynes v Noble (Clayton's case), 1816, 1 Mer 572. For virtual assets: Anderson, Shumailov and "
    "Ahmed, Making Bitcoin Legal, 2018.",
    "lifo": "No court's rule is known to us; analysts use it for accounts that pass money on at once.",
    "haircut": "Möser, Böhme and Breuker, Towards Risk Scoring of Bitcoin Transactions, 2014.",
    "poison": "Möser, Böhme and Breuker, Towards Risk Scoring of Bitcoin Transactions, 2014.",
    "libr": "James Roscoe (Bolton) v Winder, 1915, 1 Ch 62; Re Hallett's Estate, 1880, 13 Ch D 696.",
}
"""Cases and papers are cited as they are, in every language."""
TIES: Mapping[str, str] = {
    "sequence": N_("as they stand in the file"),
    "in-first": N_("what comes in is there before what goes out"),
}
PATTERNS: Mapping[str, str] = {
    "fan-in": N_("Fan-in: many pay one"),
    "fan-out": N_("Fan-out: one pays many"),
    "scatter-gather": N_("Scatter-gather: one pays many, who pay one"),
    "gather-scatter": N_("Gather-scatter: many pay one, who pays many"),
    "pass-through": N_("Pass-through: as much goes out as came in"),
    "cycle": N_("Cycle: it comes back to where it set out"),
}
FACTS: Mapping[str, str] = {
    "payers": N_("payers"),
    "payees": N_("payees"),
    "between": N_("accounts between"),
    "from": N_("from"),
    "in": N_("in"),
    "out": N_("out"),
    "hops": N_("payments"),
    "seconds": N_("seconds (or steps)"),
    "steps": N_("there may be more: the search ended after so many payments"),
}
FORMATS: Mapping[str, str] = {
    "": N_("As the file looks"),
    "table": N_("Table of payments (CSV)"),
    "camt.053": N_("Bank statement (camt.053)"),
    "amlsim": N_("AMLSim sample"),
    "chain": N_("Transactions of a chain"),
}
MATCHES: Mapping[str, str] = {
    "debtor": N_("payer"),
    "creditor": N_("payee"),
    "amount": N_("amount"),
    "date": N_("day"),
    "ref": N_("reference"),
}
