"""Language and light or dark, chosen by a form that works without script and kept in a cookie."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse

from entente.web import language

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"

router = APIRouter()


def here(path: str) -> str:
    """The path if it leads to a page of this site, else the front page: never another site.

    Browsers read a backslash as a slash and drop tabs and line ends, so none of these may pass.
    """
    plain = path.startswith("/") and not path.startswith("//") and path.isascii() and path.isprintable()
    return path if plain and "\\" not in path else "/"


@router.post("/preferences", include_in_schema=False)
def prefer(
    request: Request,
    lang: Annotated[str, Form()] = "",
    theme: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/",
) -> RedirectResponse:
    """Remember a language or a theme and go back to the page."""
    answer = RedirectResponse(here(back), status_code=303)
    for name, value, known in ((language.COOKIE, lang, language.LANGUAGES), (THEME_COOKIE, theme, THEMES)):
        if value in known:
            answer.headers.append("set-cookie", language.cookie(name, value, request.url.scheme).decode())
    return answer
