"""Plans: what two worlds are made of. Plain data, so that a failing example can be read and kept.

A plan names the asker U and how he asks, the records of the first world, a pool for the second, and
what other bureaus do. `outcome` says what a record is to U, at worst, over every way he asks; it is
written from the specification (sharing.md, appendix A) and not the product's own rule, which is on trial.

What others do is either *shared*, the same in both worlds, because U may observe it, or *varying*, in one
world and not in the other, because he may not. This is the second half of the relation; `Others` keeps to it:

* messages: varying where neither sender nor recipient is U's bureau; to it, above his clearance; in it, of
  a group that he is not in. Shared: to U's bureau. How another recipient of the same message reads, answers
  or is reminded, is varying; so is what he told the sender, unless that is U's bureau. Drafts, uploads and
  who has opened what from others are varying. The secretariat is told of urgent requests that nobody
  answered: where U is of it, those between others are not urgent.
* groups: varying where U is not in them, in his own bureau too, unless he reads its journal or administers
  its people. Invitations of others are varying. Whom U invited comes, or does not, in both worlds.
* experts: varying where their audience leaves U's bureau out.
* keys, rosters, suspension, who takes part: public, so shared.
* standing queries, alerts, hits between others: varying. What they ring for may be anything; a record that
  U sees, or of which he is told the owner alone, rings for him in both (of the latter, any number of copies).
* deconfliction: a bureau's mode and what it asks are varying where U's bureau takes no part. Where it does
  (`Plan.meets`), one other takes part, and whatever that one asks, publishes or acknowledges is shared. The
  secretariat is told of blind meetings: where U is of it, there are none.
* notices and diffusions: varying where they do not reach U's bureau; for the secretariat, until they are
  sent to the review; for a reviewer who asks for oversight, never. Notices to all are shared from their
  draft on, and so are the check and the review of those of U's bureau. Subscriptions of others are varying.
* analysis files: varying where U is no member, but for his own. In one that he is a member of, what a bureau
  contributes for another and not for his, and what is then drawn, said or written of it: hidden records,
  links to them and between seen things, cells and steps that name them, charts of one bureau, subjects,
  blocks of a report. Shared: the file, what all its members see, who is one, and the ends of links that U
  sees, hidden ones too (whether these are still there is varying). A release check tells him who else of
  the readers he names sees what: so he makes reports of what has the same readers in both.
* papers: versions and alerts are varying where they do not reach U's bureau or are above his clearance:
  drafts, in review, published to others, withdrawn; the next edition of one that he sees, until it is
  published. What everybody sees is shared, and so is what a colleague of U sends to review. Subscriptions of
  others are varying. Lost documents and ranges of blanks are records like others: hidden, varying; seen,
  shared; of those that only name their owner, any number of copies. What U's own bureau said of a number it
  may tell its people.
* image series: varying where a series, an image or who works on it is hidden from U: in a series that he
  sees, merged into it or split from it, near what he asks; into what hidden series one that he sees goes
  (that it was changed is shared), and in what hidden series an image stands that he sees. Likewise what
  others ask discreetly or of each other, their verdicts and negative lists, their looks and schemes. Shared:
  what U sees of them, what a bureau asks of U's, that it takes note of what it met with U's. Of blind images
  any number of copies.
* biometrics: sets and marks are like records; what is hidden is nearer to what U asks and has than what he
  sees. Varying: the record of a person that a set names, where U does not see it; what others search, judge
  and are told among themselves. Shared: what U sees of a set, that it is solved or withdrawn, what a
  colleague of U judges. Of sets that only name their owner any number of copies.
* payments: an intercept is varying where U's bureau is no party of it and follows it not: drafts for his
  bureau too, what is above his clearance, and all that happens to it. Of his own ones, and of those that his
  bureau was asked: who of the other bureau did what, its own reference, records that U does not see, the
  request between others from which the money moved on, a trace or a bank's message that a step relies on,
  the other victim of a hold, what becomes of a request that is still a draft. Shared: their steps. Of those
  that ring for U by an account or a name, any number of copies. Files, traces and banks' messages of others,
  even the very bytes that U has: varying. What is acknowledged late between others the secretariat is told:
  what is varying is acknowledged at once.
* illicit goods: seizures and efforts are like records; what is hidden is the very box, day and goods of U's
  own, far more of them, or of ways that U has never seen. Varying: persons of a seizure that U sees, and its
  owner's own reference; verdicts on what U does not see; operations, lists of targets and findings of others,
  and what other members found on a list that U checks. Shared: verdicts on two that U sees; operations and
  lists made for U's bureau, which rest on what all their members see. Of what companies tell of U's
  numbers nothing shows until the desk releases it; from then on, which case it is, and not what or how many
  told of it. The desk sees what is told, so where U is of it, that is shared.
* cases, casebooks, assessments: varying where U's bureau does not read them, is not asked to review or score
  them, or what they rest on is hidden from U. Of a case that he sees: who of its bureau wrote or reviewed it,
  who else reads it, the names it protects, which record it rested on that he may not see. Of a casebook of
  his bureau: cases in it that he does not see, their numbers and errata (that it is published is shared). Of
  an assessment: what is written and not handed in, scores that rest on what he may not see, the edition
  before where that is others'. Shared: steps, verdicts, hand-ins; whom a copy went to, as it says so itself.
* webhooks: varying. What U's bureau's own systems are told is compared like an answer (`POSTED`), and what
  an open page of U is told (`LISTEN`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from entente.core.access import FIRST_PARTNER, Asker, Decision, Handling, Level, Purpose, Role, Status
from worlds.stage import BUREAUS, FILE, MIXES, SERIES

NUMBER = {code: i + 1 for i, code in enumerate(BUREAUS)} | {
    code: FIRST_PARTNER + i for i, code in enumerate(("XK", "XP", "XQ"))
}
"""The last three take part where worlds/partners.py says so."""
Values = Mapping[str, tuple[str, ...]]

UNSEARCHED: Mapping[str, str] = {
    "Person": "profession",
    "Company": "notes",
    "Vehicle": "colour",
    "Passport": "authority",
    "Associate": "relationship",
    "Ownership": "role",
    "Directorship": "role",
    "SeriesImage": "taken",
    "BiometricSet": "text",
    "Seizure": "summary",
}
"""For each kind, a property that no question looks at."""
EDGES = ("Associate", "Ownership", "Directorship")
MANY = 400
"""Days: longer than any test goes on."""


@dataclass(frozen=True, slots=True)
class Rec:
    """One record of a plan. In `values`, "@3" is the id of the fourth record, whether it is there or not.

    `days`: until it expires (0 or less: it has). `before`: an older version under its own handling.
    `told`: the owner's reference as it is kept, when it is not `ref`, from which the id is made.
    """

    ref: str
    owner: str
    kind: str
    values: Values
    handling: Handling
    days: int = MANY
    grade: str = ""
    before: tuple[Values, Handling] | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What another bureau does: `what` is a method of `Others`, `who` a member of the crew."""

    what: str
    who: str
    text: str = ""
    to: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """`fates` choose how the second world differs; `crowd`: so many more hidden records in it.

    `meets`: U's bureau takes part in deconfliction, and hears of others who do (see `Others.asks_freely`).
    `partners`: customs and two companies take part too (worlds/partners.py).
    """

    asker: str
    purposes: tuple[str, ...] = ("wanted",)
    discreet: bool = False
    records: tuple[Rec, ...] = ()
    pool: tuple[Rec, ...] = ()
    fates: tuple[int, ...] = (0,)
    crowd: int = 0
    meets: bool = False
    partners: bool = False
    shared: tuple[Act, ...] = ()
    first: tuple[Act, ...] = ()
    second: tuple[Act, ...] = ()

    @property
    def bureau(self) -> str:
        return self.asker.split()[0]


