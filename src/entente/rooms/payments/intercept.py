"""An intercept as it stands: what is kept of it, and what follows from that. Pure."""

from dataclasses import dataclass

from entente.core.things import Thing
from entente.rooms.payments.history import Event, Standing, fold, read
from entente.rooms.payments.model import InterceptForm

KIND = "Intercept"


@dataclass(frozen=True, slots=True)
class Intercept:
    """An intercept as it stands: the thing, its form, its events, and what follows from them."""

    thing: Thing
    form: InterceptForm
    events: tuple[Event, ...]
    standing: Standing
    merges: tuple[Event, ...] = ()
    """Reports of the same payment that came again: the last of them."""

    @property
    def merged(self) -> int:
        """How many came again in all."""
        return int(self.thing.first("merged", "0"))

    @property
    def id(self) -> str:
        return self.thing.id

    @property
    def requester(self) -> int:
        return self.thing.handling.owner

    @property
    def receiver(self) -> int:
        """Number of the bureau that is asked; -1 where nothing says it yet."""
        return int(self.thing.first("receiver", "-1"))

    @property
    def asset(self) -> str:
        return self.thing.first("asset")

    @property
    def reference(self) -> str:
        return self.thing.first("reference")

    def part(self, bureau: int) -> str:
        """requester, receiver, follower."""
        if bureau == self.requester:
            return "requester"
        return "receiver" if bureau == self.receiver else "follower"


def intercept_of(thing: Thing) -> Intercept:
    events = tuple(read(thing.body.get("event", ())))
    form = InterceptForm.model_validate_json(thing.first("form"))
    merges = tuple(read(thing.body.get("merge", ())))
    return Intercept(thing, form, events, fold(int(thing.first("amount")), events), merges)
