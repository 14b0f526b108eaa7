"""Pages of blind referral: a company's reports, a bureau's offers, the secretariat's desk."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.access import may
from entente.core.problems import Fault, Faulty
from entente.desk import Desk
from entente.match.goods.taxonomy import TAXONOMY
from entente.rooms.bureaus import PRIVATE, directory
from entente.rooms.trends.referrals import consent, labels, offers, reviewing, service, shown, tables
from entente.rooms.trends.referrals import model as m
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.language import _
from entente.web.pages import render

router = APIRouter()
Field = Annotated[str, Form(max_length=4000)]
Given = Mapping[str, str]
F = TypeVar("F", bound=m.ReportForm)
BLANK: Given = dict.fromkeys((*tables.FIELDS, *labels.SORTS), "")


@router.get("/trends/referrals")
def home(request: Request, caller: AtPage, after: str = "", which: str = "waiting") -> Response:
    """What blind referral is to who looks: a company's reports, the desk's cases, a bureau's offers."""
    return _home(request, caller, after=after[:64], waiting=which != "other")


def _home(
    request: Request,
    caller: Caller,
    faults: Sequence[Fault] = (),
    seizure: str = "",
    after: str = "",
    waiting: bool = True,
) -> Response:
    with caller.at_own_desk("see") as desk:
        mine = directory(desk)[desk.asker.bureau]
        context: dict[str, Any] = {"company": mine.sort == PRIVATE, "desk": mine.secretariat}
        if mine.sort == PRIVATE:
            found, older = service.listed(desk, after)
            context |= {"rows": shown.rows(desk, found), "after": after, "older": older}
        else:
            context["offers"] = [shown.offer(desk, one) for one in offers.listed(desk)]
        if mine.secretariat:
            cases = reviewing.listed(desk, waiting)
            context |= {"cases": [shown.case_row(desk, one) for one in cases], "waiting": waiting}
        works = may(desk.asker, "refer")
    return render(
        request,
        "trends/referrals.html",
        status_code=422 if faults else 200,
        faults=faults,
        seizure=seizure,
        works=works,
        labels=labels,
        **context,
    )


# --- a company's reports -------------------------------------------------------------------------


@router.get("/trends/reports/new")
def blank(request: Request, caller: AtPage) -> Response:
    """An empty report."""
    return _form(request, caller, BLANK)


@router.post("/trends/reports")
async def contribute(request: Request, caller: AtPage) -> Response:
    """Keep a report."""
    given = _given(await request.form())
    try:
        with caller.at_own_desk("refer", writing=True) as desk:
            kept = service.contribute(desk, _contribution(given, m.Contribution, ref=given["ref"]))
    except Faulty as problem:
        return _form(request, caller, given, problem.faults)
    return RedirectResponse(f"/trends/reports/{kept.id}", status_code=303)


@router.post("/trends/reports/import")
async def load(request: Request, caller: AtPage) -> Response:
    """Keep a table of reports."""
    sent = await request.form()
    table = sent.get("table", "")
    text = table if isinstance(table, str) else ""
    try:
        form = validated(m.Table, table=text)
        with caller.at_own_desk("refer", writing=True) as desk:
            service.must_be_company(desk)
            service.contribute_all(desk, tables.read(form.table))
    except Faulty as problem:
        return _form(request, caller, BLANK, problem.faults, table=text)
    return RedirectResponse("/trends/referrals", status_code=303)


@router.get("/trends/reports/{id}")
def opened(request: Request, caller: AtPage, id: str) -> Response:
    """A company's report or a bureau's offer, and what the desk released of it."""
    return _opened(request, caller, id)


@router.get("/trends/reports/{id}/edit")
def edit(request: Request, caller: AtPage, id: str) -> Response:
    """A report, to be corrected."""
    with caller.at_own_desk("see") as desk:
        report = shown.whole(desk, service.opened(desk, id))
    sorts = {
        sort: "; ".join(one.value for one in report.identifiers if one.sort == sort) for sort in labels.SORTS
    }
    texts = {"sector": report.sector, "date": report.date, "goods": report.goods, "what": report.what}
    return _form(request, caller, {**BLANK, **texts, **sorts}, id=id, version=str(report.version))


@router.post("/trends/reports/{id}")
async def correct(request: Request, caller: AtPage, id: str) -> Response:
    """Keep it corrected."""
    sent = await request.form()
    given, version = _given(sent), str(sent.get("version", ""))
    try:
        with caller.at_own_desk("refer", writing=True) as desk:
            service.correct(desk, id, _contribution(given, m.Correction, version=version))
    except Faulty as problem:
        return _form(request, caller, given, problem.faults, id=id, version=version)
    return RedirectResponse(f"/trends/reports/{id}", status_code=303)


@router.post("/trends/reports/{id}/withdraw")
def withdraw(caller: AtPage, id: str, version: Field = "") -> Response:
    """Take a report, or an offer, back."""
    with caller.at_own_desk("refer", writing=True) as desk:
        if consent.side_of(desk, id).kind == offers.KIND:
            offers.withdraw(desk, id)
        else:
            service.withdraw(desk, id, int(version) if version.isascii() and version.isdecimal() else 0)
    return RedirectResponse("/trends/referrals", status_code=303)


