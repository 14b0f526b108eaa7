"""The address officers reach the house by: in one-time links, in passkeys."""

from urllib.parse import urlsplit

from starlette.requests import Request

from entente.core.problems import NotSupported

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def origin(request: Request) -> str:
    """Scheme and host of this house. Raises NotSupported where only the request says what they are.

    A Host header is anybody's to write: a link or a passkey made of it would be good for his site.
    """
    told: str = request.app.state.settings.address
    if told:
        return told.rstrip("/")
    if request.url.hostname not in LOOPBACK:
        raise NotSupported(
            "Set ENTENTE_ADDRESS to the address officers type, such as https://entente.example."
        )
    return f"{request.url.scheme}://{request.url.netloc}"


def host(request: Request) -> str:
    """The host alone: what passkeys are bound to."""
    return urlsplit(origin(request)).hostname or "localhost"


def secure(request: Request) -> bool:
    """Whether cookies are for HTTPS only."""
    return bool(request.app.state.settings.https) or request.url.scheme == "https"
