"""Pages on which a person contributes to a file: one thing, or two and how they hang together; and reads it.

More at once goes by import or by the API.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.kinds import Model
from entente.core.problems import Fault, Faulty
from entente.desk.work import settle
from entente.rooms.analysis import contributions, grading, labels, members, service, shown
from entente.rooms.analysis.contributions_model import ContributionForm
from entente.rooms.analysis.subjects_pages import choices
from entente.web import words
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import validated
from entente.web.language import _
from entente.web.pages import render

router = APIRouter()
HEAD = ("text", "source", "received", "scheme", "grade", "handlingCode", "restrictions")
ENDS = ("a", "b")
OF_END = ("id", "kind", "name", "birth", "country", "number", "certainty", "notes")
OF_LINK = ("kind", "since", "until", "certainty", "notes", "grade")
OTHERWISE = {"nationality": "country", "startDate": "since", "endDate": "until", "summary": "notes"}
"""Fields of properties that some part of the form calls otherwise than PROPERTY_OF does."""
PROPERTY_OF = {"birth": "birthDate", "certainty": "certainty", "notes": "notes"}


@router.get("/files/{file}/contribute")
def blank(request: Request, caller: AtPage, file: str, record: str = "") -> Response:
    """The form of a contribution; `record`: about which it is."""
    return _form(request, caller, file, {"a-id": record})


@router.post("/files/{file}/contribute")
async def contribute(request: Request, file: str) -> Response:
    """Read the form, then contribute in a thread."""
    return await run_in_threadpool(_contribute, request, await at_page(request), file, await request.form())


@router.get("/files/{file}/contributions/{id}")
def one(request: Request, caller: AtPage, file: str, id: str) -> Response:
    """One contribution."""
    with caller.at_file(file, "see") as desk:
        thing = service.file_of(desk, file)
        [found] = contributions.shown(desk, [contributions.one(desk, thing, id)])
        desk.note("see", object=id)
        told = shown.row(desk, thing)
    kinds = caller.house.model
    things = [(t, kinds[t.kind].label) for t in found.things]
    return render(request, "analysis/contribution.html", file=told, given=found, things=things, labels=labels)


def _contribute(request: Request, caller: Caller, file: str, form: FormData) -> Response:
    given = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    bureaus = [v for v in form.getlist("bureaus") if isinstance(v, str)]
    things, names = _things(caller.house.model, given)
    handling = {"mode": "named" if bureaus else "everyone", "bureaus": bureaus}
    existing = [given[f"{end}-id"] for end in ENDS if given.get(f"{end}-id")]
    try:
        said = validated(
            ContributionForm,
            **{name: given.get(name, "") for name in HEAD if name != "received"},
            received=given.get("received") or None,
            handling=handling,
            things=things,
            records=list(dict.fromkeys(existing)),
        )
        with caller.at_file(file, "gather", writing=True) as desk:
            kept = contributions.contribute(desk, service.file_of(desk, file), said)
    except Faulty as problem:
        faults = [Fault(_renamed(f.where, names), f.what, f.do) for f in problem.faults]
        return _form(request, caller, file, given, faults, bureaus)
    settle(caller.house)
    return RedirectResponse(f"/files/{file}/contributions/{kept.thing.id}", status_code=303)


def _things(kinds: Model, given: Mapping[str, str]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The things that a form says, and which part of the form each of them is."""
    things: list[dict[str, Any]] = []
    names, ends = {}, []
    for end in ENDS:
        said = {name: given.get(f"{end}-{name}", "") for name in OF_END}
        if said["id"] or not (said["name"] or said["number"]):
            ends.append(said["id"])
            continue
        names[f"things/{len(things)}"] = end
        things.append({"kind": said["kind"] or "Person", "properties": _properties(said)})
        ends.append(f"#{len(things)}")
    link = {name: given.get(f"l-{name}", "") for name in OF_LINK}
    if link["kind"]:
        names[f"things/{len(things)}"] = "l"
        things.append(
            {"kind": link["kind"], "properties": _joining(kinds, link, ends), "grade": link["grade"]}
        )
    return things, names


