"""What the public may read: an extract with words of its own, by its owner's act and the review's consent.

RPD, article 61. Nothing else of the house can be reached without signing in; a notice that is no longer
published takes its extract with it at once. A silver notice never has one.
"""

from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, is_id, sit
from entente.desk.retention import about
from entente.rooms.bureaus import own
from entente.rooms.notices import eyes, service, states
from entente.rooms.notices.colours import COLOURS
from entente.rooms.notices.model import Extract, ExtractForm
from entente.rooms.records import code_of

KIND = "NoticeExtract"
PUBLIC = "notice-extracts"
MOST_LISTED = 500


def ask(desk: Desk, id: str, form: ExtractForm) -> Thing:
    """The owner asks that the public may read these words of a published notice. Raises Faulty."""
    notice = service.own(desk, id)
    faults = []
    if not COLOURS[notice.first("colour")].public:
        what = f"A {notice.first('colour')} notice is never public"
        faults.append(Fault("colour", what, "Leave it to the bureaus."))
    if notice.first("state") != "published":
        faults.append(Fault("state", "The notice is not published", "Wait for its review."))
    body = {name: values for name, values in form.model_dump().items() if values}
    body |= {"notice": id, "state": "asked"}
    faults += desk.house.model.examine(KIND, body)[1]
    if faults:
        raise Faulty(faults=tuple(faults))
    body |= {"colour": notice.first("colour"), "author": desk.asker.officer, "until": notice.first("until")}
    owner = desk.asker.bureau
    kept = desk.keep(
        KIND,
        body,
        own(owner, states.level_of(notice.body), see=states.secretariat(desk)),
        id=_id(desk, id),
        version=0,
        expires=notice.expires,
        keys=about(id),
    )
    _step(desk, notice, "extract", "owner")
    return kept


def consent(desk: Desk, id: str) -> Thing:
    """The neutral review consents: from now on the public reads it. Raises Absent where none is asked for."""
    notice = service.look(desk, id)
    extract = of(desk, id)
    if extract is None or extract.first("state") != "asked":
        raise Absent()
    eyes.must_be_neutral(desk, notice)
    eyes.must_be_another(desk, extract.first("author"))
    if notice.first("state") != "published":
        raise Faulty(faults=(Fault("state", "The notice is not published", "Wait for its review."),))
    kept = desk.as_house().change(
        extract,
        body={**extract.body, "state": ("public",), "edits": (_edits(notice),)},
        keys=(*about(id), PUBLIC),
    )
    desk.note("review", object=id, outcome="extract")
    _step(desk, notice, "extract-public", "reviewer")
    return kept


def end(desk: Desk, id: str) -> None:
    """The owner, or a reviewer, ends it: the public reads it no more. Raises Absent, NotAllowed."""
    notice = service.look(desk, id)
    extract = of(desk, id)
    if extract is None:
        raise Absent()
    mine = notice.handling.owner == desk.asker.bureau
    if not mine:
        eyes.must_be_neutral(desk, notice)
    desk.as_house().withdraw(extract)
    _step(desk, notice, "extract-ended", "owner" if mine else "reviewer")


def _edits(notice: Thing) -> str:
    """Consent is to the extract of a notice as it was: one that is edited needs it again."""
    return str(sum(step.did in ("edited", "photo") for step in states.steps(notice)))


def of(desk: Desk, notice: str) -> Thing | None:
    """The extract of a notice as its owner and the secretariat see it."""
    return desk.look_all([_id(desk, notice)]).get(_id(desk, notice))


def _id(desk: Desk, notice: str) -> str:
    return desk.house.ids.of("notice extract", notice)


def _step(desk: Desk, notice: Thing, did: str, part: str) -> None:
    states.keep(desk, notice, states.with_step(desk, notice.body, did, part))
    desk.note("publish", object=notice.id, outcome=did)


# --- for everybody -------------------------------------------------------------------------------


def public(house: House) -> list[Extract]:
    """Every public extract, by name, read and journaled by the house."""
    with sit(house, HOUSE_ASKER) as desk:
        found = [shown(desk, t) for _, t in desk.inspect_all([PUBLIC]) if _is_out(desk, t)]
        desk.note("see", what="public notices")
    return sorted(found, key=lambda e: (e.name, e.id))[:MOST_LISTED]


def public_one(house: House, id: str) -> Extract:
    """One of them. Raises Absent for anything else."""
    with sit(house, HOUSE_ASKER) as desk:
        extract = desk.inspect(id) if is_id(id) else None
        if extract is None or extract.kind != KIND or not _is_out(desk, extract):
            raise Absent()
        desk.note("see", object=id, what="public notices")
        return shown(desk, extract)


def _is_out(desk: Desk, extract: Thing) -> bool:
    notice = desk.inspect(extract.first("notice"))
    return (
        extract.first("state") == "public"
        and notice is not None
        and notice.first("state") == "published"
        and extract.first("edits") == _edits(notice)
        and notice.first("until") > desk.today.isoformat()
    )


def shown(desk: Desk, extract: Thing) -> Extract:
    """An extract as everybody gets it."""
    texts = ("colour", "name", "gender", "birthDate", "appearance", "charge", "text", "contact", "until")
    return Extract(
        id=extract.id,
        owner=code_of(desk, extract.handling.owner),
        nationality=list(extract.body.get("nationality", ())),
        state=extract.first("state"),
        **{name: extract.first(name) for name in texts},
    )