def askers_of(plan: Plan) -> list[Asker]:
    """Every way in which U asks: his purposes, and his own desk."""
    code, mix = plan.asker.split()
    trusted = mix in ("office", "chief")
    return [
        Asker(
            officer="U",
            bureau=NUMBER[code],
            purpose=Purpose[purpose.upper()],
            justification="case 1",
            roles=frozenset(MIXES[mix]) if mix in MIXES else frozenset(Role),
            clearance=Level.CONFIDENTIAL if trusted else Level.OFFICIAL,
            held=frozenset({FILE, SERIES, f"{code}/file"} if trusted else {SERIES} if code == "XZ" else ()),
            discreet=plan.discreet,
            reviewer=code == "XZ" and mix == "chief",
        )
        for purpose in (*plan.purposes, "desk")
    ]


def outcome(plan: Plan, record: Rec) -> Decision:
    """What the record is to U: the most that any of his ways of asking may get."""
    return max(_specified(asker, record.handling, record.days > 0) for asker in askers_of(plan))


def _specified(a: Asker, r: Handling, kept: bool) -> Decision:
    if not kept or not a.active or r.status is Status.DELETED or r.level > a.clearance:
        return Decision.NONE
    if a.purpose is Purpose.OVERSIGHT:
        return Decision.FULL if a.reviewer else Decision.NONE
    if not r.need <= a.held:
        return Decision.NONE
    if r.owner == a.bureau:
        return Decision.FULL
    if r.status is not Status.LIVE or not r.purposes & a.purpose:
        return Decision.NONE
    if r.see >> a.bureau & 1:
        return Decision.FULL
    return Decision.CONTACT if r.hint >> a.bureau & 1 and not a.discreet else Decision.NONE


