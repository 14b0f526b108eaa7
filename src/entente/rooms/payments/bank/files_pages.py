"""Pages of files that become many things at once: payments as drafts, tag packs as records of wallets."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.access import Level, may
from entente.core.problems import Fault, Faulty, TooLarge
from entente.desk import Desk
from entente.rooms.bureaus import by_code, directory
from entente.rooms.payments import form_reading, labels
from entente.rooms.payments.bank import intake_model as m
from entente.rooms.payments.bank import tagpacks
from entente.rooms.payments.bank.messages_api import as_file, imported
from entente.rooms.payments.bank.messages_pages import sent
from entente.rooms.payments.bank.outgoing import Outgoing
from entente.rooms.payments.form_reading import Given
from entente.rooms.records import HandlingForm, given_handling, handling_fields, handling_places
from entente.web import words
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter()
PLAIN = (
    "scam",
    "rail",
    "legal_basis",
    "offence",
    "penalty",
    "measure",
    "police_report",
    "summary",
    "grade",
    "level",
    "receiver",
    "ref",
)
MOMENTS = ("executed_at", "reported_at", "due_by")
FLAGS = ("tip_off_forbidden", "ring")
MOST_LINKS = 20
"""Requests of an import that a page names; the board has them all."""
MOST_FAULTS = 200
"""Faults that a page shows; a file may have a thousand."""

# --- payments ------------------------------------------------------------------------------------


@router.get("/payments/import")
def import_form(request: Request, caller: AtPage) -> Response:
    """The form that makes drafts of a file of payments."""
    with caller.at_own_desk("intercept") as desk:
        desk.note("see", what="payments")
        given = form_reading.fresh(desk.now, directory(desk)[desk.asker.bureau].zone)
        given |= {"tip_off_forbidden": "yes", "ring": "yes", "level": "official"}
        return _import_page(request, desk, given)


@router.post("/payments/import")
async def import_payments(request: Request, caller: AtPage) -> Response:
    """A draft for each payment, all of them or none."""
    await run_in_threadpool(caller.must_be_known)
    async with request.form(max_files=1, max_fields=60) as form:
        data = await sent(form, "file", "message")
        given = {name: value for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_imported, request, caller, data, given)


def _imported(request: Request, caller: Caller, data: bytes, given: Given) -> Response:
    try:
        said = {"message": data.decode("utf-8", "replace"), "once": _once(given)}
        done = imported(caller, validated(m.ImportForm, **said))
    except (Faulty, TooLarge) as problem:
        faults = problem.faults or (Fault("message", problem.title, problem.do),)
        with caller.at_own_desk("intercept") as desk:
            desk.note("see", what="payments")
            return _import_page(request, desk, given, _at_fields(faults))
    with caller.at_own_desk("intercept") as desk:
        desk.note("see", what="payments")
        return _import_page(request, desk, given, done=done)


def _once(given: Given) -> dict[str, object]:
    said: dict[str, object] = {name: given.get(name, "").strip() for name in PLAIN}
    said |= {name: form_reading.moment_of(given, name) for name in MOMENTS}
    said |= {name: given.get(name) == "yes" for name in FLAGS}
    said["victim_consents"] = {"yes": True, "no": False}.get(given.get("victim_consents", ""))
    said["level"] = said["level"] or "official"
    return said


def _at_fields(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The faults of what was said once at its fields."""
    told = [Fault(f.where.removeprefix("once/"), f.what, f.do) for f in faults]
    return tuple(told[:MOST_FAULTS])


def _import_page(
    request: Request,
    desk: Desk,
    given: Given,
    faults: Sequence[Fault] = (),
    done: m.Imported | None = None,
) -> Response:
    known = directory(desk)
    mine = known[desk.asker.bureau]
    kept = [*done.drafted[:MOST_LINKS], *done.merged[:MOST_LINKS]] if done else []
    fields = (*PLAIN, *FLAGS, "victim_consents", "message")
    return render(
        request,
        "payments/bank_import.html",
        status_code=422 if faults else 200,
        given={**dict.fromkeys(fields, ""), **given},
        faults=faults,
        done=done,
        references={id: thing.first("reference") for id, thing in desk.look_all(kept).items()},
        bureaus=[(code, f"{code} {b.label}") for code, b in by_code(desk).items() if b.number != mine.number],
        zones=form_reading.zones(mine.zone, {b.zone for b in known.values()}, desk.now),
        zone=mine.zone,
        levels=words.choices(words.LEVELS, [level.name.lower() for level in Level]),
        labels=labels,
    )


# --- tags ----------------------------------------------------------------------------------------


@router.get("/payments/tags")
def tags_form(request: Request, caller: AtPage) -> Response:
    """The form that loads a tag pack."""
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="tag packs")
        return _tags_page(request, desk, HandlingForm())


@router.post("/payments/tags")
async def load_tags(request: Request, caller: AtPage) -> Response:
    """Keep the good tags of a pack, and tell the others."""
    await run_in_threadpool(caller.must_be_known)
    async with request.form(max_files=1, max_fields=400) as form:
        data = await sent(form, "file", "pack")
        return await run_in_threadpool(_tags_loaded, request, caller, data, form)


def _tags_loaded(request: Request, caller: Caller, data: bytes, form: FormData) -> Response:
    grade = form.get("grade", "")
    handling, report = HandlingForm(), None
    faults: tuple[Fault, ...] = ()
    try:
        handling = validated(HandlingForm, **given_handling(form))
        said = {"pack": data.decode("utf-8", "replace"), "handling": handling, "grade": grade}
        pack = validated(m.TagPackForm, **said)
        report = tagpacks.load(lambda: caller.at_own_desk("contribute", writing=True), pack)
    except (Faulty, TooLarge) as problem:
        faults = problem.faults or (Fault("pack", problem.title, problem.do),)
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="tag packs")
        return _tags_page(request, desk, handling, faults, report, grade if isinstance(grade, str) else "")


@router.get("/payments/tags.yaml")
def tags_file(caller: AtPage) -> Response:
    """My bureau's tagged wallets as a pack."""
    with caller.at_own_desk("export") as desk:
        return as_file(Outgoing(tagpacks.export(desk), "application/yaml", "tags.yaml"))


def _tags_page(
    request: Request,
    desk: Desk,
    handling: HandlingForm,
    faults: Sequence[Fault] = (),
    report: m.TagReport | None = None,
    grade: str = "",
) -> Response:
    return render(
        request,
        "payments/bank_tags.html",
        status_code=422 if faults else 200,
        h=handling_fields(desk, handling),
        places={"pack": ("f-file", "TagPack"), **handling_places()},
        faults=faults,
        report=report,
        grade=grade,
        may_write=may(desk.asker, "contribute"),
        may_export=may(desk.asker, "export"),
    )
