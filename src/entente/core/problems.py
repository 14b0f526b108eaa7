"""Problems: what a caller is told when something cannot be done (RFC 9457).

The class name in kebab case is the slug and its place in docs/problems.md. Each one names every
fault and says what to do next. `Absent` is one constant: "not there" and "not for you" are the same.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in an input: where (a JSON-pointer-like path), what, and what to do."""

    where: str
    what: str
    do: str = ""


class Problem(Exception):
    """Base of all problems. `status` is the HTTP status; `title` is fixed per class, `do` unless given."""

    status = 500
    title = "Something went wrong"
    do = "Try again; if it stays, tell your administrator."

    def __init__(self, detail: str = "", faults: tuple[Fault, ...] = (), do: str = "") -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.faults = faults
        self.do = do or type(self).do

    @classmethod
    def slug(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()


class Absent(Problem):
    status = 404
    title = "There is nothing here for you"
    do = "Check the address; if you were given it, ask its owner."


class Faulty(Problem):
    status = 422
    title = "The input has faults"
    do = "Mend every fault listed and send it again; nothing was kept."


class Unreadable(Problem):
    status = 400
    title = "The input cannot be read"
    do = "Send well-formed UTF-8 JSON with the fields of the API's description."


class TooLarge(Problem):
    status = 413
    title = "The input is too large"
    do = "Send less at once; limits are in docs/api.md."


class NotSignedIn(Problem):
    status = 401
    title = "You are not signed in"
    do = "Sign in again, or send a valid key."


class NotAllowed(Problem):
    status = 403
    title = "Your role does not allow this"
    do = "Ask an administrator of your bureau for the role."


class Stale(Problem):
    status = 403
    title = "Sign in again to do this"
    do = (
        "For this you must have signed in within the last 15 minutes. "
        "Without a password or passkey, ask an administrator for a new one-time link before you sign out."
    )


class NotYours(Problem):
    status = 403
    title = "This is another bureau's to do"
    do = "Ask the owner: the directory of bureaus says how."


class Locked(Problem):
    status = 403
    title = "Your bureau's key is not open in this session"
    do = "Sign in with what opens it, or ask an administrator of your bureau to give you the key."


class NoPurpose(Problem):
    status = 422
    title = "Say why you ask"
    do = "Give a purpose from the list and a justification: a case reference or a reason."


class ForeignOrigin(Problem):
    status = 403
    title = "The request came from another site"
    do = "Open the page in Entente itself and try again."


class OutOfDate(Problem):
    status = 409
    title = "Somebody changed it before you"
    do = "Open it again and repeat your change on the newest version."


class TooMany(Problem):
    status = 429
    title = "Too many requests"
    do = "Wait as long as Retry-After says."


class NotSupported(Problem):
    status = 405
    title = "This cannot be done here"
    do = "See the API's description for what can."


class Unavailable(Problem):
    status = 503
    title = "The house cannot answer now"
    do = "Try again in a moment; nothing was answered and nothing was kept."
