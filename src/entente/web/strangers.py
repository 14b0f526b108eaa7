"""Strangers: whoever shows no credential that holds is told so, before anything else is looked at.

It is done here, once, and not by each handler: otherwise the framework would answer first that an address
or a method is not there or a body is wrong, and a stranger would learn from it what the house has.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import Scope

from entente.web.callers import DoorKeeper, shown

OPEN = frozenset(
    {
        "/health",
        "/problems",
        "/preferences",
        "/api/v1/openapi.json",
        "/sign-in",
        "/sign-in/passkey/options",
        "/sign-in/passkey/verify",
    }
)
"""What is for everybody: health, signing in, a language, what problems mean, what the API is."""
OPEN_BELOW = ("/static/", "/sign-in/link/", "/public/")
FRONT_PAGE = ("GET", "/")


def open_to_all(path: str) -> bool:
    """Whether an address is for everybody, signed in or not."""
    return path in OPEN or path.startswith(OPEN_BELOW)


async def must_be_known(scope: Scope) -> None:
    """Raise NotSignedIn unless the address is for everybody or the caller's credential holds.

    No request of his is counted by it, and his session is not kept alive: that is the handler's. A credential
    that held a second ago goes on to the handler, which looks it up.
    """
    if open_to_all(scope["path"]) or (scope["method"], scope["path"]) == FRONT_PAGE:
        return  # the front page leads to the sign-in page by itself
    session, key = shown(HTTPConnection(scope))
    door: DoorKeeper = scope["app"].state.door
    if not session and not key:
        door.check()
    elif not door.knew(session, key):
        await run_in_threadpool(door.check, session, key)
