"""Who says that a document is lost or stolen: the bureau of the state that issues it, and nobody else.

That is SLTD's rule (INTERPOL: only the country that issued a document adds, changes and deletes it), so
that a match can be confirmed by one who knows. The rule stands here alone. It is applied when something is
said, and again when it is looked up: a record in which another bureau calls a document stolen is a record
like any other, and never an answer of this part of the house.
"""

from entente.core.kinds.countries import code_of, codes
from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.documents.codes import known
from entente.rooms.bureaus import Bureau, directory
from entente.web.language import N_

FILLER = "<"


def country_of(bureau: Bureau | None) -> str:
    """The country whose documents a bureau answers for: that of which its code is the code (ISO 3166-1).

    Empty for the secretariat and for a bureau of no single country.
    """
    if bureau is None or bureau.secretariat:
        return ""
    code = bureau.code.lower()
    return code if code in codes() else ""


def country_said(text: str) -> str:
    """The country that a name, a code or a zone's three letters stand for; empty where none of ours does.

    Of a state that is nobody's (Utopia, an organisation) the number alone is asked.
    """
    text = text.strip().rstrip(FILLER)
    told = known().get(text.upper())
    return (told.country if told else "") or code_of(text) or ""


def is_named(text: str) -> bool:
    """Whether a text names an issuer at all, if only one that is no country."""
    return bool(country_said(text)) or text.strip().rstrip(FILLER).upper() in known()


def says_of_its_own(desk: Desk, thing: Thing) -> bool:
    """Whether a thing's owner issues the document that the thing is about: of two countries, nobody does."""
    own = country_of(directory(desk).get(thing.handling.owner))
    return bool(own) and thing.body.get("country", ()) == (own,)


def own_country(desk: Desk) -> str:
    """The country of the asker's bureau. Raises Faulty where it has none: it issues no documents."""
    own = country_of(directory(desk).get(desk.asker.bureau))
    if not own:
        what = N_("Your bureau is of no country, and issues no documents")
        raise Faulty(faults=(Fault("issuer", what, N_("The bureau of the issuing country says it.")),))
    return own


def must_issue(desk: Desk, said: str) -> str:
    """The asker's country, where it is the issuer that is named (or none is). Raises Faulty."""
    own = own_country(desk)
    if said.strip() and country_said(said) != own:
        what = f"Only the bureau of the issuing country says so; yours is of {own.upper()}"
        raise Faulty(faults=(Fault("issuer", what, N_("Ask the issuer's bureau to say it.")),))
    return own
