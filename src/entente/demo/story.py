"""The story: what each of its bureaus keeps, under which handling, and what passes between them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from entente.core.access import EVERYONE, Asker, Handling, Level, Purpose, Role
from entente.core.things import Thing
from entente.demo import (
    assessment,
    biometrics,
    cases,
    channels,
    goods,
    lost,
    network,
    papers,
    payments,
    series,
)
from entente.demo.bureaus import BUREAUS, OFFICERS, join, ring_of
from entente.demo.people import Drawn, draw
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.bureaus import by_code, make_link

LINKS_FOR = (
    *("officer@xa.example", "analyst@xa.example", "second@xa.example"),
    *("officer@xb.example", "second@xb.example"),
    *("officer@xc.example", "second@xc.example", "officer@xd.example", "desk@xz.example"),
    *("officer@xk.example", "officer@xp.example", "officer@xq.example"),
)
"""Who is printed with a link: whoever is needed to try a request, a notice up to its readers, a forgery up to
its alert, a company's report up to what it is told, an assessment up to its third scorer."""
SEED = 20_26
BATCH = 500

Advance = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A record that the story tells of, and how its owner handles it."""

    owner: str
    drawn: Drawn
    see: str = "everyone"
    hint: str = ""
    watch: bool = False
    level: Level = Level.OFFICIAL
    grade: str = "B2"


STORY = (
    Leaf(
        "XB",
        Drawn(
            "kingpin",
            "Person",
            {
                "name": ["Anton Velkov", "Антон Велков"],
                "alias": ["Anton Welkow"],
                "moniker": ["the Apothecary"],
                "birthDate": ["~1971"],
                "nationality": ["xb"],
                "gender": ["male"],
                "passportNumber": ["B70441920"],
                "distinguishingMarks": ["Burn scar on the left hand"],
            },
        ),
        grade="A1",
    ),
    Leaf(
        "XB",
        Drawn("kingpin-firm", "Company", {"name": ["Velkov Agro Trading d.o.o."], "jurisdiction": ["xb"]}),
    ),
    Leaf(
        "XB",
        Drawn(
            "kingpin-directs",
            "Directorship",
            {"director": ["kingpin"], "organization": ["kingpin-firm"], "startDate": ["2019"]},
        ),
    ),
    Leaf(
        "XC",
        Drawn(
            "chemist",
            "Person",
            {
                "name": ["Salma Okray", "سلمى أوكراي"],
                "birthDate": ["1984-06-11"],
                "nationality": ["xc"],
                "gender": ["female"],
                "passportNumber": ["C51200387"],
            },
        ),
        see="",
        hint="everyone",
    ),
    Leaf(
        "XD",
        Drawn(
            "courier",
            "Person",
            {
                "name": ["Levan Tskitishvar", "ლევან ცქიტიშვარ"],
                "weakAlias": ["Leo"],
                "birthDate": ["1990/1992"],
                "nationality": ["xd"],
                "gender": ["male"],
            },
        ),
        watch=True,
    ),
    Leaf(
        "XD",
        Drawn(
            "van",
            "Vehicle",
            {
                "name": ["Fjord Transit, white"],
                "registrationNumber": ["XD 417 KLM"],
                "vin": ["WFDXTTTD9LB417017"],
            },
        ),
    ),
    Leaf("XD", Drawn("courier-drives", "Ownership", {"owner": ["courier"], "asset": ["van"]})),
    Leaf(
        "XA",
        Drawn(
            "informant-file",
            "Person",
            {
                "name": ["Piet Hollander"],
                "birthDate": ["1979-02-02"],
                "nationality": ["xa"],
                "gender": ["male"],
            },
        ),
        see="",
        level=Level.OFFICIAL,
    ),
)


@dataclass(frozen=True, slots=True)
class Room:
    """What a room adds, and how many records are kept in the time that it takes."""

    load: Callable[[House], None]
    takes: int
    reads_prints: bool = False


ROOMS = (
    Room(channels.load, 4_000),
    Room(network.load, 1_500),
    Room(lost.load, 200),
    Room(papers.load, 17_000),
    Room(series.load, 50_000),
    Room(payments.load, 13_000),
    Room(goods.load, 36_000),
    Room(cases.load, 65_000),
    Room(assessment.load, 6_000),
    Room(
        biometrics.load, 45_000, reads_prints=True
    ),  # the last: on a new machine they are compiled until then
)


def load(house: House, people: int, advance: Advance, compiled: Callable[[], object] = lambda: None) -> None:
    """Load the story and `people` synthetic persons with what belongs to them, once.

    `compiled` waits until prints can be read without compiling first, where somebody is about it.
    """
    with house.store.reading() as tx:
        if tx.notes.read("demo"):
            return
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        join(desk)
        bureaus = by_code(desk)
    numbers = {code: b.number for code, b in bureaus.items()}
    total = sum(1 for _ in _drawn(people)) + len(STORY) + sum(room.takes for room in ROOMS)
    advance(0, total)
    for leaf in STORY:
        _keep(house, numbers[leaf.owner], [(leaf.drawn, _handling(leaf, numbers), leaf.grade)])
        advance(1, total)
    for code in ("XA", "XB", "XC", "XD"):
        several = _handlings(numbers, code)
        drawn = ((d, several[_bucket(d.ref)], "") for d in draw(SEED, code.lower(), people // 4))
        while batch := list(islice(drawn, BATCH)):
            _keep(house, numbers[code], batch)
            advance(len(batch), total)
    for room in ROOMS:
        if room.reads_prints:
            compiled()
        room.load(house)
        advance(room.takes, total)
    with house.bookkeeping() as tx:
        tx.notes.write("demo", "loaded")


def sign_in_links(house: House) -> list[tuple[str, str]]:
    """Fresh one-time links: (name, bureau and roles; token)."""
    who = {
        email: f"{email}: {name}, {code} ({', '.join(role.value for role in roles)})"
        for code, name, email, roles in OFFICERS
    }
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        found = {t.first("email"): t for _, t in desk.table(["Officer"], limit=100)}
        rings = {code: ring_of(desk, code) for code in BUREAUS}
        those = [(e, found[e]) for e in LINKS_FOR if e in found]
        return [(who[e], make_link(desk, t.id, rings[t.first("code")])) for e, t in those]


def _keep(house: House, owner: int, batch: list[tuple[Drawn, Handling, str]]) -> None:
    asker = Asker("operator", owner, Purpose.DESK, "the demo story", frozenset({Role.CONTRIBUTOR}))
    with sit(house, asker, "contribute", writing=True) as desk:
        kept = desk.keep_many([_thing(desk, owner, d, h, grade) for d, h, grade in batch])
        desk.note("load", records=kept)


def _thing(desk: Desk, owner: int, drawn: Drawn, handling: Handling, grade: str) -> Thing:
    kind = desk.house.model[drawn.kind]
    return Thing(
        id=desk.ref_id(owner, drawn.ref),
        kind=drawn.kind,
        handling=handling,
        body=desk.clean(kind, drawn.values, owner),
        expires=desk.expiry(kind, None),
        grade=grade,
        ref=drawn.ref,
        version=0,
        created=desk.now,
        changed=desk.now,
    )


def _drawn(people: int) -> Iterator[Drawn]:
    for code in ("XA", "XB", "XC", "XD"):
        yield from draw(SEED, code.lower(), people // 4)


def _handling(leaf: Leaf, numbers: dict[str, int]) -> Handling:
    def bits(said: str) -> int:
        return EVERYONE if said == "everyone" else sum(1 << numbers[c] for c in said.split(",") if c)

    see = bits(leaf.see)
    return Handling(
        owner=numbers[leaf.owner], see=see, hint=bits(leaf.hint) & ~see, watch=leaf.watch, level=leaf.level
    )


def _handlings(numbers: dict[str, int], code: str) -> tuple[Handling, ...]:
    """Ten handlings a bureau chooses from: most for all, some for few, some hints, some for itself."""
    own = numbers[code]
    others = [n for c, n in numbers.items() if c not in (code, "XZ")]
    everyone = Handling(own)
    return (
        *[everyone] * 6,
        replace(everyone, see=EVERYONE & ~(1 << others[0])),
        replace(everyone, see=1 << others[1], hint=1 << others[2]),
        replace(everyone, see=0, hint=EVERYONE),
        replace(everyone, see=0),
    )


def _bucket(ref: str) -> int:
    """What hangs together (`person-7`, `passport-7`) is handled alike."""
    return int(ref.rpartition("-")[2]) % 10
