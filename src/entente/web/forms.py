"""Forms of pages, validated by the API's own schemas."""

from collections.abc import AsyncIterator, Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from entente.core.problems import Fault, Faulty
from entente.web.faults import saying

T = TypeVar("T", bound=BaseModel)


def validated(schema: type[T], **values: Any) -> T:
    """The schema's object of what a form said. Raises Faulty with every fault."""
    try:
        return schema.model_validate(values)
    except ValidationError as error:
        faults = tuple(Fault("/".join(str(p) for p in e["loc"]), *saying(e)) for e in error.errors())
        raise Faulty(faults=faults) from None


async def closing(request: Request) -> AsyncIterator[None]:
    """A dependency of every address: the files of a form are closed, be it answered or refused."""
    try:
        yield
    finally:
        await request.close()


def at(faults: Iterable[Fault], place: str) -> list[str]:
    """What is wrong at a place ("expires", "properties/name") or inside it; a filter of the templates."""
    return [f.what for f in faults if f.where == place or f.where.startswith(f"{place}/")]
