"""A reader's side: the copies sent to his bureau, opened and receipted; what he says of them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from entente.core.access import HOUSE
from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import About, alert, directory
from entente.rooms.publications import copies as held
from entente.rooms.publications import model as m
from entente.rooms.publications import states
from entente.rooms.records import code_of
from entente.web.language import N_

MOST_LISTED = 500
FEEDBACK = "ReportFeedback"
VERDICTS: Mapping[str, str] = {"used": N_("Used"), "useful": N_("Useful"), "wrong": N_("Wrong")}


def copies(desk: Desk) -> list[m.CopyRow]:
    """The copies for one's bureau, or for oneself, newest first."""
    found = [t for _key, t in desk.find([states.copies_of_bureau(desk.asker.bureau)], limit=MOST_LISTED)]
    mine = [t for t in found if _is_for(desk, t)]
    mine.sort(key=lambda t: (t.first("published"), t.id), reverse=True)
    desk.note("see", what="report copies")
    return [row(desk, t) for t in mine]


def copy_of(desk: Desk, id: str) -> Thing:
    """A copy that the asker may open. Raises Absent."""
    thing = desk.look(id)
    if thing.kind != states.COPY or not _is_for(desk, thing):
        raise Absent()
    return thing


def opened(desk: Desk, id: str) -> Thing:
    """Open a copy; that he has read it is kept, once for each reader. For a writing desk. Raises Absent."""
    copy = copy_of(desk, id)
    if copy.first("state") == "published" and not _has_read(copy, desk.asker.officer):
        receipt = f"{desk.now.isoformat(timespec='seconds')} {desk.asker.officer}"
        copy = held.change_copy(desk, copy, receipt=(*copy.body.get("receipt", ()), receipt))
    desk.note("see", object=id, what="report copy")
    return copy


def document(desk: Desk, copy: Thing) -> dict[str, Any]:
    """The frozen data of a copy. Raises Absent for one that is suspended or withdrawn."""
    if copy.first("state") != "published":
        raise Absent()
    frozen: dict[str, Any] = json.loads(desk.house.blobs.open(copy.first("blobs")))
    return frozen


def row(desk: Desk, copy: Thing) -> m.CopyRow:
    """A copy in the list."""
    stands = copy.first("state") == "published"
    return m.CopyRow(
        id=copy.id,
        number=int(copy.first("number")),
        state=copy.first("state"),
        title=copy.first("title") if stands else "",
        edition=int(copy.first("edition")),
        owner=code_of(desk, int(copy.first("from"))),
        published=copy.first("published"),
        read=_has_read(copy, desk.asker.officer),
    )


def shown(desk: Desk, copy: Thing) -> m.Copy:
    """A copy as its reader gets it: one that is suspended or withdrawn says only that."""
    stands = copy.first("state") == "published"
    frozen = document(desk, copy) if stands else None
    said = desk.as_house().inspect(_feedback_id(desk, copy))
    return m.Copy(
        **row(desk, copy).model_dump(),
        sha256=copy.first("sha256") if stands else "",
        why=copy.first("why"),
        level=frozen["level"] if frozen else "",
        document=frozen,
        feedback=said.first("verdict") if said else "",
    )


def say(desk: Desk, imprints: m.Imprints, id: str, form: m.FeedbackForm) -> None:
    """What a reader says of a report; the bureau that wrote it is told. Raises Absent, Faulty.

    It is handled as the report is: who may see that in the author's bureau sees what readers say.
    """
    copy = copy_of(desk, id)
    if copy.first("state") != "published":
        what = N_("This copy is not in use any more")
        raise Faulty(faults=(Fault("state", what, N_("Speak of the newest edition.")),))
    report = desk.as_house().inspect(copy.first("report"))
    if report is None:
        raise Absent()
    author, imprint = int(copy.first("from")), imprints[report.kind]
    body = {
        "report": report.id,
        "copy": id,
        "number": copy.first("number"),
        "bureau": str(desk.asker.bureau),
        "officer": desk.asker.officer,
        "verdict": form.verdict,
        "text": form.text,
        "at": desk.now.isoformat(timespec="seconds"),
    }
    kept = desk.as_house().keep(
        FEEDBACK,
        {name: value for name, value in body.items() if value},
        replace(report.handling, owner=HOUSE, see=1 << author, level=copy.handling.level),
        id=_feedback_id(desk, copy),
        version=0,
        keys=(f"report-feedback:{report.id}", *imprint.belonging(report)),
    )
    second = report.first(imprint.within) if imprint.within else ""
    about = About("report-feedback", report.id, second=second, other=desk.asker.bureau)
    alert(desk, author, about, like=report.handling, once=f"{kept.id} {kept.version}")
    desk.note("analyse", object=id, what="feedback")


def feedback_on(desk: Desk, report: Thing) -> list[m.Feedback]:
    """What readers said of a report, to those of the bureau that wrote it who may see it."""
    known = directory(desk)
    found = [t for _key, t in desk.find([f"report-feedback:{report.id}"], limit=MOST_LISTED)]
    return [
        m.Feedback(
            id=t.id,
            bureau=known[int(t.first("bureau"))].code,
            number=int(t.first("number")),
            verdict=t.first("verdict"),
            text=t.first("text"),
            at=t.first("at"),
        )
        for t in sorted(found, key=lambda t: (t.first("at"), t.id))
    ]


def receipts(desk: Desk, report: Thing) -> list[m.Receipt]:
    """Who has which copy, and when it was read: for those who write it; officers are not named outside."""
    known = directory(desk)
    return [
        m.Receipt(
            number=int(copy.first("number")),
            bureau=known[int(copy.first("bureau"))].code,
            unit=copy.first("unit"),
            officer=copy.first("officer"),
            state=copy.first("state"),
            read=[line.partition(" ")[0] for line in copy.body.get("receipt", ())],
        )
        for copy in held.copies_of(desk, report.id)
    ]


def _is_for(desk: Desk, copy: Thing) -> bool:
    return copy.first("officer") in ("", desk.asker.officer) and copy.first("bureau") == str(
        desk.asker.bureau
    )


def _has_read(copy: Thing, officer: str) -> bool:
    return any(line.partition(" ")[2] == officer for line in copy.body.get("receipt", ()))


def _feedback_id(desk: Desk, copy: Thing) -> str:
    return desk.house.ids.of("report feedback", copy.id, desk.asker.officer)
