"""What all pages share: layout, language, guards, problems, static files.

`install(app, limits)` is called once by `entente.app`, after its own routes; it adds, in order, the
exception handlers (`problems`), `/static`, `POST /preferences` (language, theme), and the middleware
`Language` (outermost) around `Guards`. After that:

`pages.render(request, name, *, status_code=200, headers=None, **context) -> HTMLResponse`
    renders `web/templates/<name>` or `rooms/<room>/templates/<room>/<file>` (name "<room>/<file>").
    Every template has a comment at its top that states its context; what is missing there raises.
    It reads `request.state.me` (None, or an object with .name .bureau .roles, roles being slugs) and
    `request.state.inquiry` (None, or an object with .purpose (slug) and .justification).
`language._(text, **values)` / `language.current()` / `language.speaking("fr")`
    translate into the language of this request (set before any handler runs, also in its thread).
`words.PURPOSES, LEVELS, STATUSES, ROLES, VERDICTS, HITS, ACTS, SAID, HINTS, …` slug -> English label;
    `words.label(table, slug)` and `words.choices(table, slugs=None)` give them translated, and
    `words.rule(slug)` says a rule of a score. Labels of kinds are translated by `_` (catalogues.py).
`formats.value(text, type)` (filter `value`) writes a property's value as its type is read.
`forms.validated(schema, **values)` raises Faulty; `forms.at(faults, place)` (filter `at`): what is wrong.
`problems.answer(request, problem) -> Response`
    problem+json for /api/ and for callers that accept only JSON; a page otherwise; a fragment for htmx.
    Raise a `core.problems.Problem` anywhere: it becomes this answer. A problem with an attribute
    `retry_after` (seconds) sends it as Retry-After.
`guards.Guards`  security headers on every answer, same-origin rule, size and depth of bodies.

Addresses that the templates link or post to (forms are urlencoded; `back` is always a path here):
    GET /  POST /search  POST /search/{id}/verdicts (record, verdict, urgent)
    POST /inquiry (purpose, justification, back)
    GET /inbox (?sent=yes)  GET /inbox/part (the same, without the frame)  POST /alerts/{id}/note
    GET /messages (?box=out, words, bureau, urgency, state, after)  GET /messages/drafts
    GET+POST /messages/new (?to, group, template, reply_to, draft, like)  GET /messages/{id}
    POST /messages/{id}/answers  POST /messages/{id}/cancel  GET /messages/{id}/attachments/{number}
    POST /messages/drafts/{id}/discard
    GET /hits/{id}  POST /hits/{id}/answer (outcome: confirmed|denied, note)
    GET /contribute  GET+POST /contribute/{kind}  GET /records (mine; ?kind, ?expires)
    GET /records/{id} (?search: by which it was found)  GET /records/{id}/versions
    GET+POST /records/{id}/correct
    GET+POST /records/{id}/handling  POST /records/{id}/withdraw (reason)
    POST /records/{id}/keep (expires, reason)
    GET /problems
    GET+POST /sign-in  GET+POST /sign-in/link/{token}  POST /sign-out  GET /me
    POST /me/password  POST /me/passkeys/{id}/remove  POST /me/sessions/{id}/end
    GET+POST /officers  GET+POST /officers/{id}  POST /officers/{id}/link
    GET+POST /bureaus  GET+POST /keys  POST /keys/{id}/revoke  GET /journal (?after, ?object)
    JSON: POST /sign-in/passkey/options, /sign-in/passkey/verify, /me/passkeys/options, /me/passkeys/verify
"""

from collections.abc import Mapping

from fastapi import FastAPI
from starlette.formparsers import MultiPartParser

from entente.web import health, preferences, problems
from entente.web.guards import ONE_MIB, Guards
from entente.web.language import Language
from entente.web.statics import Statics

__all__ = ["install"]


def install(app: FastAPI, limits: Mapping[str, int] | None = None) -> None:
    """Give the application everything its pages share.

    `limits`: path prefix to the largest body in bytes; the longest prefix that fits wins, 1 MiB otherwise.
    """
    # What somebody uploads waits in memory, whose size the guards bound: never in clear in a temporary file.
    MultiPartParser.spool_max_size = max([ONE_MIB, *(limits or {}).values()])
    problems.install(app)
    app.include_router(preferences.router)
    app.include_router(health.router)
    app.mount("/static", Statics(), name="static")
    app.add_middleware(Guards, limits={"": ONE_MIB} | dict(limits or {}))
    app.add_middleware(Language)