# --- the relation ----------------------------------------------------------------------------------


def second_records(plan: Plan) -> list[Rec]:
    """The records of the second world. This is the definition of "differs only in what U may not see":

    FULL: the same, in the same order; of another bureau's record its owner's own words (reference,
    watch, who else sees it or is told whom to contact) may differ.
    CONTACT: the same owner, label, kind, expiry and searched values; all else differs (id, order,
    grade, number of copies, history).
    NONE: anything: dropped, another in its place, others beside it, another order.
    """
    kept: list[Rec] = []
    loose: list[Rec] = []
    for i, record in enumerate(plan.records):
        fate = plan.fates[i % len(plan.fates)] + i
        match outcome(plan, record):
            case Decision.FULL:
                kept.append(_whispered(plan, record) if fate % 2 else record)
            case Decision.CONTACT:
                loose += [_retold(record, copy) for copy in range(1 + fate % 3)]
            case Decision.NONE:
                loose += _instead(plan, record, fate)
    loose += [r for r in plan.pool if outcome(plan, r) is Decision.NONE]
    loose += _crowd(plan)
    places = [(plan.fates[i % len(plan.fates)] * 7 + i * 3) % (len(kept) + 1) for i in range(len(loose))]
    mixed: list[Rec] = []
    for at in range(len(kept) + 1):
        mixed += [r for r, place in zip(loose, places, strict=True) if place == at][::-1]
        mixed += kept[at : at + 1]
    return mixed


def _whispered(plan: Plan, record: Rec) -> Rec:
    """What only its owner may know of a record that U sees: changed."""
    if record.owner == plan.bureau:
        return record
    mine = NUMBER[plan.bureau]
    others = [1 << n for code, n in NUMBER.items() if code not in (plan.bureau, record.owner)]
    handling = record.handling
    see = (handling.see & 1 << mine) | (others[0] if not handling.see & others[0] else 0)
    hint = (handling.hint & 1 << mine) | others[1]
    changed = replace(handling, see=see, hint=hint, watch=not handling.watch)
    told = replace(record, handling=changed, told=f"other {record.ref}")
    return told if outcome(plan, told) is outcome(plan, record) is Decision.FULL else record


def _retold(record: Rec, copy: int) -> Rec:
    values = {**record.values, UNSEARCHED[record.kind]: (f"changed {copy}",)}
    return replace(record, ref=f"{record.ref} copy {copy}", values=values, grade="C3", before=None)


def _instead(plan: Plan, record: Rec, fate: int) -> list[Rec]:
    """Dropped, or a hidden record of the pool under the same id."""
    if fate % 3 == 0 or not plan.pool:
        return []
    other = plan.pool[fate % len(plan.pool)]
    handling = replace(other.handling, owner=NUMBER[record.owner])
    made = replace(other, ref=record.ref, owner=record.owner, handling=handling, told="")
    return [made] if outcome(plan, made) is Decision.NONE else []


def _crowd(plan: Plan) -> list[Rec]:
    """Hidden namesakes, a better match than what U sees."""
    owner = next(c for c in BUREAUS if c != plan.bureau)
    handling = Handling(NUMBER[owner], see=0)
    return [
        Rec(f"crowd {i}", owner, "Person", {"name": ("Ivo Marenko",), "birthDate": ("1971-03-05",)}, handling)
        for i in range(plan.crowd if "oversight" not in plan.purposes else 0)
    ]


def ids_wanted(plan: Plan) -> list[tuple[str, str]]:
    """(owner, reference) of every record of either world, once each: U will ask for their ids."""
    both: Sequence[Rec] = [*plan.records, *second_records(plan)]
    return list(dict.fromkeys((r.owner, r.ref) for r in both if not r.ref.startswith("crowd")))
