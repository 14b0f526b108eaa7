"""Guards at the door: what holds for every request, whichever room it is for.

Same origin: Fetch Metadata (W3C) where the browser sends it, else Origin against Host (OWASP, cross-site
request forgery). Sizes and depth are checked before anything is parsed.
"""

import re
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from entente.core.problems import ForeignOrigin, Problem, TooLarge, Unreadable
from entente.web import problems, strangers

ONE_MIB = 1 << 20
DEEPEST = 64
MOST_JSON = 26 * ONE_MIB
"""JSON is held as a whole until it is known to be shallow, before anybody is asked who he is."""
_JSON_LINES = ("ndjson", "jsonl", "json-seq")  # read line by line, never held as a whole
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guards:
    """Middleware around the whole application; answers itself only to refuse, or when all else failed."""

    def __init__(self, app: ASGIApp, limits: Mapping[str, int]) -> None:
        self.app = app
        self.limits = sorted(limits.items(), key=lambda rule: -len(rule[0]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = _Body(receive, self._limit(scope["path"]))
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if body.over and not started:
                return  # what the application makes of a body cut short is not the answer
            if message["type"] == "http.response.start":
                started = True
                _harden(scope, message)
            await send(message)

        try:
            await strangers.must_be_known(scope)
            check_origin(scope["method"], Headers(scope=scope))
            await self.app(scope, await body.checked(Headers(scope=scope)), guarded)
        except Problem as problem:
            refusal: Problem | None = problem
        except Exception as error:
            if started:
                raise
            refusal = None if body.over else problems.unexpected(error)
        else:
            refusal = None
        if body.over and not started:
            refusal, body.over = TooLarge(), False
        if refusal and not started:
            await problems.answer(Request(scope), refusal)(scope, receive, guarded)

    def _limit(self, path: str) -> int:
        return next((limit for prefix, limit in self.limits if path.startswith(prefix)), ONE_MIB)


def _harden(scope: Scope, message: Message) -> None:
    headers = MutableHeaders(raw=message.setdefault("headers", []))
    for name, value in HEADERS.items():
        headers[name] = value
    if not scope["path"].startswith("/static/"):
        headers["Cache-Control"] = "no-store"
    if scope["scheme"] == "https":
        headers["Strict-Transport-Security"] = "max-age=31536000"


def check_origin(method: str, headers: Headers) -> None:
    """Raise ForeignOrigin unless an unsafe request that carries cookies shows that it came from here.

    A bearer key cannot be sent by another site's form, so it needs no such proof. A request with
    neither (signing in) is refused only if the browser says that another site made it.
    """
    if method in SAFE_METHODS or headers.get("authorization", "")[:7].lower() == "bearer ":
        return
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        ours = site in ("same-origin", "none")
    elif origin is not None:
        ours = origin.partition("://")[2].lower() == headers.get("host", "").lower()
    else:
        ours = "cookie" not in headers
    if not ours:
        raise ForeignOrigin


class _Body:
    """A request's body on its way in: counted, and held back until known to be shallow if it is JSON."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive, self._limit = receive, limit
        self._seen = 0
        self.over = False

    async def checked(self, headers: Headers) -> Receive:
        """A `receive` for the application. Raises TooLarge and Unreadable."""
        said = headers.get("content-length", "0")
        if not said.isdecimal() or len(said) > 20 or int(said) > self._limit:
            raise TooLarge
        kind = headers.get("content-type", "").lower()
        empty = said == "0" and "transfer-encoding" not in headers
        if empty or (kind and "json" not in kind) or any(lines in kind for lines in _JSON_LINES):
            return self.metered
        self._limit = min(self._limit, MOST_JSON)
        if int(said) > self._limit:
            raise TooLarge
        whole = await self._whole()
        check_depth(whole)
        sent = False

        async def replay() -> Message:
            nonlocal sent
            if sent:
                return await self._receive()
            sent = True
            return {"type": "http.request", "body": whole, "more_body": False}

        return replay

    async def metered(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > self._limit:
            self.over = True
            return {"type": "http.disconnect"}
        return message

    async def _whole(self) -> bytes:
        parts, more = [], True
        while more:
            message = await self.metered()
            if self.over:
                raise TooLarge
            parts.append(message.get("body", b""))
            more = message.get("more_body", False)
        return b"".join(parts)


_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_ONE_SORT = bytes.maketrans(b"{}", b"[]")
_NOT_BRACKETS = bytes(b for b in range(256) if b not in b"[]{}")


def check_depth(body: bytes) -> None:
    """Raise Unreadable for JSON nested deeper than `DEEPEST`, without parsing it.

    Strings are cut out, all but brackets dropped; then every innermost pair is taken away, once a
    level, so that the work stays in C. UTF-16 and UTF-32 could hide brackets: their NULs are refused.
    """
    if body.count(b"[") + body.count(b"{") <= DEEPEST and b"\0" not in body:
        return
    if b"\0" in body:
        raise Unreadable("The body is not UTF-8 JSON.")
    left = _STRING.sub(b"", body).translate(_ONE_SORT, _NOT_BRACKETS)
    for _level in range(DEEPEST):
        if b"[]" not in left:
            break
        left = left.replace(b"[]", b"")
    if b"[]" in left or left.count(b"[") > DEEPEST:
        raise Unreadable(f"The body is nested deeper than {DEEPEST} levels.")
