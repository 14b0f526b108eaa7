"""The words of problems, and of details that officers meet most: listed so that they are translated."""

from collections.abc import Mapping

from entente.web.language import N_

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
    "stale": (
        N_("Sign in again to do this"),
        N_(
            "For this you must have signed in within the last 15 minutes. "
            "Without a password or passkey, ask an administrator for a new one-time link before you sign out."
        ),
    ),
    "not-yours": (
        N_("This is another bureau's to do"),
        N_("Ask the owner: the directory of bureaus says how."),
    ),
    "locked": (
        N_("Your bureau's key is not open in this session"),
        N_("Sign in with what opens it, or ask an administrator of your bureau to give you the key."),
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
DETAILS = (
    N_("This link was used already, or is too old."),
    N_("Bureau, address or password is not right, or the account is locked for a while."),
    N_("A discreet search is for supervisors, in person."),
    N_("You were away for a while; sign in again."),
    N_("This passkey is not known here, or it was too slow."),
    N_("Oversight is for reviewers."),
    N_("Only the owner of a record changes it."),
    N_("The owner of the record confirms or denies."),
    N_("The secretariat lets bureaus join."),
    N_("An administrator enrols officers of his own bureau."),
    N_("A key cannot be an administrator."),
    N_("It must have 12 to 1,000 characters"),
    N_("A sentence is good."),
    N_("An officer signs in with this address already"),
    N_("Use another."),
    N_("Your bureau has a record with this reference"),
    N_("Correct that one."),
    N_("It is answered once."),
    N_("It is closed."),
    N_("The bureau that asked asks again."),
    N_("The bureau that asked takes a hit back."),
    N_("The owner still has time to answer"),
    N_("It was asked again less than an hour ago"),
    N_("Wait, or telephone."),
    N_("It names nobody and nothing"),
    N_("Ask for a name or a number."),
    N_("End one first."),
    N_("A standing query needs a police purpose."),
    N_("Give at least one value."),
    N_("Choose a date between."),
)
"""Details and faults that officers meet most, said by other rooms in English and translated where shown."""
