"""Publishing: the data frozen, a numbered copy for each recipient; new editions, erratum prints, withdrawal.

Who may write, approve and publish is the room's to say, before it calls any of these.
"""

from collections.abc import Mapping, Sequence

from entente.core.access import Handling, Level
from entente.core.journal import canonical
from entente.core.problems import Fault, Faulty
from entente.core.things import NEVER, Thing
from entente.desk import Desk
from entente.rooms.bureaus import About, alert, by_code
from entente.rooms.publications import copies, freezing, letterheads, release, states
from entente.rooms.publications import model as m
from entente.web.language import N_, _

WALKED = "reports/walked"
"""Note: the place up to which the change feed was held against what was published."""
MOST_KEYS = 50_000
"""Sources times recipients: each copy is found by each thing it is made of."""


def letterhead(desk: Desk, publication: Thing) -> letterheads.Letterhead:
    """How it looks: its template. Raises Faulty where that is gone."""
    code = publication.first("template")
    if code and not letterheads.is_there(desk, publication.handling.owner, code):
        raise Faulty(faults=(Fault("template", N_("There is no such template"), N_("Choose another.")),))
    return letterheads.letterhead(desk, publication.handling.owner, code)


def keep(
    desk: Desk,
    imprint: m.Imprint,
    publication: Thing,
    did: str,
    why: str = "",
    changes: states.Changes = states.NOTHING,
    handling: Handling | None = None,
) -> Thing:
    """A publication with these properties changed and one more step, of whoever sits here."""
    body = states.with_step(desk, {**publication.body, **changes}, did, why)
    clean = {name: tuple(values) for name, values in body.items() if values}
    label = handling or publication.handling
    return desk.as_house().change(publication, body=clean, keys=imprint.keys(clean), handling=label)


def publish(desk: Desk, imprint: m.Imprint, publication: Thing, content: m.Content) -> Thing:
    """Freeze what was approved and give each recipient his copy; the edition before ends.

    Raises Faulty naming every part that may not go to somebody, ValueError for footnotes that do not resolve.
    """
    to = states.moved(publication, "publish")
    head = letterhead(desk, publication)
    recipients = freezing.recipients_of(publication)
    releases = release.releases_of(desk, publication.id)
    sources = content.sources
    faults = release.faults_of(release.check(desk, publication, content.parts, recipients, releases))
    if faults:
        raise Faulty(faults=faults)
    if len(sources) * len(recipients) > MOST_KEYS:
        what = f"{len(sources)} sources for {len(recipients)} recipients are too many"
        raise Faulty(faults=(Fault("distribution", what, N_("Cite less, or send it to fewer.")),))
    document = freezing.document(desk, publication, head, content, recipients)
    made_of = freezing.manifest_of(sources, [t.id for s, t in releases.items() if s in sources])
    blobs = (desk.house.blobs.put(canonical(document)), desk.house.blobs.put(canonical(made_of)))
    kept = keep(
        desk,
        imprint,
        publication,
        "published",
        changes={
            "state": (to,),
            "publisher": (desk.asker.officer,),
            "published": (document["published"],),
            "sha256": (blobs[0],),
            **content.kept,
        },
    )
    level = Level[publication.first("level").upper()]
    last = min((t.expires for t in sources.values()), default=NEVER)
    for number, recipient in enumerate(recipients, 1):
        bureau = by_code(desk)[recipient.bureau].number
        reader = release.reading(desk, bureau, recipient.officer, level)
        handling = release.handling_of_copy(reader, level, sources.values(), releases)
        given = copies.Given(handling, last, blobs, made_of)
        copies.give_copy(desk, kept, number, recipient, reader, given)
    if not desk.recall(WALKED):
        desk.remember(WALKED, str(desk.newest()))
    _supersede(desk, imprint, kept)
    desk.note("publish", object=publication.id, what=imprint.what, copies=len(recipients))
    return kept


