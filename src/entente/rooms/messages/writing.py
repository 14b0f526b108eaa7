"""The page on which a message is written. Whatever is wrong, nothing typed or uploaded is lost."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from entente.core.access import Level
from entente.core.problems import Absent, Fault, Faulty, Locked, TooLarge
from entente.desk import Desk
from entente.rooms.bureaus import Keyring, current_key, directory, groups, held, unlock
from entente.rooms.messages import (
    attachments,
    copies,
    drafts,
    model,
    reading,
    service,
    showing,
    standard,
    wording,
)
from entente.rooms.messages.delivering import message_id
from entente.rooms.messages.envelope import Content
from entente.web import words
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import at, validated
from entente.web.language import LANGUAGES, N_, _, current
from entente.web.pages import render

router = APIRouter()
Given = dict[str, Any]
"""What a form says: text by field, and lists of text of `to`, `questions`, `attachments`."""
EMPTY_QUESTIONS = 3
MOST_PARTS = 200
LISTS = ("to", "questions", "attachments")
TEXTS = tuple(name for name in model.MessageForm.model_fields if name not in LISTS)
NO_KEY = Fault("key", N_("Your session does not open your bureau's key any more"), N_("Sign in again."))
GONE = Fault("group", N_("This group or thread is not here for you"), N_("Choose another."))
AGAIN = "You sent another message with this reference"
CHANGED = Fault(
    "ref",
    N_("You sent this form before, and what you changed since was not sent"),
    N_("Send it once more to send it as a second message."),
)


@router.get("/messages/new")
def blank(
    request: Request,
    caller: AtPage,
    to: Annotated[list[str] | None, Query()] = None,
    group: str = "",
    template: str = "",
    reply_to: str = "",
    draft: str = "",
    like: str = "",
) -> Response:
    """A message to be written: blank, from a draft, in a thread, from a standard request or like another."""
    with caller.at_own_desk("message") as desk:
        keyring = unlock(desk, caller)
        given: Given = {**dict.fromkeys(TEXTS, ""), "to": to or [], "questions": [], "attachments": []}
        given |= {"kind": "request", "urgency": "routine", "level": "official", "language": current()}
        if draft:
            given |= drafts.one(desk, keyring, draft).draft.model_dump() | {"draft": draft}
        elif reply_to:
            given |= following(reading.one(desk, keyring, reply_to))
        elif like:
            said = reading.one(desk, keyring, like).model_dump()
            alike = ("subject", "text", "urgency", "level", "language", "questions", "template")
            given |= {name: said[name] for name in alike} | {"kind": _kind(said["type"])}
        given["group"] = group or given["group"]
        given["ref"] = desk.house.ids.fresh()
        _fill(given, template)
        desk.note("see", what="a form")
    return _form(request, caller, given)


def _kind(type: str) -> str:
    return type if type == "request" else "information"


def following(before: model.Message) -> Given:
    """The next message of a thread: to those on the other side, under both sides' references."""
    inward = before.box == "in"
    return {
        "reply_to": before.id,
        "to": [before.sender] if inward else list(before.to),
        "group": before.group,
        "kind": "information",
        "subject": before.subject,
        "case": before.their_case if inward else before.case,
        "their_case": before.case if inward else before.their_case,
        "urgency": before.urgency,
        "level": before.level,
    }


def _fill(given: Given, slug: str) -> None:
    """Add the questions of a standard request, in the reader's language."""
    chosen = standard.one(slug)
    if chosen:
        given["questions"] = [q for q in given["questions"] if q.strip()]
        given["questions"] += [q for q in chosen.questions if q not in given["questions"]]
        given |= {"kind": "request", "template": slug, "language": current()}
        given["subject"] = given["subject"] or chosen.name


@router.post("/messages/new")
async def write(request: Request) -> Response:
    """Read the form with its files, then send, keep or fill it in a thread."""
    return await posted(request, _write)


