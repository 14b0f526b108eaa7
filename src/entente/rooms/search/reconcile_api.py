"""The reconciliation service over HTTP. Purpose and justification stand in the address, because the tools
that speak this protocol can be told an address and a key, and nothing else."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from fastapi.responses import Response
from pydantic import Field, TypeAdapter

from entente.desk.noting import check_reason
from entente.rooms.records import Strict
from entente.rooms.search import reconcile
from entente.rooms.search import reconcile_model as told
from entente.web.callers import Caller, at_door

router = APIRouter(prefix="/reconcile/{purpose}/{justification}")
_BATCH: TypeAdapter[dict[str, told.Query]] = TypeAdapter(told.Batch)
_EXTEND = TypeAdapter(told.Extend)


async def at_service(
    request: Request,
    purpose: Annotated[str, Path(max_length=64, description="Why: a purpose from the list")],
    justification: Annotated[
        str, Path(max_length=2000, description="Case reference or reason; a slash is written %252F")
    ],
) -> Caller:
    """The caller, by a key alone: here a reason stands in the address, so that with a session's cookie any
    page could make an officer ask. The key may come as the password of HTTP Basic (web.callers)."""
    caller = await at_door(request, purpose, justification)
    caller.session = ""
    return caller


AtService = Annotated[Caller, Depends(at_service)]


def _must_have_reason(caller: Caller) -> None:
    """Raise what a search would raise, so that a wrong address is told when it is first tried."""
    check_reason(caller.asker(caller.inquiry))


class Asked(Strict):
    """Queries, or records to tell more of; neither: what this service is."""

    queries: str = Field(default="", max_length=200_000, description="JSON: queries by a name of yours")
    extend: str = Field(default="", max_length=200_000, description="JSON: `ids` and `properties`")


class Typed(Strict):
    prefix: str = Field(default="", max_length=200)
    cursor: int = Field(default=0, ge=0, le=80)


class OfKind(Strict):
    type: str = Field(default="", max_length=64)
    limit: int = Field(default=50, ge=1, le=500)


Answer = told.Manifest | told.Extension | dict[str, told.Result]


@router.get("", response_model=Answer)
def get(request: Request, caller: AtService, asked: Annotated[Asked, Query()]) -> Response:
    """What this service is; or, with `queries` or `extend`, as by POST: that keeps names out of addresses."""
    return _answer(request, caller, asked)


@router.post("", response_model=Answer)
def post(request: Request, caller: AtService, asked: Annotated[Asked, Form()]) -> Response:
    """Hold rows of a list against every record you may see, or fetch more of records that you chose."""
    return _answer(request, caller, asked)


def _answer(request: Request, caller: Caller, asked: Asked) -> Response:
    if asked.queries:
        batch = reconcile.read(_BATCH, asked.queries, "queries")
        with caller.on_grid(), caller.at_desk("search") as desk:
            return _json(TypeAdapter(dict[str, told.Result]).dump_json(reconcile.answer_all(desk, batch)))
    if asked.extend:
        wanted = reconcile.read(_EXTEND, asked.extend, "extend")
        with caller.at_desk("see") as desk:
            return _json(reconcile.extend(desk, wanted).model_dump_json().encode())
    _must_have_reason(caller)
    return _json(_manifest(request).model_dump_json().encode())


def _json(body: bytes) -> Response:
    return Response(body, media_type="application/json")


def _manifest(request: Request) -> told.Manifest:
    # Where no address is set, the one that was asked: nobody but this caller is told it.
    address = request.app.state.settings.address.rstrip("/")
    house = address or f"{request.url.scheme}://{request.url.netloc}"
    here = house + quote(request.scope["path"])  # as it must be sent again: a slash in a reason stays one

    def place(path: str) -> told.Place:
        return told.Place(service_url=here, service_path=path)

    return told.Manifest(
        versions=["0.1", "0.2"],
        name="Entente",
        identifierSpace=f"{house}/records/",
        schemaSpace=f"{house}/api/v1/kinds",
        documentation=f"{house}/api/v1/openapi.json",
        authentication=told.Authentication(),
        defaultTypes=reconcile.default_types(),
        batchSize=told.MOST_QUERIES,
        view=told.View(url=f"{house}/records/{{{{id}}}}"),
        suggest=told.Suggest(
            entity=place("/suggest/entity"), property=place("/suggest/property"), type=place("/suggest/type")
        ),
        extend=told.Extending(propose_properties=place("/extend/propose")),
    )


@router.post("/match")
def match(caller: AtService, asked: told.Match) -> told.Matched:
    """The same with JSON, in the words of the draft that follows version 0.2."""
    with caller.on_grid(), caller.at_desk("search") as desk:
        return reconcile.match_all(desk, asked)


@router.get("/suggest/entity")
def suggest_entity(caller: AtService, asked: Annotated[Typed, Query()]) -> told.Suggestions:
    """Records for a name that is being typed. Each call is a search, in the journal."""
    with caller.on_grid(), caller.at_desk("search") as desk:
        return reconcile.suggest(desk, asked.prefix, asked.cursor)


@router.get("/suggest/type")
def suggest_type(caller: AtService, asked: Annotated[Typed, Query()]) -> told.Suggestions:
    """Kinds of record."""
    _must_have_reason(caller)
    return reconcile.types(asked.prefix, asked.cursor)


@router.get("/suggest/property")
def suggest_property(caller: AtService, asked: Annotated[Typed, Query()]) -> told.Suggestions:
    """Properties that are compared."""
    _must_have_reason(caller)
    return reconcile.properties(asked.prefix, asked.cursor)


@router.get("/extend/propose")
def propose(caller: AtService, asked: Annotated[OfKind, Query()]) -> told.Proposed:
    """Properties of a kind that can be fetched."""
    _must_have_reason(caller)
    return reconcile.proposed(asked.type, asked.limit)