def _properties(said: Mapping[str, str]) -> dict[str, str]:
    name, number = labels.NEW.get(said["kind"] or "Person", ("name", ""))
    country = "nationality" if (said["kind"] or "Person") == "Person" else "country"
    found = {name: said["name"], country: said["country"]}
    found |= {PROPERTY_OF[field]: said[field] for field in PROPERTY_OF if said[field]}
    return {p: v for p, v in {**found, **({number: said["number"]} if number else {})}.items() if v}


def _joining(kinds: Model, link: Mapping[str, str], ends: Sequence[str]) -> dict[str, str]:
    known = kinds.kinds.get(link["kind"])
    edge = known.edge if known else None
    said = {
        edge.source if edge else "": ends[0],
        edge.target if edge else "": ends[1],
        "startDate": link["since"],
        "endDate": link["until"],
        "certainty": link["certainty"],
        "summary": link["notes"],
    }
    return {p: v for p, v in said.items() if p and v}


def _renamed(where: str, names: Mapping[str, str]) -> str:
    """Where a fault stands in the form: `things/1/properties/birthDate/0` is `b-birth`."""
    parts = where.split("/")
    end = names.get("/".join(parts[:2]))
    if end is None:
        return where
    fields = {v: k for k, v in PROPERTY_OF.items()} | OTHERWISE
    said = parts[3] if len(parts) > 3 else parts[-1]
    numbers = {number for _, number in labels.NEW.values() if number}
    field = "number" if said in numbers else fields.get(said, said)
    return f"{end}-{field if field in OF_END + OF_LINK else 'kind' if end == 'l' else 'name'}"


def _form(
    request: Request,
    caller: Caller,
    id: str,
    given: Mapping[str, str],
    faults: Sequence[Fault] = (),
    bureaus: Sequence[str] = (),
) -> Response:
    with caller.at_file(id, "gather") as desk:
        file = service.file_of(desk, id)
        service.must_work(desk, file, "contributor")
        desk.note("see", object=id, what="a form")
        told = shown.row(desk, file)
        records = choices(desk, file, given.get("a-id", ""))
        codes = sorted({m.bureau for m in members.shown(desk, file)})
    kinds = caller.house.model
    every = [*HEAD, *(f"{e}-{n}" for e in ENDS for n in OF_END), *(f"l-{n}" for n in OF_LINK)]
    return render(
        request,
        "analysis/contribute.html",
        status_code=422 if faults else 200,
        file=told,
        given=dict.fromkeys(every, "") | dict(given),
        bureaus=[(c, c) for c in codes],
        chosen=list(bureaus),
        records=records,
        kinds=[(k, _(kinds[k].label)) for k in labels.NEW],
        links=[(k, _(kinds[k].label)) for k in labels.LINKS],
        schemes=words.choices(labels.SCHEMES),
        codes=[(c, c) for c in grading.HANDLING_CODES],
        certainties=words.choices(labels.CERTAINTIES),
        faults=faults,
        places={place: (f"f-{place}", label) for place, label in _labels().items()},
    )


def _labels() -> dict[str, str]:
    """What each field of the form is called."""
    head = {
        "text": _("Text"),
        "source": _("Reference of the message"),
        "received": _("Received on"),
        "scheme": _("Scheme of the grade"),
        "grade": _("Grade"),
        "handlingCode": _("Handling code"),
        "restrictions": _("Restrictions"),
    }
    one = {
        "id": _("Already in the file"),
        "kind": _("Kind"),
        "name": _("Name"),
        "birth": _("Date of birth"),
        "country": _("Country"),
        "number": _("Number"),
        "certainty": _("How sure"),
        "notes": _("Notes"),
        "since": _("Start date"),
        "until": _("End date"),
        "grade": _("Grade"),
    }
    parts = {"a": (_("First"), OF_END), "b": (_("Second"), OF_END), "l": (_("Between them"), OF_LINK)}
    return head | {
        f"{part}-{name}": f"{said}: {one[name]}" for part, (said, names) in parts.items() for name in names
    }
