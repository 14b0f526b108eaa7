"""Networks of analysis files over HTTP: expansions, ways, and what is measured, over what you may see."""

from typing import Annotated

from fastapi import APIRouter, Path

from entente.rooms.analysis import service as files
from entente.rooms.analysis.network import expanding, joining, measuring, model, structure
from entente.web.callers import AtDoor

router = APIRouter()
Id = Annotated[str, Path(max_length=64)]


@router.post("/{file}/network/around")
def around(caller: AtDoor, file: Id, asked: model.Around) -> model.Counts:
    """How many links of each kind things have, before any is drawn."""
    with caller.at_file(file, "see") as desk:
        return expanding.counts(desk, files.file_of(desk, file), asked)


@router.post("/{file}/network/expand")
def expand(caller: AtDoor, file: Id, asked: model.Expand) -> model.Expanded:
    """The links of things and what they lead to, one or two links far."""
    with caller.at_file(file, "see") as desk:
        return expanding.expand(desk, files.file_of(desk, file), asked)


@router.post("/{file}/network/search")
def look(caller: AtDoor, file: Id, asked: model.Look) -> model.Looked:
    """Search every bureau's records from a chart: a search like any other."""
    with caller.on_grid(), caller.at_file(file, "search") as desk:
        return expanding.look(desk, files.file_of(desk, file), asked)


@router.post("/{file}/network/paths")
def ways(caller: AtDoor, file: Id, asked: model.Between) -> model.Ways:
    """How two things are joined: the shortest ways, all of them up to a length, or the strongest."""
    with caller.at_file(file, "see") as desk:
        return joining.ways(desk, files.file_of(desk, file), asked)


@router.post("/{file}/network/connect")
def connect(caller: AtDoor, file: Id, asked: model.Join) -> model.Joined:
    """A small network that connects three things or more."""
    with caller.at_file(file, "see") as desk:
        return joining.joined(desk, files.file_of(desk, file), asked)


@router.post("/{file}/network/measures")
def measures(caller: AtDoor, file: Id, asked: model.Measure) -> model.Measures:
    """Measures of every thing in a network, with ranks and how sure they are."""
    with caller.at_file(file, "see") as desk:
        return measuring.measures(desk, files.file_of(desk, file), asked)


@router.post("/{file}/network/communities")
def communities(caller: AtDoor, file: Id, asked: model.Communities) -> model.Grouped:
    """Groups of a network."""
    with caller.at_file(file, "see") as desk:
        return structure.groups(desk, files.file_of(desk, file), asked)


@router.post("/{file}/network/brokers")
def brokers(caller: AtDoor, file: Id, asked: model.Brokers) -> model.Brokered:
    """Who stands between countries, bureaus or communities."""
    with caller.at_file(file, "see") as desk:
        return structure.brokers(desk, files.file_of(desk, file), asked)


@router.post("/{file}/network/keyplayers")
def key_players(caller: AtDoor, file: Id, asked: model.KeyPlayers) -> model.KeySet:
    """The set that takes a network apart, or that reaches most of it."""
    with caller.at_file(file, "see") as desk:
        return structure.key_players(desk, files.file_of(desk, file), asked)


@router.post("/{file}/network/removal")
def removal(caller: AtDoor, file: Id, asked: model.Removal) -> model.Removed:
    """What is left of a network when some are taken out."""
    with caller.at_file(file, "see") as desk:
        return structure.removals(desk, files.file_of(desk, file), asked)


@router.post("/{file}/network/leads")
def leads(caller: AtDoor, file: Id, asked: model.Leads) -> model.Led:
    """Pairs that may be linked, with how well such a guess works in this network."""
    with caller.at_file(file, "see") as desk:
        return structure.hidden(desk, files.file_of(desk, file), asked)


@router.post("/{file}/network/windows")
def windows(caller: AtDoor, file: Id, asked: model.Windows) -> model.Windowed:
    """How a network changed from one window of time to the next."""
    with caller.at_file(file, "see") as desk:
        return structure.windows(desk, files.file_of(desk, file), asked)
