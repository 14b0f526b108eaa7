"""Publishing: the data frozen, a numbered copy for each recipient; new editions and withdrawal."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from entente.core.access import Handling, Level
from entente.core.journal import canonical
from entente.core.problems import Fault, Faulty, NotAllowed
from entente.core.things import NEVER, Thing
from entente.desk import Desk
from entente.rooms.analysis import service as files
from entente.rooms.analysis.reports import content, release, service, states, templates
from entente.rooms.analysis.reports import model as m
from entente.rooms.bureaus import About, alert, by_code, directory, in_person
from entente.web import formats, words
from entente.web.language import N_, _, direction, speaking

WALKED = "reports/walked"
"""Note: the place up to which the change feed was held against published reports."""
CAVEAT = N_(
    "For police purposes only. Not evidence: verify with the owners named before acting. "
    "Not to be passed on without the consent of the bureau that published it."
)
FORMAT_VERSION = 1
MOST_KEYS = 50_000
"""Sources times recipients: each copy is found by each thing it is made of."""
Frozen = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """What a copy is given: its handling, its last day, its data, and what this is made of."""

    handling: Handling
    expires: date
    blobs: tuple[str, str]
    manifest: Frozen


def publish(desk: Desk, file: Thing, id: str) -> Thing:
    """Freeze an approved report and give each recipient his copy. Raises Faulty naming every block that may
    not go to somebody, NotAllowed, Absent."""
    report = service.report_of(desk, file, id)
    files.must_work(desk, file, "reader")
    if not in_person(desk) or desk.asker.officer not in (report.first("author"), report.first("approver")):
        raise NotAllowed(N_("Its author or its approver publishes a report."))
    to = states.moved(report, "publish")
    head = _letterhead(desk, report)
    whole = content.as_author(desk, file, report, head.lang)
    if content.digest(desk, report, whole) != report.first("approved"):
        what = N_("What stands there is not what was approved")
        do = N_("A source has changed meanwhile: let it be approved again.")
        raise Faulty(faults=(Fault("approved", what, do),))
    recipients, releases = service.recipients_of(report), release.releases_of(desk, id)
    faults = release.faults_of(release.check(desk, report, whole, recipients, releases))
    if faults:
        raise Faulty(faults=faults)
    if len(whole.sources) * len(recipients) > MOST_KEYS:
        what = f"{len(whole.sources)} sources for {len(recipients)} recipients are too many"
        raise Faulty(faults=(Fault("distribution", what, N_("Cite less, or send it to fewer.")),))
    before = _before(desk, report)
    compared = _compared(desk, file, whole, report, before, head.lang)
    document = _document(desk, report, head, whole, recipients, compared)
    frozen = desk.house.blobs.put(canonical(document))
    used = [t.id for s, t in releases.items() if s in whole.sources]
    made_of = manifest_of(whole.sources, used)
    kept_apart = (frozen, desk.house.blobs.put(canonical(made_of)))
    kept = states.keep(
        desk,
        report,
        "published",
        changes={
            "state": (to,),
            "publisher": (desk.asker.officer,),
            "published": (document["published"],),
            "sha256": (frozen,),
        },
    )
    level = Level[report.first("level").upper()]
    for number, recipient in enumerate(recipients, 1):
        bureau = by_code(desk)[recipient.bureau].number
        reader = release.reading(desk, bureau, recipient.officer, level)
        handling = release.handling_of_copy(reader, level, whole.sources.values(), releases)
        last = min((t.expires for t in whole.sources.values()), default=NEVER)
        _give_copy(desk, kept, number, recipient, reader, Given(handling, last, kept_apart, made_of))
    if not desk.recall(WALKED):
        desk.remember(WALKED, str(desk.newest()))
    if before is not None:
        _supersede(desk, before, kept)
    desk.note("publish", object=id, what="report", copies=len(recipients))
    return kept


def manifest_of(sources: Mapping[str, Thing], releases: Sequence[str]) -> Frozen:
    """What a published report is made of: each source with a digest of its content, and the releases used."""
    return {"sources": {id: digest_of(t) for id, t in sources.items()}, "releases": sorted(releases)}


def digest_of(source: Thing) -> str:
    """SHA-256 of what a source says: whoever may see it is no part of it."""
    return sha256(canonical([source.kind, dict(source.body), source.grade])).hexdigest()


def copies_of(desk: Desk, report: str) -> list[Thing]:
    """All copies of a report, by number: the house's to look up."""
    found = [t for _key, t in desk.as_house().inspect_all([states.copies_of_report(report)])]
    return sorted(found, key=lambda t: int(t.first("number")))


def manifest(desk: Desk, copy: Thing) -> Frozen:
    """The manifest of a copy; of nothing where its data was forgotten."""
    if not copy.body.get("blobs"):
        return {"sources": {}, "releases": []}
    made: Frozen = json.loads(desk.house.blobs.open(copy.body["blobs"][1]))
    return made