def reprint(desk: Desk, imprint: m.Imprint, publication: Thing, content: m.Content, why: str) -> Thing:
    """Print the same edition anew, with an erratum: the copies that stand get the new data, and their readers
    are told. A copy whose reader may not read a source of it is suspended instead. For a desk of the house.

    Raises Faulty where its template is gone, ValueError for footnotes that do not resolve.
    """
    head, recipients = letterhead(desk, publication), freezing.recipients_of(publication)
    releases, sources = release.releases_of(desk, publication.id), content.sources
    document = freezing.document(desk, publication, head, content, recipients)
    made_of = freezing.manifest_of(sources, [t.id for s, t in releases.items() if s in sources])
    blobs = (desk.house.blobs.put(canonical(document)), desk.house.blobs.put(canonical(made_of)))
    kept = keep(desk, imprint, publication, "reprinted", why, {**content.kept, "sha256": (blobs[0],)})
    level = Level[publication.first("level").upper()]
    last = min((t.expires for t in sources.values()), default=NEVER)
    before: set[str] = set()
    for copy in copies.copies_of(desk, publication.id):
        if copy.first("state") != "published":
            continue
        reader = release.reading(desk, int(copy.first("bureau")), copy.first("officer"), level)
        if any(release.blocks_why(source, reader, releases) for source in sources.values()):
            copies.take_from_readers(desk, copy, "suspended")
            continue
        before |= set(copy.body.get("blobs", ()))
        new = copies.change_copy(
            desk,
            copy,
            handling=release.handling_of_copy(reader, level, sources.values(), releases),
            expires=last,
            sha256=(blobs[0],),
            blobs=blobs,
            receipt=(),
            changed=(document["published"],),
        )
        about = About("report-erratum", copy.id, other=publication.handling.owner)
        alert(desk, reader.number, about, like=new.handling, once=f"{copy.id} {blobs[0]}")
    if gone := sorted(before - set(blobs)):
        copies.drop(desk, gone)
    desk.note("publish", object=publication.id, what=imprint.what, outcome="reprinted")
    return kept


def restate(desk: Desk, publication: Thing, sources: Mapping[str, Thing]) -> None:
    """Note that the copies that stand are made of their sources as these are now: they say what they said.

    Each is handled anew; one whose reader may not read a source any more is suspended.
    """
    releases = release.releases_of(desk, publication.id)
    made_of = freezing.manifest_of(sources, [t.id for s, t in releases.items() if s in sources])
    blob, before = desk.house.blobs.put(canonical(made_of)), set[str]()
    level = Level[publication.first("level").upper()]
    for copy in copies.copies_of(desk, publication.id):
        if copy.first("state") != "published":
            continue
        reader = release.reading(desk, int(copy.first("bureau")), copy.first("officer"), level)
        if any(release.blocks_why(source, reader, releases) for source in sources.values()):
            copies.take_from_readers(desk, copy, "suspended")
            continue
        data, old = copy.body["blobs"]
        before.add(old)
        handling = release.handling_of_copy(reader, level, sources.values(), releases)
        copies.change_copy(desk, copy, handling=handling, blobs=(data, blob))
    if gone := sorted(before - {blob}):
        copies.drop(desk, gone)


def withdraw(desk: Desk, imprint: m.Imprint, publication: Thing, why: str) -> Thing:
    """Take a publication back; all who had it are told why. Raises Faulty for one that is not out."""
    to = states.moved(publication, "withdraw")
    kept = keep(desk, imprint, publication, "withdrawn", why, {"state": (to,)})
    for copy in copies.copies_of(desk, publication.id):
        copies.take_from_readers(desk, copy, "withdrawn", why)
    desk.note("publish", object=publication.id, what=imprint.what, outcome="withdrawn")
    return kept


def next_edition(publication: Thing, standing: Sequence[Thing], author: str) -> dict[str, str]:
    """The body with which the next edition begins. Raises Faulty where one is begun already, or may not be.

    `standing`: the publications among which a new edition of this one would be.
    """
    states.moved(publication, "revise")
    if any(t.first("supersedes") == publication.id for t in standing):
        what = N_("A new edition is being written already")
        raise Faulty(faults=(Fault("state", what, N_("Go on with that one.")),))
    return {
        "edition": str(int(publication.first("edition")) + 1),
        "state": "draft",
        "author": author,
        "supersedes": publication.id,
    }


def edition_before(desk: Desk, publication: Thing) -> Thing | None:
    """The edition that this one replaces, as far as the asker sees it."""
    before = publication.first("supersedes")
    return desk.look_all([before]).get(before) if before else None


def _supersede(desk: Desk, imprint: m.Imprint, kept: Thing) -> None:
    """The edition before ends; all who had it are told, whether or not they get the new one."""
    before = edition_before(desk, kept)
    if before is None or before.first("state") not in states.OUT:
        return
    why = _("Superseded by edition %(edition)s", edition=kept.first("edition"))
    keep(desk, imprint, before, "superseded", why, {"state": ("withdrawn",)})
    for copy in copies.copies_of(desk, before.id):
        copies.take_from_readers(desk, copy, "withdrawn", why)
