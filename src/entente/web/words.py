"""Slugs of the house and what people call them. English here; translated when they are asked for."""

from collections.abc import Iterable, Mapping

from entente.web.language import N_, _

Table = Mapping[str, str]

PURPOSES: Table = {
    "wanted": N_("Wanted: arrest or restrict"),
    "locate": N_("Locate a person or a thing"),
    "history": N_("Criminal history"),
    "warn": N_("Warn of a danger"),
    "identify": N_("Identify a person or a body"),
    "forensic": N_("Forensic comparison"),
    "security": N_("Security check"),
    "border": N_("Border check"),
    "analysis": N_("Crime analysis"),
    "desk": N_("Desk work on own records"),
    "oversight": N_("Oversight"),
}
POLICE_PURPOSES = tuple(PURPOSES)[:9]
LEVELS: Table = {
    "official": N_("Official use"),
    "restricted": N_("Restricted"),
    "confidential": N_("Confidential"),
}
STATUSES: Table = {
    "draft": N_("Draft"),
    "live": N_("Live"),
    "suspended": N_("Suspended"),
    "deleted": N_("Deleted"),
}
ROLES: Table = {
    "officer": N_("Officer"),
    "analyst": N_("Analyst"),
    "contributor": N_("Contributor"),
    "supervisor": N_("Supervisor"),
    "administrator": N_("Administrator"),
}
VERDICTS: Table = {"same": N_("Same"), "not-same": N_("Not the same"), "cannot-tell": N_("Cannot tell")}
HITS: Table = {
    "open": N_("Open"),
    "confirmed": N_("Confirmed"),
    "denied": N_("Denied"),
    "overdue": N_("Overdue"),
}
ACTS: Table = {
    "search": N_("Searched"),
    "see": N_("Saw a record"),
    "verdict": N_("Gave a verdict"),
    "confirm": N_("Answered a hit"),
    "contribute": N_("Contributed"),
    "correct": N_("Corrected"),
    "handle": N_("Changed the handling"),
    "withdraw": N_("Withdrew"),
    "keep": N_("Kept longer"),
    "expire": N_("Expired"),
    "export": N_("Exported"),
    "load": N_("Loaded"),
    "review": N_("Reviewed"),
    "administer": N_("Administered"),
    "sign-in": N_("Signed in"),
    "sign-out": N_("Signed out"),
    "refused": N_("Was refused"),
    "notify": N_("Told the owner"),
}
BECAUSE: Table = {
    "the asker's bureau owns it": N_("Your bureau owns it."),
    "the owner lets this bureau see it": N_("The owner lets your bureau see it."),
    "oversight by a reviewer": N_("You review it for oversight."),
}
"""What `core.access.explain` says of those who see a record, said to them."""
PROBLEMS: Mapping[str, tuple[str, str]] = {
    "problem": (N_("Something went wrong"), N_("Try again; if it stays, tell your administrator.")),
    "absent": (
        N_("There is nothing here for you"),
        N_("Check the address; if you were given it, ask its owner."),
    ),
    "faulty": (
        N_("The input has faults"),
        N_("Mend every fault listed and send it again; nothing was kept."),
    ),
    "unreadable": (
        N_("The input cannot be read"),
        N_("Send well-formed UTF-8 JSON with the fields of the API's description."),
    ),
    "too-large": (N_("The input is too large"), N_("Send less at once; limits are in docs/api.md.")),
    "not-signed-in": (N_("You are not signed in"), N_("Sign in again, or send a valid key.")),
    "not-allowed": (
        N_("Your role does not allow this"),
        N_("Ask an administrator of your bureau for the role."),
    ),
    "no-purpose": (
        N_("Say why you ask"),
        N_("Give a purpose from the list and a justification: a case reference or a reason."),
    ),
    "foreign-origin": (
        N_("The request came from another site"),
        N_("Open the page in Entente itself and try again."),
    ),
    "out-of-date": (
        N_("Somebody changed it before you"),
        N_("Open it again and repeat your change on the newest version."),
    ),
    "too-many": (N_("Too many requests"), N_("Wait as long as Retry-After says.")),
    "not-supported": (N_("This cannot be done here"), N_("See the API's description for what can.")),
    "unavailable": (
        N_("The house cannot answer now"),
        N_("Try again in a moment; nothing was answered and nothing was kept."),
    ),
}
"""Slug to title and what to do: the words of `core.problems`, listed so that they are translated."""


def label(table: Table, slug: str) -> str:
    """What people call it; a slug no table knows (a room's own act) is shown as it is."""
    return _(table.get(slug, slug))


def choices(table: Table, slugs: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """(slug, label) for a select; all of the table, or those named in that order."""
    return [(slug, label(table, slug)) for slug in (table if slugs is None else slugs)]
