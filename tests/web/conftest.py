"""A small application with everything the pages share, and one route for each way to go wrong."""

from types import SimpleNamespace
from typing import Annotated

import pytest
import sample_pages
import samples
from caller import Caller
from fastapi import Body, FastAPI, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict

from entente.core.problems import Absent, Faulty, NoPurpose, NotSignedIn, Problem, TooMany
from entente.web import install
from entente.web.pages import render


class Draft(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    born: list[int] = []


RAISED: dict[str, Problem] = {
    "absent": Absent("a record that exists but is hidden"),
    "faulty": Faulty("Two things.", tuple(samples.FAULTS)),
    "no-purpose": NoPurpose(),
    "not-signed-in": NotSignedIn(),
    "too-many": TooMany(),
}


@pytest.fixture(scope="session")
def application() -> FastAPI:
    app = FastAPI()
    app.state.door = SimpleNamespace(check=lambda *_shown: None)  # everybody is known here

    @app.get("/api/raise/{what}")
    @app.get("/raise/{what}")
    def fail(what: str) -> None:
        raise RAISED[what] if what in RAISED else ValueError("secret-4711")

    @app.post("/api/drafts")
    def draft(draft: Draft, limit: Annotated[int, Query()] = 1) -> Draft:
        return draft

    @app.post("/api/anything")
    def anything(body: Annotated[object, Body()]) -> dict[str, str]:
        return {"read": type(body).__name__}

    @app.post("/big/upload")
    async def upload(request: Request) -> dict[str, int]:
        return {"bytes": len(await request.body())}

    @app.post("/act")
    def act() -> dict[str, bool]:
        return {"done": True}

    @app.get("/sample/{name}")
    def sample(request: Request, name: str, fresh: bool = False, anonymous: bool = False) -> Response:
        request.state.me = None if anonymous else samples.ME
        request.state.inquiry = None if fresh or anonymous else samples.INQUIRY
        template, context = sample_pages.PAGES[name]
        return render(request, template, **context)

    install(app, {"/big": 100_000_000, "/api/small": 10})
    return app


@pytest.fixture(scope="session")
def caller(application: FastAPI) -> Caller:
    return Caller(application)
