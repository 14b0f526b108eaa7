"""A message's own page, and what is done there: answer its questions, cancel one's own request."""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from entente.core.problems import Fault, Faulty, Locked
from entente.desk import Desk
from entente.rooms.bureaus import held, unlock
from entente.rooms.messages import model, reading, service, showing
from entente.rooms.messages.api import CancellationForm
from entente.rooms.messages.writing import (
    AGAIN,
    CHANGED,
    NO_KEY,
    following,
    kept_files,
    posted,
    text,
    texts,
    uploaded,
)
from entente.web.callers import Caller
from entente.web.forms import at, validated
from entente.web.language import LANGUAGES, N_, _, current
from entente.web.pages import render

router = APIRouter()
Given = dict[str, Any]
"""What an answer's form says: text by field, `attachments`, and by question number `how`, `text`, `until`."""
NONE = Fault("answers", N_("Nothing is answered"), N_("Answer at least one question."))
UNSAID = N_("You wrote something here: choose what it is")
WHICH = N_("Answer, refusal or a time; or empty it.")
WHEN = N_("Choose a day and a time")


def page(
    request: Request,
    caller: Caller,
    id: str,
    given: Given | None = None,
    faults: Sequence[Fault] = (),
    sent: bool = False,
) -> Response:
    """A message; the first time the addressed bureau opens it, it signs that it did."""
    shown = _shown(caller, id, given or {}, faults)
    if shown["unopened"]:
        shown = _shown(caller, id, given or {}, faults, shown["unopened"])
    return render(
        request,
        "messages/message.html",
        status_code=422 if faults else 200,
        faults=[CHANGED if f.what == AGAIN else f for f in faults],
        places=_places(faults, {q["number"] for q in shown["open_questions"]}),
        tongues=list(LANGUAGES.items()),
        sent=sent and shown["box"] == "out",
        **shown,
    )


def _shown(
    caller: Caller, id: str, given: Given, faults: Sequence[Fault], unopened: Sequence[str] = ()
) -> dict[str, Any]:
    with caller.at_own_desk("message", writing=bool(unopened)) as desk:
        keyring = held(desk, caller)
        if keyring:
            for one in unopened:
                reading.mark_opened(desk, keyring, one)
        said = {"text": "", "case": "", "reason": "", "language": current(), "ref": "", "by_question": {}}
        said |= given
        if not said["ref"] or at(faults, "ref"):
            said["ref"] = desk.house.ids.fresh()
        files = kept_files(desk, keyring, given.get("attachments", ()))
        shown = showing.opened(desk, keyring, id)
        shown |= {"given_answer": said, "files": files, "unsent": _unsent(desk, shown, given)}
        return shown | {"seen": showing.state_of(shown["message"])}


def _unsent(desk: Desk, shown: Mapping[str, Any], given: Given) -> Given | None:
    """What was typed for questions that were closed meanwhile (answered by a colleague, cancelled), as a
    message in the thread: nothing of it can be sent as an answer any more, and nothing of it may be lost."""
    still = {q["number"] for q in shown["open_questions"]}
    asked = {q["number"]: q["text"] for q in shown["questions"]}
    lines = []
    for number, said in given.get("by_question", {}).items():
        typed = [said["text"], f"{said['until']} UTC" if said["until"] else ""]
        if number not in still and any(typed):
            about = asked.get(number) or _("Question %(number)s", number=number)
            lines.append("\n".join([f"{number}. {about}", *filter(None, typed)]))
    if not still and given.get("by_question"):
        lines += filter(None, [given["text"]])
    if not lines and (still or not given.get("attachments")):
        return None
    follows = following(shown["message"])
    follows |= {"case": given.get("case") or follows["case"], "language": given["language"] or current()}
    return follows | {"text": "\n\n".join(lines), "ref": desk.house.ids.fresh()}


@router.post("/messages/{id}/answers")
async def answer(request: Request, id: str) -> Response:
    """Read the form with its files, then answer in a thread."""
    return await posted(request, lambda request, caller, form: _answer(request, caller, form, id))


