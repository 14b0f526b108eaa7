"""The languages of the house, and which of them this request speaks.

Catalogues are `.po` files in git; one is compiled in memory the first time it is spoken, unless a
`.mo` lies beside it, so that no build step is needed.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LANGUAGES: Mapping[str, str] = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
COOKIE = "lang"
A_YEAR_S = 365 * 24 * 3600
CATALOGUES = Path(__file__).parent.parent / "locale"

_spoken: ContextVar[str] = ContextVar("language", default="en")


def current() -> str:
    """The language of this request; English outside of one."""
    return _spoken.get()


def direction(lang: str) -> str:
    return "rtl" if lang == "ar" else "ltr"


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Speak a language for a while: for jobs, messages and tests."""
    token = _spoken.set(lang)
    try:
        yield
    finally:
        _spoken.reset(token)


def choose(asked: str, remembered: str, accepted: str) -> str:
    """What was asked for, else what is remembered, else the best of an Accept-Language header."""
    for wish in (asked, remembered, *_by_preference(accepted)):
        if wish in LANGUAGES:
            return wish
    return "en"


def _by_preference(accepted: str) -> list[str]:
    wishes = []
    for part in accepted[:500].split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wishes.append((float(weight or 1), tag.split("-")[0].strip().lower()))
        except ValueError:
            continue
    return [tag for weight, tag in sorted(wishes, key=lambda wish: -wish[0]) if weight > 0]


@lru_cache
def catalogue(lang: str) -> NullTranslations:
    """The messages of one language; English needs none."""
    if lang == "en":
        return NullTranslations()
    folder = CATALOGUES / lang / "LC_MESSAGES"
    compiled = folder / "messages.mo"
    if compiled.exists():
        return GNUTranslations(BytesIO(compiled.read_bytes()))
    with (folder / "messages.po").open("rb") as source:
        made = BytesIO()
        write_mo(made, read_po(source, locale=lang))
    made.seek(0)
    return GNUTranslations(made)


def _(text: str, **values: object) -> str:
    """The text in the language of this request, with `%(name)s` filled in."""
    said = catalogue(current()).gettext(text) if text else ""
    return said % values if values else said


def N_(text: str) -> str:
    """Mark a text to be translated later (gettext's own name for it)."""
    return text


class Language:
    """Outermost middleware: settles the language before anything else runs; `?lang=` is remembered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asker = HTTPConnection(scope)
        asked = asker.query_params.get("lang", "")
        lang = choose(asked, asker.cookies.get(COOKIE, ""), asker.headers.get("accept-language", ""))

        async def remember(message: Message) -> None:
            if asked == lang and message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    (b"set-cookie", cookie(COOKIE, lang, scope["scheme"])),
                ]
            await send(message)

        with speaking(lang):
            await self.app(scope, receive, remember)


def cookie(name: str, value: str, scheme: str) -> bytes:
    """A Set-Cookie value for a preference: kept a year, never seen by scripts or other sites."""
    secure = "; Secure" if scheme == "https" else ""
    return f"{name}={value}; Path=/; Max-Age={A_YEAR_S}; HttpOnly; SameSite=Lax{secure}".encode()
