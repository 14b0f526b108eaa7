"""Static files, addressed by their content: an address with the right hash may be kept for ever."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"


def asset(name: str) -> str:
    """The address of a static file with its content hash; empty where it was not built."""
    try:
        stat = (FOLDER / name).stat()
    except OSError:
        return ""
    return f"/static/{name}?v={_digest(name, stat.st_mtime_ns, stat.st_size)}"


@lru_cache(maxsize=256)
def _digest(name: str, changed: int, size: int) -> str:  # noqa: ARG001 - a changed file is a new key
    return sha256((FOLDER / name).read_bytes()).hexdigest()[:16]


class Statics(StaticFiles):
    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        version = scope["query_string"].decode("latin-1").removeprefix("v=")
        kept = bool(version) and asset(path).endswith(f"?v={version}")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if kept else "no-cache"
        return response
