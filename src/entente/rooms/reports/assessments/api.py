"""Threat assessments over HTTP: schemes, drafts, seats, blind scores, reviews, results."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from entente.rooms.publications import model as p
from entente.rooms.reports.assessments import keeping, publishing, schemes, scoring, shown, steps
from entente.rooms.reports.assessments import model as m
from entente.rooms.reports.assessments import publishing_model as pub
from entente.rooms.reports.assessments import shown_model as out
from entente.web.callers import AtDoor

router = APIRouter(prefix="/api/v1/assessments", tags=["assessments"])
Id = Annotated[str, Path(max_length=64)]
Code = Annotated[str, Path(max_length=40)]


@router.get("")
def listed(caller: AtDoor) -> list[out.Row]:
    """Threat assessments that you may see, newest change first."""
    with caller.at_assessments("see") as desk:
        desk.note("see", what="threat assessments")
        return shown.rows(desk)


@router.post("", status_code=201)
def begin(caller: AtDoor, form: m.AssessmentForm) -> out.AssessmentOut:
    """Begin a threat assessment: a draft, which your bureau alone reads."""
    with caller.at_assessments("assess", writing=True) as desk:
        return shown.whole(desk, keeping.draft(desk, form))


@router.get("/schemes")
def scheme_list(caller: AtDoor) -> list[out.SchemeOut]:
    """Schemes of indicators: those built in, and your bureau's own."""
    with caller.at_assessments("see") as desk:
        desk.note("see", what="schemes of indicators")
        return shown.scheme_list(desk)


@router.post("/schemes", status_code=201)
def keep_scheme(caller: AtDoor, form: m.SchemeForm) -> list[out.SchemeOut]:
    """Keep a scheme of your bureau's own."""
    with caller.at_assessments("assess", writing=True) as desk:
        kept = schemes.keep(desk, form)
        return [one for one in shown.scheme_list(desk) if one.slug == kept.slug]


@router.delete("/schemes/{id}", status_code=204)
def discard_scheme(caller: AtDoor, id: Id) -> Response:
    """Throw away a scheme of your bureau's own; assessments keep their copies."""
    with caller.at_assessments("assess", writing=True) as desk:
        schemes.discard(desk, id)
    return Response(status_code=204)


@router.get("/{id}")
def opened(caller: AtDoor, id: Id) -> out.AssessmentOut:
    """One threat assessment, with its results as far as you may read them."""
    with caller.at_assessments("see") as desk:
        it = keeping.look(desk, id)
        desk.note("see", object=id)
        return shown.whole(desk, it)


@router.put("/{id}")
def edit(caller: AtDoor, id: Id, given: m.AssessmentEdit) -> out.AssessmentOut:
    """Your draft anew."""
    with caller.at_assessments("assess", writing=True) as desk:
        return shown.whole(desk, keeping.edit(desk, id, given))


@router.delete("/{id}", status_code=204)
def discard(caller: AtDoor, id: Id, asked: Annotated[m.Versioned, Query()]) -> Response:
    """Throw away a draft."""
    with caller.at_assessments("assess", writing=True) as desk:
        keeping.discard(desk, id, asked.version)
    return Response(status_code=204)


@router.post("/{id}/steps")
def step(caller: AtDoor, id: Id, given: m.StepForm) -> out.AssessmentOut:
    """Open it for scoring, lock it, withdraw it."""
    with caller.at_assessments("assess", writing=True) as desk:
        return shown.whole(desk, steps.step(desk, id, given))


@router.post("/{id}/places/{place}/seats")
def take(caller: AtDoor, id: Id, place: Code, given: m.SeatForm) -> out.AssessmentOut:
    """Take a seat that is your bureau's, in person; nobody has two of one place."""
    with caller.at_assessments("assess", writing=True) as desk:
        return shown.whole(desk, scoring.take(desk, id, place, given))


@router.put("/{id}/places/{place}/third")
def name_third(caller: AtDoor, id: Id, place: Code, given: m.ThirdForm) -> out.AssessmentOut:
    """Name the bureau that scores what the first two disagree on."""
    with caller.at_assessments("assess", writing=True) as desk:
        return shown.whole(desk, scoring.name_third(desk, id, place, given))


@router.get("/{id}/places/{place}/scores")
def own_scores(caller: AtDoor, id: Id, place: Code, asked: Annotated[m.SeatForm, Query()]) -> out.SheetOut:
    """Your own sheet of a seat that you hold."""
    with caller.at_assessments("assess") as desk:
        it = keeping.look(desk, id)
        found = shown.sheet(desk, it, keeping.place_of(it, place), asked.seat)
        desk.note("see", object=id, what="own scores", place=place)
        return found


@router.put("/{id}/places/{place}/scores")
def score(caller: AtDoor, id: Id, place: Code, given: m.ScoresForm) -> out.SheetOut:
    """Write your scores of a place, and hand them in."""
    with caller.at_assessments("assess", writing=True) as desk:
        it = scoring.score(desk, id, place, given)
        return shown.sheet(desk, it, it.places[place], given.seat)


@router.post("/{id}/places/{place}/review")
def review(caller: AtDoor, id: Id, place: Code, given: m.ReviewForm) -> out.AssessmentOut:
    """The regional review of a place, by nobody who scored it."""
    with caller.at_assessments("assess", writing=True) as desk:
        return shown.whole(desk, scoring.review(desk, id, place, given))


# --- publication ---------------------------------------------------------------------------------------


@router.get("/{id}/publications")
def publications(caller: AtDoor, id: Id) -> list[pub.PublicationOut]:
    """What your bureau prepared and published of an assessment, and who has read it."""
    with caller.at_assessments("see") as desk:
        desk.note("see", object=id, what="publications")
        return publishing.listed(desk, id)


@router.post("/{id}/publications", status_code=201)
def prepare(caller: AtDoor, id: Id, form: pub.PrepareForm) -> list[pub.PublicationOut]:
    """Prepare an edition of a locked assessment; another supervisor decides on it."""
    with caller.at_assessments("assess", writing=True) as desk:
        publishing.prepare(desk, id, form)
        return publishing.listed(desk, id)


@router.get("/{id}/publications/{publication}/check")
def check(caller: AtDoor, id: Id, publication: Id) -> p.Checked:
    """May each recipient read each record that it rests on?"""
    with caller.at_assessments("see") as desk:
        desk.note("see", object=publication, what="release check")
        return publishing.check(desk, id, publication)


@router.post("/{id}/publications/{publication}/decide")
def decide(caller: AtDoor, id: Id, publication: Id, given: pub.DecideForm) -> list[pub.PublicationOut]:
    """Publish it, or send it back: a supervisor who did not prepare it, in person."""
    with caller.at_assessments("publish", writing=True) as desk:
        publishing.decide(desk, id, publication, given)
        return publishing.listed(desk, id)


@router.post("/{id}/publications/{publication}/withdraw")
def withdraw(caller: AtDoor, id: Id, publication: Id, given: p.Why) -> list[pub.PublicationOut]:
    """Take it back; all who had it are told why."""
    with caller.at_assessments("publish", writing=True) as desk:
        publishing.withdraw(desk, id, publication, given.why)
        return publishing.listed(desk, id)
