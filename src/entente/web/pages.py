"""Pages: Jinja templates of the web and of every room, rendered in the reader's language."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from entente.web import faults, formats, forms, language, preferences, words
from entente.web.statics import asset

_PACKAGE = Path(__file__).parent.parent
_KEEP_IN_PATH = "/:@!$&'()*+,;=-._~%"


@lru_cache
def templates() -> Environment:
    """The one Jinja environment: escapes everything, and raises on a name the context lacks."""
    rooms = {
        f.name: FileSystemLoader(f) for f in sorted((_PACKAGE / "rooms").glob("*/templates/*")) if f.is_dir()
    }
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(_PACKAGE / "web" / "templates"), PrefixLoader(rooms)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        _=language._,
        asset=asset,
        languages=language.LANGUAGES,
        themes=preferences.THEMES,
        words=words,
        now=_now,
    )
    made.filters.update(
        at=forms.at,
        said=faults.said,
        day=formats.day,
        moment=formats.moment,
        number=formats.number,
        percent=formats.percent,
        value=formats.value,
        until=formats.until,
        when=formats.when,
        iso=formats.iso,
    )
    return made


def _now() -> datetime:
    return datetime.now(UTC)


def render(
    request: Request,
    name: str,
    /,
    *,
    status_code: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """A page. What the template's top comment names must be given; see `entente.web` for the rest.

    Raises jinja2.UndefinedError for a missing name and jinja2.TemplateNotFound for a missing template.
    """
    lang = language.current()
    theme = request.cookies.get(preferences.THEME_COOKIE, "auto")
    shared = {
        "request": request,
        "path": request.url.path,
        "back": _back(request),
        "me": getattr(request.state, "me", None),
        "inquiry": getattr(request.state, "inquiry", None),
        "lang": lang,
        "dir": language.direction(lang),
        "theme": theme if theme in preferences.THEMES else "auto",
    }
    return HTMLResponse(templates().get_template(name).render(shared | context), status_code, headers)


def _back(request: Request) -> str:
    """Where to return after a preference was set: a page that was fetched, never one that was posted."""
    if request.method != "GET":
        return "/"
    query = "&".join(p for p in request.url.query.split("&") if p and not p.startswith("lang="))
    return quote(request.url.path, safe=_KEEP_IN_PATH) + (f"?{query}" if query else "")