@router.post("/trends/reports/{id}/consent")
def answer(request: Request, caller: AtPage, id: str, case: Field = "", answer: Field = "") -> Response:
    """Say whether one's side wants to be introduced."""
    try:
        form = validated(m.Answer, case=case, answer=answer)
        with caller.at_own_desk("refer", writing=True) as desk:
            consent.answer(desk, id, form)
    except Faulty as problem:
        return _opened(request, caller, id, problem.faults)
    return RedirectResponse(f"/trends/reports/{id}", status_code=303)


def _opened(request: Request, caller: Caller, id: str, faults: Sequence[Fault] = ()) -> Response:
    with caller.at_own_desk("see") as desk:
        thing = consent.side_of(desk, id)
        desk.note("see", object=id, what="report")
        is_offer = thing.kind == offers.KIND
        it = shown.offer(desk, thing) if is_offer else shown.whole(desk, thing)
        works = may(desk.asker, "refer")
    return render(
        request,
        "trends/referrals_report.html",
        status_code=422 if faults else 200,
        it=it,
        is_offer=is_offer,
        works=works,
        faults=faults,
        labels=labels,
    )


def _form(
    request: Request,
    caller: Caller,
    given: Given,
    faults: Sequence[Fault] = (),
    id: str = "",
    version: str = "",
    table: str = "",
) -> Response:
    with caller.at_own_desk("refer") as desk:
        service.must_be_company(desk)
        desk.note("see", what="report form")
        goods = _goods_choices(desk)
    return render(
        request,
        "trends/referrals_form.html",
        status_code=422 if faults else 200,
        given=given,
        faults=_by_field(given, faults),
        places={name: (f"f-{name}", label) for name, label in _labels().items()},
        goods=goods,
        id=id,
        version=version,
        table=table,
        columns=", ".join(tables.COLUMNS),
        labels=labels,
    )


def _goods_choices(_desk: Desk) -> list[tuple[str, str]]:
    """Goods down to the second level: what a company can tell."""
    return [(node.code, _(node.label)) for node in TAXONOMY if node.depth <= 1 and not node.gone]


def _labels() -> dict[str, str]:
    texts = {
        "sector": _("Industry"),
        "date": _("Date"),
        "goods": _("Goods"),
        "what": _("What happened"),
        "ref": _("Your reference"),
        "table": _("Table"),
    }
    return texts | {sort: _(label) for sort, label in labels.SORTS.items()}


def _given(sent: Mapping[str, object]) -> dict[str, str]:
    """What the form's fields said."""
    texts = {name: sent.get(name, "") for name in BLANK}
    return {name: text.strip() if isinstance(text, str) else "" for name, text in texts.items()}


def _identifiers(given: Given) -> list[dict[str, str]]:
    return [
        {"sort": sort, "value": value.strip()}
        for sort in labels.SORTS
        for value in given[sort].replace("\n", ";").split(";")
        if value.strip()
    ]


def _contribution(given: Given, schema: type[F], **more: str) -> F:
    texts = {name: given[name] for name in ("sector", "date", "goods", "what")}
    return validated(schema, **texts, identifiers=_identifiers(given), **more)


def _by_field(given: Given, faults: Sequence[Fault]) -> list[Fault]:
    """Faults of identifiers by the field of their sort."""
    sorts = [one["sort"] for one in _identifiers(given)]
    found = []
    for fault in faults:
        parts = fault.where.split("/")
        if (
            parts[0] == "identifiers"
            and len(parts) > 1
            and parts[1].isdecimal()
            and int(parts[1]) < len(sorts)
        ):
            found.append(Fault(sorts[int(parts[1])], fault.what, fault.do))
        else:
            found.append(fault)
    return found


# --- offers and the desk -------------------------------------------------------------------------


@router.post("/trends/offers")
def offer(request: Request, caller: AtPage, seizure: Field = "") -> Response:
    """Let a seizure be compared with companies' reports."""
    try:
        form = validated(m.OfferForm, seizure=seizure)
        with caller.at_own_desk("refer", writing=True) as desk:
            kept = offers.offer(desk, form)
    except Faulty as problem:
        return _home(request, caller, problem.faults, seizure)
    return RedirectResponse(f"/trends/reports/{kept.id}", status_code=303)


@router.get("/trends/referrals/{id}")
def case(request: Request, caller: AtPage, id: str) -> Response:
    """A case, for the secretariat's desk."""
    return _case(request, caller, id)


@router.post("/trends/referrals/{id}")
def step(
    request: Request, caller: AtPage, id: str, step: Field = "", why: Field = "", version: Field = ""
) -> Response:
    """Move a case along."""
    try:
        form = validated(m.StepForm, step=step, why=why, version=version)
        with caller.at_own_desk("refer", writing=True) as desk:
            reviewing.step(desk, id, form)
    except Faulty as problem:
        return _case(request, caller, id, problem.faults, why)
    return RedirectResponse(f"/trends/referrals/{id}", status_code=303)


def _case(request: Request, caller: Caller, id: str, faults: Sequence[Fault] = (), why: str = "") -> Response:
    with caller.at_own_desk("see") as desk:
        it = shown.case(desk, reviewing.opened(desk, id))
    return render(
        request,
        "trends/referrals_case.html",
        status_code=422 if faults else 200,
        it=it,
        faults=faults,
        places={"why": ("f-why", _("Why")), "step": ("", _("Step"))},
        why=why,
        labels=labels,
    )