async def posted(request: Request, work: Callable[[Request, Caller, FormData], Response]) -> Response:
    """Read a form that may carry files, and work on it in a thread; whoever is unknown sends none."""
    caller = await at_page(request)
    await run_in_threadpool(caller.must_be_known)
    async with request.form(max_files=model.MOST_ATTACHMENTS, max_fields=MOST_PARTS) as form:
        return await run_in_threadpool(work, request, caller, form)


def _write(request: Request, caller: Caller, form: FormData) -> Response:
    given: Given = {name: text(form, name) for name in TEXTS} | {name: texts(form, name) for name in LISTS}
    do = text(form, "do")
    fresh, faults = uploaded(caller, form)
    given["attachments"] += fresh
    if do not in ("send", "draft"):
        chosen = text(form, "standard")
        _fill(given, chosen)
        return _form(request, caller, given, faults, more=not chosen)
    try:
        given["questions"] = [q for q in given["questions"] if q.strip()]
        draft = validated(model.MessageForm, **given)
        with caller.at_own_desk("message", writing=True) as desk:
            url = _kept(desk, unlock(desk, caller), caller, draft, do)
            if faults:
                raise Faulty(faults=tuple(faults))  # never without a file that was chosen
    except Faulty as problem:
        faults += [f for f in problem.faults if f not in faults]
    except Locked:
        faults.append(NO_KEY)
    except Absent:
        faults.append(GONE)
    else:
        return RedirectResponse(url, status_code=303)
    before = sent_before(caller, given, fresh) if do == "send" else ""
    return RedirectResponse(before, status_code=303) if before else _form(request, caller, given, faults)


def _kept(desk: Desk, keyring: Keyring, caller: Caller, draft: model.MessageForm, do: str) -> str:
    """Send or keep, and say where it is then. A draft that is gone by now was sent, or is kept anew."""
    standing = draft.draft if desk.look_all([draft.draft]) else ""
    if do == "draft":
        drafts.keep(desk, keyring, draft.model_copy(update={"draft": ""}), standing)
        return "/messages/drafts"
    sent = service.send(desk, keyring, draft.model_copy(update={"draft": standing}), caller.officer.name)
    return f"/messages/{sent.id}?sent=yes"


# --- files ---------------------------------------------------------------------------------------


def uploaded(caller: Caller, form: FormData) -> tuple[list[str], list[Fault]]:
    """Keep the files of a form, encrypted, and give their ids; what may not be sent is a fault."""
    faults: list[Fault] = []
    good: list[tuple[str, bytes]] = []
    for file in form.getlist("files"):
        if not isinstance(file, UploadFile) or not file.filename:
            continue
        data = file.file.read(attachments.LARGEST + 1)
        try:
            attachments.examined(file.filename, data)
            good.append((file.filename, data))
        except Faulty as problem:
            faults += problem.faults
        except TooLarge:
            what = f"“{file.filename[:200]}” is larger than {attachments.LARGEST // 2**20} MiB"
            faults.append(Fault("attachment", what, "Send it in parts."))
    if not good:
        return [], faults
    try:
        with caller.at_own_desk("message", writing=True) as desk:
            keyring = unlock(desk, caller)
            return [attachments.upload(desk, keyring, name, data).id for name, data in good], faults
    except Locked:
        return [], [*faults, NO_KEY]


def sent_before(caller: Caller, given: Given, fresh: Sequence[str]) -> str:
    """Where the message is that this form was sent as before, when it is the same but for its files being
    uploaded anew: a second click must not look like a fault."""
    with caller.at_own_desk("message") as desk:
        desk.note("see", what="a form")
        keyring = held(desk, caller)
        id = message_id(desk, desk.asker.bureau, given["ref"])
        copy = copies.copy_of(desk, desk.asker.bureau, id) if given["ref"] and fresh else None
        content = reading.content_of(copy, keyring) if copy else None
        if copy is None or content is None or keyring is None:
            return ""
        files, _faults = attachments.taken(
            desk, keyring, given["attachments"], drafts.attachments_of(desk, keyring, given["draft"])
        )
        now = [(f.named["name"], f.named["size"]) for f in files]
        then = [(a["name"], a["size"]) for a in content.attachments]
        same = now == then and _said(content) == (given["subject"], given["text"], given["questions"])
        return f"/messages/{copy.message}" if same and list(copy.header.to) == given["to"] else ""


