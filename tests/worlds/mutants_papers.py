"""Mutants of the papers room: versions of documents, alerts, subscriptions, what is lost. See mutants.py."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from entente.core.access import EVERYONE
from entente.core.problems import Absent, Fault, Faulty, NotAllowed
from entente.core.things import Thing
from entente.desk.sitting import Desk
from entente.rooms.papers import alerts, moving, pictures, service, shown, subscriptions
from entente.rooms.papers.checks import service as checks
from entente.rooms.papers.lost import blanks, checking, reporting
from worlds.mutants import everything, mutant
from worlds.mutants_channels import every


def paper(name: str, plan: str = "papers") -> Any:
    return mutant(name, plan, "papers")


def keyed(desk: Desk, keys: Sequence[str]) -> list[tuple[str, Thing]]:
    """What carries one of the keys, whosever it is."""
    return desk.tx.things.find(keys, everything(desk), 10_000)


def _absent_is_refused(module: Any, name: str) -> Any:
    """What is there and not for the asker is refused, and no longer absent. The id comes last."""
    real = getattr(module, name)

    def asked(desk: Desk, *rest: Any) -> Any:
        try:
            return real(desk, *rest)
        except Absent:
            if any(t.id == rest[-1] for t in every(desk)):
                raise NotAllowed("Not for you.") from None
            raise

    return patch.object(module, name, asked)


# --- the library --------------------------------------------------------------------------------------


@paper("L1 a version's row counts the alerts that others keep to themselves")
def _() -> Iterator[Any]:
    real = shown.row

    def row(desk: Desk, version: Thing) -> Any:
        many = len(keyed(desk, [f"paper-alerts-of:{version.first('code')}"]))
        return real(desk, version).model_copy(update={"alerts": many})

    yield patch.object(shown, "row", row)


@paper("L1 the library is browsed without a view")
def _() -> Iterator[Any]:
    def browse(desk: Desk, asked: Any) -> list[Thing]:
        desk.note("see", what="documents")
        return [t for t in every(desk, service.KIND) if t.first("state") == "published"][: asked.limit]

    yield patch.object(service, "browse", browse)


@paper("L8 alerts are limited before they are filtered")
def _() -> Iterator[Any]:
    real = alerts.browse

    def browse(desk: Desk, asked: Any) -> list[Thing]:
        found = real(desk, asked)
        several = every(desk, alerts.KIND, key="paper-alerts-live")[: asked.limit]
        return [t for t in found if t.id in {one.id for one in several}]

    yield patch.object(alerts, "browse", browse)


@paper("L22 editions are shown that are not yet published")
def _() -> Iterator[Any]:
    def editions(desk: Desk, version: Thing) -> list[Thing]:
        found = [t for _, t in keyed(desk, [f"paper-code:{version.first('code')}"])]
        return [t for t in found if t.handling.owner == version.handling.owner]

    yield patch.object(service, "editions", editions)


@paper("L5 identifiers of versions are unique for all")
def _() -> Iterator[Any]:
    real = service.draft

    def draft(desk: Desk, form: Any) -> Thing:
        standing = [t for _, t in keyed(desk, [f"paper-code:{form.code}"])]
        if any(t.handling.owner != desk.asker.bureau and not t.handling.see for t in standing):
            raise Faulty(faults=(Fault("code", "Taken", ""),))
        return real(desk, form)

    yield patch.object(service, "draft", draft)


@paper("L4 a version or an alert of others is refused, not absent")
def _() -> Iterator[Any]:
    yield _absent_is_refused(moving, "open_paper")


@paper("L22 a picture is given to whoever knows what it is of")
def _() -> Iterator[Any]:
    def picture(desk: Desk, id: str, digest: str) -> bytes:
        desk.note("see", object=id, what="picture")
        if not any(digest in t.body.get("blobs", ()) for t in every(desk, *pictures.KINDS) if t.id == id):
            raise Absent()
        return desk.house.blobs.open(digest)

    yield patch.object(pictures, "picture", picture)


# --- alerts -------------------------------------------------------------------------------------------


@paper("L27 an alert names the hidden versions that it imitates")
def _() -> Iterator[Any]:
    real = alerts.whole

    def whole(desk: Desk, alert: Thing) -> Any:
        found = [t.id for _, t in keyed(desk, [f"paper-code:{alert.first('code')}"])]
        return real(desk, alert).model_copy(update={"versions": sorted(found)})

    yield patch.object(alerts, "whole", whole)


@paper("L23 who subscribed is told of alerts that he may not see")
def _() -> Iterator[Any]:
    real = subscriptions.tell

    def tell(desk: Desk, published: Thing) -> None:
        real(desk, replace(published, handling=replace(published.handling, see=EVERYONE)))

    yield patch.object(subscriptions, "tell", tell)


@paper("L23 who subscribed is told whatever the level", "officer, by papers")
def _() -> Iterator[Any]:
    real = subscriptions.alert

    def alert(desk: Desk, bureau: int, about: Any, like: Any = None, once: str = "") -> Thing:
        return real(desk, bureau, about, once=once)  # type: ignore[no-any-return]

    yield patch.object(subscriptions, "alert", alert)


@paper("L29 an alert says how many are told of it")
def _() -> Iterator[Any]:
    real = alerts.whole

    def whole(desk: Desk, alert: Thing) -> Any:
        many = len(keyed(desk, [subscriptions.KEY]))
        return real(desk, alert).model_copy(update={"route": f"{many} are told"})

    yield patch.object(alerts, "whole", whole)


@paper("L29 what waits for review waits for every bureau")
def _() -> Iterator[Any]:
    real = alerts.browse

    def browse(desk: Desk, asked: Any) -> list[Thing]:
        found = real(desk, asked)
        waiting = [t for t in every(desk, alerts.KIND) if t.first("state") == "review"]
        return waiting if asked.which == "review" else found

    yield patch.object(alerts, "browse", browse)


# --- lost and stolen ----------------------------------------------------------------------------------


@paper("L1 a number is looked up in all that is lost")
def _() -> Iterator[Any]:
    yield patch.object(checking, "seen_keys", keyed)


@paper("L1 a range of blanks is looked up in all there are")
def _() -> Iterator[Any]:
    real = checking.seen_keys

    def seen(desk: Desk, keys: Sequence[str]) -> list[tuple[str, Thing]]:
        ranges = [k for k in keys if k.startswith("blank:")]
        return [*real(desk, [k for k in keys if k not in ranges]), *keyed(desk, ranges)]

    yield patch.object(checking, "seen_keys", seen)


@paper("L15 owners are named who hint at nothing")
def _() -> Iterator[Any]:
    def hinting(desk: Desk, keys: Sequence[str]) -> list[tuple[str, Thing]]:
        return [(k, t) for k, t in keyed(desk, keys) if not t.handling.see >> desk.asker.bureau & 1]

    yield patch.object(checking, "hinting_keys", hinting)


@paper("L15 one contact for each lost document that hints")
def _() -> Iterator[Any]:
    real = checking.look

    def look(desk: Desk, asked: Any, alike: bool) -> Any:
        looked = real(desk, asked, alike)
        for one in looked:
            keys = [f"doc:{form.number}" for form in one.asked.forms]
            found = checking.hinting_keys(desk, keys)
            one.owners = tuple(sorted(t.handling.owner for _, t in found))
        return looked

    yield patch.object(checking, "look", look)


@paper("L27 the holder who is compared may be hidden")
def _() -> Iterator[Any]:
    real = checking.holder_of

    def holder_of(desk: Desk, things: Any) -> Any:
        with ExitStack() as stack:
            found = lambda self, ids: {  # noqa: E731
                t.id: t for t in self.tx.things.get(list(ids), everything(self))
            }
            stack.enter_context(patch.object(Desk, "look_all", found))
            return real(desk, things)

    yield patch.object(checking, "holder_of", holder_of)


@paper("L5 a range overlaps one that is hidden")
def _() -> Iterator[Any]:
    real = blanks._met

    def met(desk: Desk, country: str, sort: str, numbers: Any) -> Any:
        standing = [t for t in every(desk, "BlankRange") if blanks.range_of(t).overlaps(numbers)]
        return real(desk, country, sort, numbers) or next(iter(standing), None)

    yield patch.object(blanks, "_met", met)


@paper("L5 a number is lost once for all")
def _() -> Iterator[Any]:
    def before(desk: Desk, country: str, sort: str, number: str) -> bool:
        return bool(keyed(desk, [f"doc:{number}"]))

    yield patch.object(reporting, "_said_before", before)


@paper("L4 a range of others is refused, not absent")
def _() -> Iterator[Any]:
    yield _absent_is_refused(blanks, "one")


@paper("L1 one's own list of what is lost has what others hide")
def _() -> Iterator[Any]:
    real = reporting.listed

    def listed(desk: Desk, after: str = "", limit: int = 50) -> Any:
        hidden = [t for t in every(desk, "Identification") if reporting.is_said(desk, t)]
        return [*real(desk, after, limit), *hidden][:limit]

    yield patch.object(reporting, "listed", listed)


# --- checks -------------------------------------------------------------------------------------------


@paper("L4 a check of others is refused, not absent")
def _() -> Iterator[Any]:
    yield _absent_is_refused(checks, "opened")


@paper("L1 checks of every bureau are listed")
def _() -> Iterator[Any]:
    def listed(desk: Desk, state: str = "", after: str = "", limit: int = 50) -> list[Thing]:
        desk.note("see", what="checks of documents")
        return [t for t in every(desk, checks.KIND) if not state or t.first("state") == state][:limit]

    yield patch.object(checks, "listed", listed)