def forget(desk: Desk, report: str) -> None:
    """The frozen data of a report whose source was deleted: what is deleted is deleted here too (RPD 52)."""
    for copy in copies_of(desk, report):
        if digests := list(copy.body.get("blobs", ())):
            body = {name: values for name, values in copy.body.items() if name != "blobs"}
            desk.as_house().change(copy, body=body, keys=states.copy_keys(body, ()))
            desk.tx.jobs.add("drop", {"digests": digests}, once=f"report {digests[0]}")


def change_copy(desk: Desk, copy: Thing, **changes: Any) -> Thing:
    """A copy with some properties, or its handling, changed."""
    handling = changes.pop("handling", copy.handling)
    body = {**copy.body, **{name: tuple(values) for name, values in changes.items()}}
    clean = {name: tuple(values) for name, values in body.items() if values}
    made = manifest(desk, copy)
    keys = states.copy_keys(clean, (*made["sources"], *made["releases"]))
    return desk.as_house().change(copy, body=clean, handling=handling, keys=keys)


def take_from_readers(desk: Desk, copy: Thing, state: str, why: str = "") -> None:
    """A copy that nobody may use any more; its bureau is told."""
    said = (why,) if why else ()
    at = desk.now.isoformat(timespec="seconds")
    kept = change_copy(desk, copy, state=(state,), why=said, changed=(at,), title=())
    about = About(f"report-{state}", copy.id, other=int(copy.first("from")))
    alert(desk, int(copy.first("bureau")), about, like=kept.handling, once=f"{copy.id} {state}")


def withdraw(desk: Desk, file: Thing, id: str, why: str) -> Thing:
    """Take a published report back; all who had it are told why. Raises NotAllowed, Faulty, Absent."""
    report = service.report_of(desk, file, id)
    hands = (report.first("author"), report.first("approver"))
    if not in_person(desk) or not (
        desk.asker.officer in hands or files.role_of(file, desk.asker.officer) == "lead"
    ):
        raise NotAllowed(N_("Its author, its approver or a lead of the file withdraws a report."))
    to = states.moved(report, "withdraw")
    kept = states.keep(desk, report, "withdrawn", why, {"state": (to,)})
    for copy in copies_of(desk, id):
        take_from_readers(desk, copy, "withdrawn", why)
    desk.note("publish", object=id, what="report", outcome="withdrawn")
    return kept


def revise(desk: Desk, file: Thing, id: str) -> Thing:
    """A new edition to write, from one that was published, by whoever begins it. Raises Faulty, Absent."""
    report = service.report_of(desk, file, id)
    states.moved(report, "revise")
    standing = [t for t in service.reports(desk, file) if t.first("supersedes") == id]
    if standing:
        what = N_("A new edition is being written already")
        raise Faulty(faults=(Fault("state", what, N_("Go on with that one.")),))
    whole = service.whole_of(desk, file, report)
    form = m.ReportForm(
        title=report.first("title"),
        level=m.LEVEL.validate_python(report.first("level")),
        template=report.first("template") if desk.asker.bureau == report.handling.owner else "",
        blocks=[p.block for p in whole.parts if p.block.id != content.AT_THE_END],
        distribution=service.recipients_of(report),
    )
    body = {
        "file": file.id,
        "edition": str(int(report.first("edition")) + 1),
        "state": "draft",
        "author": desk.asker.officer,
        "supersedes": id,
    }
    service.may_write(desk, file)
    return service.begin(desk, file, body, form)


# --- freezing ------------------------------------------------------------------------------------


def _letterhead(desk: Desk, report: Thing) -> templates.Letterhead:
    code = report.first("template")
    if code and not templates.is_there(desk, report.handling.owner, code):
        raise Faulty(faults=(Fault("template", N_("There is no such template"), N_("Choose another.")),))
    return templates.letterhead(desk, report.handling.owner, code)


def _before(desk: Desk, report: Thing) -> Thing | None:
    before = report.first("supersedes")
    return desk.look_all([before]).get(before) if before else None


