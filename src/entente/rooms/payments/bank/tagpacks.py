"""Tags of wallets, as GraphSense TagPacks: in as records of one's own bureau, out as a pack of them.

A tag becomes a record of a wallet, which searches and intercepts then find by its address. The same tag
again is the same record. Good tags are kept, and every other one is told with its line.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from urllib.parse import urlsplit

from entente.core.access import Handling
from entente.core.problems import Fault, Faulty, TooLarge
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.desk.bulk import in_bulk
from entente.match.money.addresses import Address
from entente.match.statements.tagpacks import Tag, address_of, read_pack, write_pack
from entente.rooms.bureaus import directory
from entente.rooms.payments.bank import intake_model as m
from entente.rooms.records import to_handling

KIND = "CryptoWallet"
BATCH = 2_000
A_PAGE = 200
MOST_TAGS = 100_000
MOST_FAULTS = 1_000
TOPICS: Mapping[str, str] = {
    "fraud": "crime.fraud",
    "phishing": "crime.fraud",
    "ponzi_scheme": "crime.fraud",
    "scam": "crime.fraud",
    "sextortion": "crime.fraud",
    "hack": "crime.cyber",
    "malware": "crime.cyber",
    "ransomware": "crime.cyber",
    "sanction": "sanction",
    "service_hack": "crime.cyber",
    "terrorism": "crime.terror",
}
"""Abuses of the packs' vocabulary (INTERPOL's dark web and virtual assets taxonomy) as topics of records."""
_SAID = ("category", "abuse", "actor", "confidence")
"""Fields of a tag that stand among the keywords of its record, as "abuse: scam"."""
Sitting = Callable[[], AbstractContextManager[Desk]]


def load(sitting: Sitting, form: m.TagPackForm) -> m.TagReport:
    """Keep the tags of a pack, some thousands a sitting. Raises Faulty for what is no pack, and TooLarge."""
    data = form.pack.encode()
    if len(data) > m.MOST_BYTES:
        raise TooLarge
    try:
        pack = read_pack(data)
    except ValueError as wrong:
        what, do = f"It {wrong}", "Send a TagPack: YAML with a list of tags."
        raise Faulty(faults=(Fault("pack", what, do),)) from None
    if len(pack.tags) > MOST_TAGS:
        what = f"It has {len(pack.tags)} tags; at most {MOST_TAGS} are taken at once"
        raise Faulty(faults=(Fault("pack", what, "Send it in parts."),))
    faults = [m.TagFault(line=_line(f.where), what=f.what) for f in pack.faults]
    kept = 0
    for start in range(0, max(len(pack.tags), 1), BATCH):
        with in_bulk(), sitting() as desk:
            handling = to_handling(desk, form.handling)
            tags = pack.tags[start : start + BATCH]
            things = {t.id: t for t in _things(desk, tags, form, handling, faults)}
            kept += desk.keep_many(list(things.values()))
            desk.note("load", what="tag pack", records=len(things), faults=len(faults))
    faults = sorted(faults, key=lambda fault: fault.line)[:MOST_FAULTS]
    return m.TagReport(tags=len(pack.tags) + len(pack.faults), kept=kept, faults=faults)


def _line(where: str) -> int:
    digits = where.rpartition(" ")[2]
    return int(digits) if digits.isdigit() else 0


def _things(
    desk: Desk, tags: Sequence[Tag], form: m.TagPackForm, handling: Handling, faults: list[m.TagFault]
) -> Iterator[Thing]:
    kind = desk.house.model[KIND]
    expires = desk.expiry(kind, form.expires)
    for tag in tags:
        try:
            address = address_of(tag)
            ref = _ref(tag, address)
            body = desk.clean(kind, _properties(tag, address), handling.owner)
        except ValueError as wrong:
            faults.append(m.TagFault(line=tag.line, what=f"The address {wrong}"))
            continue
        except Faulty as wrong:
            what = "; ".join([f"{fault.where}: {fault.what}" for fault in wrong.faults])
            faults.append(m.TagFault(line=tag.line, what=what))
            continue
        yield Thing(
            id=desk.ref_id(handling.owner, ref),
            kind=KIND,
            handling=handling,
            body=body,
            expires=expires,
            grade=form.grade,
            ref=ref,
            version=0,
            created=desk.now,
            changed=desk.now,
        )


def _ref(tag: Tag, address: Address) -> str:
    """One record for one statement: who says what of which address on which chain."""
    said = "\n".join([address.key, address.chain, tag.label, tag.source])
    return f"tag:{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def _properties(tag: Tag, address: Address) -> dict[str, list[str]]:
    web = urlsplit(tag.source).scheme in ("http", "https")
    said = {
        "publicKey": [address.text],
        "name": [tag.label],
        "currency": [tag.currency],
        "blockchain": [address.chain],
        "sourceUrl": [tag.source] if web else [],
        "publisher": [] if web else [tag.source],
        "topics": [TOPICS[tag.abuse.lower()]] if tag.abuse.lower() in TOPICS else [],
        "keywords": [f"{name}: {value}" for name in _SAID if (value := getattr(tag, name))],
        "notes": [tag.context] if tag.context else [],
        "modifiedAt": [tag.lastmod] if tag.lastmod else [],
    }
    return {name: values for name, values in said.items() if values}


def export(desk: Desk, title: str = "") -> bytes:
    """The tagged wallets of one's own bureau, as far as the asker sees them, as a pack."""
    here = desk.asker.bureau
    code = directory(desk)[here].code
    tags = sorted(_mine(desk), key=lambda tag: (tag.label, tag.address, tag.source))
    desk.note("export", what="tag pack", records=len(tags))
    head = {"title": title or f"Wallets known to {code}", "creator": code}
    return write_pack(head, tags)


def _mine(desk: Desk) -> Iterator[Tag]:
    place = 0
    while page := desk.table([KIND], after=place, limit=A_PAGE):
        for _, thing in page:
            if thing.handling.owner == desk.asker.bureau and thing.ref.startswith("tag:"):
                yield _tag(thing.body)
        place = page[-1][0]


def _tag(body: Body) -> Tag:
    """The statement of a record, as its pack had it."""

    def first(*names: str) -> str:
        return next((body[name][0] for name in names if body.get(name)), "")

    keywords = dict(word.split(": ", 1) for word in body.get("keywords", ()) if ": " in word)
    return Tag(
        address=first("publicKey"),
        label=first("name"),
        currency=first("currency"),
        source=first("sourceUrl", "publisher"),
        lastmod=first("modifiedAt"),
        context=first("notes"),
        category=keywords.get("category", ""),
        abuse=keywords.get("abuse", ""),
        actor=keywords.get("actor", ""),
        confidence=keywords.get("confidence", ""),
    )