def _said(content: Content) -> tuple[str, str, list[str]]:
    return content.subject, content.text, list(content.questions)


def kept_files(desk: Desk, keyring: Keyring | None, ids: Sequence[str], draft: str = "") -> list[Given]:
    """The uploads a form carries, by name and size; `draft`: the one it is made of, a colleague's perhaps."""
    found = []
    shared = drafts.attachments_of(desk, keyring, draft) if keyring and draft else ()
    for id in ids:
        files = attachments.taken(desk, keyring, [id], shared)[0] if keyring else []
        found += [{"id": id, "name": f.named["name"], "size": f.named["size"]} for f in files]
    return found


# --- forms ---------------------------------------------------------------------------------------


def text(form: Mapping[str, Any], name: str) -> str:
    """A field's text; line ends as people mean them, whatever a browser sends."""
    value = form.get(name, "")
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def texts(form: FormData, name: str) -> list[str]:
    return [v.replace("\r\n", "\n").strip() for v in form.getlist(name) if isinstance(v, str)]


def levels(caller: Caller) -> list[tuple[str, str]]:
    """The levels an officer may give."""
    allowed = [level.name.lower() for level in Level if level <= caller.officer.clearance]
    return words.choices(words.LEVELS, allowed)


def _form(
    request: Request, caller: Caller, given: Given, faults: Sequence[Fault] = (), more: bool = False
) -> Response:
    """The form with what was typed, every fault at its field."""
    with caller.at_own_desk("message") as desk:
        desk.note("see", what="a form")
        keyring = held(desk, caller)
        known = directory(desk)
        able = [b.code for b in known.values() if current_key(desk, b.number)]
        offered = showing.recipients(desk, able)
        mine = [(g.id, g.name) for g in groups(desk)]
        files = kept_files(desk, keyring, given["attachments"], given["draft"])
        if at(faults, "ref"):
            given = given | {"ref": desk.house.ids.fresh()}
            faults = [CHANGED if f.what == AGAIN else f for f in faults]
    empty = max(EMPTY_QUESTIONS - len(given["questions"]), 2 if more else 1)
    return render(
        request,
        "messages/new.html",
        status_code=422 if faults else 200,
        given=given,
        questions=[*given["questions"], *[""] * empty][: model.MOST_QUESTIONS],
        faults=faults,
        places=_places(faults),
        bureaus=offered,
        groups=mine,
        files=files,
        urgencies=[
            (slug, said, words.label(wording.WITHIN, slug), words.label(wording.MEANINGS, slug))
            for slug, said in words.choices(wording.URGENCIES)
        ],
        standards=[(s.slug, s.name) for s in standard.every()],
        levels=levels(caller),
        tongues=list(LANGUAGES.items()),
    )


def _places(faults: Sequence[Fault]) -> dict[str, tuple[str, str]]:
    """Where a fault stands, as (id, label) of its field."""
    fields = {
        "to": ("f-to", _("Recipients")),
        "group": ("f-group", _("Working group")),
        "subject": ("f-subject", _("Subject")),
        "text": ("f-text", _("Text")),
        "case": ("f-case", _("Your case reference")),
        "their_case": ("f-their_case", _("Their case reference")),
        "urgency": ("f-urgency", _("Urgency")),
        "level": ("f-level", _("Level")),
        "questions": ("q-1", _("Questions")),
        "attachments": ("f-files", _("Attachments")),
        "attachment": ("f-files", _("Attachments")),
        "ref": ("f-send", _("Send")),
        "key": ("f-send", _("Send")),
    }
    found = {}
    for fault in faults:
        first, _slash, rest = fault.where.partition("/")
        number = rest.partition("/")[0]
        if first == "questions" and number.isdecimal():
            label = _("Question %(number)s", number=int(number) + 1)
            found[f"questions/{number}"] = (f"q-{int(number) + 1}", label)
        elif first in fields:
            found["/".join(fault.where.split("/")[:2])] = fields[first]
    return found