def _document(
    desk: Desk,
    report: Thing,
    head: templates.Letterhead,
    whole: content.Whole,
    recipients: Sequence[m.Recipient],
    compared: str,
) -> Frozen:
    """Everything that stands in the report, in its language: nothing is read again to print it."""
    known = by_code(desk)
    owner = directory(desk)[report.handling.owner]
    with speaking(head.lang):
        names = {"bureau": _("Bureau"), "unit": _("Unit"), "officer": _("Officer"), "channel": _("Channel")}
        return {
            "format": "entente-report",
            "formatVersion": FORMAT_VERSION,
            "report": report.id,
            "edition": int(report.first("edition")),
            "title": report.first("title"),
            "level": report.first("level"),
            "marking": words.label(words.LEVELS, report.first("level")),
            "lang": head.lang,
            "dir": direction(head.lang),
            "header": head.header,
            "footer": head.footer,
            "caveat": head.caveat or _(CAVEAT),
            "from": {"code": owner.code, "label": owner.label},
            "published": desk.now.isoformat(timespec="seconds"),
            "at": int(desk.now.timestamp()),
            "on": formats.moment(desk.now),
            "changes": report.first("changes"),
            "compared": compared,
            "blocks": leveled([part.drawn.data for part in whole.parts]),
            "distribution": [
                {
                    "number": n,
                    "bureau": one.bureau,
                    "label": known[one.bureau].label,
                    "unit": one.unit,
                    "officer": _name(desk, one.officer),
                    "channel": one.channel,
                    "on": formats.day(desk.today),
                }
                for n, one in enumerate(recipients, 1)
            ],
            "labels": {
                **names,
                "copy": _("Copy"),
                "edition": _("Edition"),
                "published": _("Published"),
                "distribution": _("Distribution"),
                "changes": _("What is new in this edition"),
                "owner": _("Owner"),
                "by": _("Published by"),
                "data": _("SHA-256 of the data"),
                "date": _("Date"),
                "judgement": _("Key judgement"),
            },
        }


def leveled(blocks: Sequence[Frozen]) -> list[Frozen]:
    """The blocks with headings that go down one step at a time below the title, as PDF/UA asks."""
    before, made = 1, []
    for block in blocks:
        if block["sort"] in ("text", "judgement"):
            text = []
            for piece in block["text"]:
                if piece["t"] == "h":
                    before = min(piece["level"], before + 1)
                    text.append({**piece, "level": before})
                else:
                    text.append(piece)
            made.append({**block, "text": text})
            continue
        before = min(3, before + 1)
        made.append({**block, "level": before})
        if block["sort"] == "profile":
            text = [{**p, "level": before + 1} if p["t"] == "h" else p for p in block["text"]]
            before += any(p["t"] == "h" for p in text)
            made[-1]["text"] = text
    return made


def _compared(
    desk: Desk, file: Thing, whole: content.Whole, report: Thing, before: Thing | None, lang: str
) -> str:
    """In numbers, what changed since the edition before, as far as this one's author sees that."""
    if before is None:
        return ""
    author = content.author_of(desk, file, report)
    seen = content.as_seen(author, file, before, lang)
    old = {p.block.id: p.block for p in seen.parts if p.block.id != content.AT_THE_END}
    new = {p.block.id: p.block for p in whole.parts if p.block.id != content.AT_THE_END}
    changed = sum(1 for id in old.keys() & new.keys() if old[id] != new[id])
    with speaking(lang):
        return _(
            "Blocks: %(new)s new, %(changed)s changed, %(gone)s left out.",
            new=len(new.keys() - old.keys()),
            changed=changed,
            gone=len(old.keys() - new.keys()),
        )


def _name(desk: Desk, officer: str) -> str:
    known = desk.as_house().inspect(officer) if officer else None
    return known.first("name") if known else ""


def _give_copy(
    desk: Desk,
    report: Thing,
    number: int,
    recipient: m.Recipient,
    reader: release.Reading,
    given: Given,
) -> None:
    body = {
        "report": report.id,
        "number": str(number),
        "edition": report.first("edition"),
        "title": report.first("title"),
        "from": str(report.handling.owner),
        "bureau": str(reader.number),
        "unit": recipient.unit,
        "officer": recipient.officer,
        "state": "published",
        "published": report.first("published"),
        "sha256": report.first("sha256"),
        "blobs": list(given.blobs),
    }
    said = {name: value for name, value in body.items() if value}
    keyed: dict[str, tuple[str, ...]] = {
        "report": (report.id,),
        "bureau": (str(reader.number),),
        "blobs": given.blobs,
    }
    copy = desk.as_house().keep(
        states.COPY,
        said,
        given.handling,
        id=desk.house.ids.of("report copy", report.id, number),
        expires=given.expires,
        keys=states.copy_keys(keyed, (*given.manifest["sources"], *given.manifest["releases"])),
    )
    about = About("report", copy.id, other=report.handling.owner)
    alert(desk, reader.number, about, like=copy.handling, once=copy.id)


def _supersede(desk: Desk, before: Thing, kept: Thing) -> None:
    """The edition before ends; all who had it are told, whether or not they get the new one."""
    if before.first("state") not in states.OUT:
        return
    why = _("Superseded by edition %(edition)s", edition=kept.first("edition"))
    states.keep(desk, before, "superseded", why, {"state": ("withdrawn",)})
    for copy in copies_of(desk, before.id):
        take_from_readers(desk, copy, "withdrawn", why)
