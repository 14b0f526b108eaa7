"""Problems as answers: RFC 9457 JSON for machines, a page in the reader's language for people."""

import json
from collections.abc import Mapping, Sequence
from traceback import format_tb
from typing import Any
from uuid import uuid4

import structlog
from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from entente.core import problems as known
from entente.core.problems import (
    Absent,
    Fault,
    Faulty,
    NotSignedIn,
    Problem,
    TooLarge,
    Unreadable,
)
from entente.web import words
from entente.web.faults import saying
from entente.web.pages import render

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 60
_LONGEST_PLACE = 200
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_BY_STATUS: dict[int, type[Problem]] = {
    400: Unreadable,
    401: NotSignedIn,
    403: known.NotAllowed,
    404: Absent,
    405: known.NotSupported,
    409: known.OutOfDate,
    413: TooLarge,
    415: Unreadable,
    422: Faulty,
    429: known.TooMany,
    503: known.Unavailable,
}

router = APIRouter()
log = structlog.get_logger("entente.web")


def install(app: FastAPI) -> None:
    """Turn every exception a handler may raise into an answer (what is unexpected, `Guards` catches)."""
    app.include_router(router)
    app.add_exception_handler(Problem, _told)
    app.add_exception_handler(RequestValidationError, _told)
    app.add_exception_handler(HTTPException, _told)
    describe(app)


@router.get("/problems", include_in_schema=False)
def every_problem(request: Request) -> Response:
    """Every problem and what to do: where a problem's `type` leads. For everybody, signed in or not."""
    every: list[type[Problem]] = [Problem, *Problem.__subclasses__()]
    listed = [(p.slug(), p.status, p.title, p.do) for p in every]
    return render(request, "problems.html", problems=listed)


async def _told(request: Request, error: Exception) -> Response:
    told = answer(request, of(error))
    if told.status_code == 405:
        told.headers["Allow"] = ", ".join(_allowed(request))
    return told


def _allowed(request: Request) -> list[str]:
    """The methods of this address; the framework knows those of the first route that fits alone."""
    at = {name: request.scope[name] for name in ("type", "path", "root_path")}
    routes = request.app.routes
    return [m for m in _METHODS if any(r.matches(at | {"method": m})[0] is Match.FULL for r in routes)]


def describe(app: FastAPI) -> None:
    """Let the API's description say, of every operation, which problems it may answer with."""
    without = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema:
            return app.openapi_schema
        written = without()
        told = {str(status): problem for status, problem in _BY_STATUS.items() if status != 415}
        for operation in (o for path in written["paths"].values() for o in path.values()):
            refs = {s: {"$ref": f"#/components/responses/{p.__name__}"} for s, p in told.items()}
            operation["responses"] = operation["responses"] | refs
        known = written.setdefault("components", {})
        schemas = known.setdefault("schemas", {})
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        schemas |= _SCHEMAS
        known["responses"] = {p.__name__: _described(p) for p in told.values()}
        known["securitySchemes"] = {
            "key": {"type": "http", "scheme": "bearer", "description": "A machine's key"},
            "session": {"type": "apiKey", "in": "cookie", "name": "entente"},
        }
        written["security"] = [{"key": []}, {"session": []}]
        return written

    app.openapi = openapi  # type: ignore[method-assign]


def _described(problem: type[Problem]) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    described: dict[str, Any] = {"description": f"{problem.title}. {problem.do}", "content": content}
    if issubclass(problem, known.TooMany | known.Unavailable):
        seconds = {"description": "Seconds to wait", "schema": {"type": "integer", "minimum": 1}}
        described["headers"] = {"Retry-After": seconds}
    return described


def _texts(*names: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(names),
        "properties": {name: {"type": "string"} for name in names},
    }


_SCHEMAS: Mapping[str, Any] = {
    "Fault": _texts("where", "what", "do") | {"description": "One thing wrong in an input."},
    "Problem": {
        "description": "What a caller is told when something cannot be done (RFC 9457).",
        "type": "object",
        "required": ["type", "title", "status", "detail", "do", "faults"],
        "properties": {
            **_texts("type", "title", "detail", "do")["properties"],
            "status": {"type": "integer"},
            "faults": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
        },
    },
}


def of(error: Exception) -> Problem:
    """The problem that an exception of the framework stands for."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, RequestValidationError):
        return of_faults(error.errors())
    if isinstance(error, HTTPException):
        return _BY_STATUS.get(error.status_code, Problem)()
    return unexpected(error)


def of_faults(errors: Sequence[Any]) -> Problem:
    """pydantic's errors as faults, never with the input itself."""
    faults = tuple(Fault(_place(e["loc"]), *saying(e)) for e in errors)
    unread = any(e["type"] == "json_invalid" for e in errors)
    return Unreadable(faults=faults) if unread else Faulty(faults=faults)


def _place(loc: Sequence[str | int]) -> str:
    """("body", "born", 0) -> "/born/0"; ("query", "limit") -> "query/limit"."""
    first, *rest = [str(part) for part in loc] or ["body"]
    return ("/".join(["" if first == "body" else first, *rest]) or "/")[:_LONGEST_PLACE]


def unexpected(error: Exception) -> Problem:
    """Log an error nobody foresaw under a random reference, and tell the caller only that.

    The trace is written here as text: a log renderer would print local variables, that is records.
    """
    reference = uuid4().hex[:12]
    log.error(
        "unexpected",
        reference=reference,
        error=type(error).__name__,
        trace="".join(format_tb(error.__traceback__)),
    )
    return Problem(f"Reference {reference}")


def body(problem: Problem) -> bytes:
    """The RFC 9457 document. For Absent it is the same bytes whatever the cause."""
    plain = Absent() if isinstance(problem, Absent) else problem
    return json.dumps(
        {
            "type": f"/problems#{plain.slug()}",
            "title": plain.title,
            "status": plain.status,
            "detail": plain.detail,
            "do": plain.do,
            "faults": [{"where": f.where, "what": f.what, "do": f.do} for f in plain.faults],
        },
        ensure_ascii=False,
    ).encode()


def answer(request: Request, problem: Problem) -> Response:
    """The problem as JSON, as a page, or as a fragment for htmx, with the headers that belong to it."""
    headers = {}
    if isinstance(problem, TooLarge):
        headers["Connection"] = "close"  # the rest of the body is not waited for
    if isinstance(problem, known.TooMany | known.Unavailable):
        headers["Retry-After"] = str(getattr(problem, "retry_after", RETRY_AFTER_S))
    if for_machines(request):
        if isinstance(problem, NotSignedIn):
            headers["WWW-Authenticate"] = "Bearer"
        return Response(body(problem), problem.status, headers, MEDIA_TYPE)
    shown: dict[str, Any] = {
        "problem": problem,
        "slug": problem.slug(),
        "purposes": words.choices(words.PURPOSES, words.POLICE_PURPOSES),
    }
    if isinstance(problem, Absent):  # nothing on the page may tell one absence from another
        shown |= {"problem": Absent(), "me": None, "inquiry": None, "back": "/", "path": ""}
    name = "problem_part.html" if request.headers.get("hx-request") else "problem.html"
    return render(request, name, status_code=problem.status, headers=headers, **shown)


def for_machines(request: Request) -> bool:
    """Whether the caller wants JSON: everything under /api, and who accepts JSON but no page."""
    accepts = request.headers.get("accept", "")
    path = request.url.path
    return path == "/api" or path.startswith("/api/") or ("json" in accepts and "html" not in accepts)
