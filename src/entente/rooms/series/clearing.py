"""Cleared specialists alone: all of this room stands in one compartment, which the secretariat grants."""

from entente.core.access import EVERYONE, Asker, Handling, Level, Purpose, Role
from entente.core.problems import NotAllowed
from entente.desk import Desk
from entente.rooms.bureaus import directory
from entente.rooms.bureaus import own as own_papers
from entente.rooms.records import HandlingForm, to_handling
from entente.rooms.series.model import Sharing
from entente.web.language import N_

COMPARTMENT = "series"
REFUSED = N_("Image series are for specialists who are cleared for them. The secretariat clears them.")


def must_be_cleared(desk: Desk) -> None:
    """Raise NotAllowed for whoever does not hold the compartment: he learns nothing else here."""
    if COMPARTMENT not in desk.asker.held:
        raise NotAllowed(REFUSED)


def own(bureau: int) -> Handling:
    """For the cleared specialists of one bureau."""
    return own_papers(bureau, need=frozenset({COMPARTMENT}))


def specialist(desk: Desk, bureau: int) -> Asker:
    """Any cleared specialist of a bureau: for whom it is decided what the house tells the bureau (the alert's
    label keeps to its level whom it is told to)."""
    known = directory(desk).get(bureau)
    return Asker(
        officer="specialist",
        bureau=bureau,
        purpose=Purpose.IDENTIFY,
        justification="deconfliction of images",
        roles=frozenset({Role.OFFICER}),
        active=known is not None and known.active,
        clearance=Level.CONFIDENTIAL,
        held=frozenset({COMPARTMENT}),
    )


def handling_of(desk: Desk, form: HandlingForm) -> Handling:
    """An owner's handling, inside the compartment. Raises Faulty."""
    return to_handling(desk, form.model_copy(update={"need": sorted({*form.need, COMPARTMENT})}))


def shared(desk: Desk, sharing: Sharing) -> HandlingForm:
    """A handling by one word.

    `open`: to every specialist; `blind`: they learn only whom to ask; `silent`: they learn nothing, and the
    owner is told of every match. Partners are in no "everyone": nothing is hinted to them either.
    """
    if sharing == "open":
        return HandlingForm(mode="everyone")
    if sharing == "silent":
        return HandlingForm(mode="named", watch=True)
    mine = desk.asker.bureau
    others = sorted(b.code for n, b in directory(desk).items() if n != mine and EVERYONE >> n & 1)
    return HandlingForm(mode="named", hint=others, watch=True)