def _answer(request: Request, caller: Caller, form: FormData, id: str) -> Response:
    fresh, faults = uploaded(caller, form)
    given: Given = {name: text(form, name) for name in ("text", "case", "language", "ref")}
    given["attachments"] = texts(form, "attachments") + fresh
    given["by_question"] = {
        number: {part: text(form, f"{part}-{number}") for part in ("how", "text", "until")}
        for number in range(1, model.MOST_QUESTIONS + 1)
    }
    chosen = {number: said for number, said in given["by_question"].items() if said["how"]}
    unsaid = _unsaid(given["by_question"])
    faults += unsaid
    try:
        if not chosen:
            raise Faulty(faults=tuple(unsaid) or (NONE,))
        said = validated(
            model.AnswerForm,
            answers=[
                {"question": number, **said, "until": _utc(said["until"])} for number, said in chosen.items()
            ],
            **{name: value for name, value in given.items() if name != "by_question" and value},
        )
        with caller.at_own_desk("message", writing=True) as desk:
            service.answer(desk, unlock(desk, caller), id, said, caller.officer.name)
            if faults:
                raise Faulty(faults=tuple(faults))  # never without a chosen file or a typed text
    except Faulty as problem:
        faults += [f for f in _by_question(problem.faults, chosen) if f not in faults]
    except Locked:
        faults.append(NO_KEY)
    again = fresh and not unsaid and at(faults, "ref")  # a second click uploads its files anew: it was sent
    if faults and not again:
        return page(request, caller, id, given, faults)
    return RedirectResponse(f"/messages/{id}", status_code=303)


def _utc(local: str) -> str:
    """What a field for date and time says, in UTC as its label states; what it does not is a fault later."""
    return f"{local}:00+00:00" if len(local) == len("2026-01-31T14:00") else local


def _unsaid(by_question: Mapping[int, Mapping[str, str]]) -> list[Fault]:
    """Of each question that says “not now” and yet something: it must not be dropped without a word."""
    some = [n for n, said in by_question.items() if not said["how"] and (said["text"] or said["until"])]
    return [Fault(f"answers/{number}", UNSAID, WHICH) for number in some]


def _by_question(faults: Sequence[Fault], chosen: Mapping[int, Mapping[str, str]]) -> list[Fault]:
    """Faults of the answers in the order they were given, at the numbers of their questions."""
    found = []
    numbers = list(chosen)
    for fault in faults:
        first, *rest = fault.where.split("/")
        if first == "answers" and rest and rest[0].isdecimal() and int(rest[0]) < len(numbers):
            number = numbers[int(rest[0])]
            where = "/".join([first, str(number), *rest[1:]])
            empty = rest[1:] == ["until"] and not chosen[number]["until"]
            found.append(Fault(where, WHEN, "") if empty else Fault(where, fault.what, fault.do))
        else:
            found.append(fault)
    return found


def _places(faults: Sequence[Fault], still: Set[int]) -> dict[str, tuple[str, str]]:
    fields = {
        "answers": ("answer", _("Questions")),
        "parent": ("answer", _("Questions")),
        "text": ("f-text", _("What you say besides")),
        "case": ("f-case", _("Your case reference")),
        "attachment": ("f-files", _("Attachments")),
        "attachments": ("f-files", _("Attachments")),
        "ref": ("f-send", _("Send")),
        "key": ("f-send", _("Send")),
        "request": ("f-reason", _("Reason")),
        "reason": ("f-reason", _("Reason")),
    }
    found = {}
    for fault in faults:
        first, _slash, rest = fault.where.partition("/")
        number = rest.partition("/")[0]
        if first == "answers" and number.isdecimal():
            place = f"a-{number}" if int(number) in still else "unsent"
            found[f"answers/{number}"] = (place, _("Question %(number)s", number=number))
        elif first in fields:
            found["/".join(fault.where.split("/")[:2])] = fields[first]
    return found


@router.post("/messages/{id}/cancel")
async def cancel(request: Request, id: str) -> Response:
    """Read the form, then cancel one's own request in a thread."""
    return await posted(request, lambda request, caller, form: _cancel(request, caller, form, id))


def _cancel(request: Request, caller: Caller, form: FormData, id: str) -> Response:
    given = {"reason": text(form, "reason")}
    try:
        reason = validated(CancellationForm, reason=given["reason"]).reason
        with caller.at_own_desk("message", writing=True) as desk:
            service.cancel(desk, unlock(desk, caller), id, reason, caller.officer.name)
    except Faulty as problem:
        if all(f.what != AGAIN for f in problem.faults):  # it is cancelled already, for whatever reason
            return page(request, caller, id, given, problem.faults)
    return RedirectResponse(f"/messages/{id}", status_code=303)
