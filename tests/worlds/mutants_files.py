"""Mutants of analysis files, their charts, networks and reports. See mutants.py."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from entente.core.access import Decision
from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import sitting
from entente.desk.sitting import Desk
from entente.match.graph.network import Network
from entente.rooms.analysis import contributions, joints, members, subjects
from entente.rooms.analysis.charts import cells, importing, service, steps
from entente.rooms.analysis.charts.exporting import content as exporting
from entente.rooms.analysis.network import measuring, scope, structure
from entente.rooms.analysis.reports import content
from entente.rooms.analysis.reports import service as reports
from entente.rooms.bureaus import FILE, door, mail_key
from entente.rooms.publications import reading, release
from worlds.mutants import everything, mutant

FILES, CHARTS = ("files", "files"), ("files", "charts")
"""The plan and the story that kill them: by every address, or in few questions."""


@contextmanager
def seeing_all() -> Iterator[None]:
    """Whoever asks sees all there is."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(Desk, "view", property(everything)))
        stack.enter_context(patch.object(Desk, "_sees", lambda _desk, _thing: True))
        stack.enter_context(patch.object(sitting, "decide", lambda _asker, _handling: Decision.FULL))
        yield


def by_one_who_sees_all(where: Any, name: str) -> Any:
    """A function does its work over all there is."""
    real = getattr(where, name)

    def seeing(*said: Any, **how: Any) -> Any:
        with seeing_all():
            return real(*said, **how)

    return patch.object(where, name, seeing)


# --- networks ---------------------------------------------------------------------------------------


def around(keeps: Callable[[Desk, Any], bool]) -> Any:
    """Links are told whose other end, or which themselves, the asker does not see."""
    real = Desk.around

    def told(desk: Desk, *said: Any, **how: Any) -> Any:
        with seeing_all():
            found = real(desk, *said, **how)
        return [bond for bond in found if keeps(desk, bond)]

    return patch.object(Desk, "around", told)


@mutant("L11 a link to a hidden thing is told", *CHARTS)
def _() -> Iterator[Any]:
    yield around(lambda desk, bond: bond.link in desk.look_all([bond.link]))


@mutant("L12 a hidden link between seen things is told", *CHARTS)
def _() -> Iterator[Any]:
    yield around(lambda desk, bond: bond.far in desk.look_all([bond.far]))
    yield by_one_who_sees_all(joints, "joints")


@mutant("L8 an expansion takes its limit before it leaves out what is hidden", *FILES)
def _() -> Iterator[Any]:
    yield around(lambda desk, bond: len(desk.look_all([bond.far, bond.link])) == len({bond.far, bond.link}))


@mutant("L13 an expansion counts hidden links", *CHARTS)
def _() -> Iterator[Any]:
    yield by_one_who_sees_all(Desk, "counted")


@mutant("L13 measures are taken over hidden links", *CHARTS)
def _() -> Iterator[Any]:
    yield by_one_who_sees_all(measuring, "whole")


@mutant("L13 leads and groups are made of hidden links", *CHARTS)
def _() -> Iterator[Any]:
    yield by_one_who_sees_all(structure, "whole")


@mutant("L13 a thing without a link that is seen counts its hidden ones", *CHARTS)
def _() -> Iterator[Any]:
    real = scope.whole

    def whole(desk: Desk, file: Thing, asked: Any) -> Any:
        seen = real(desk, file, asked)
        with seeing_all():
            links = real(desk, file, asked).network.links
        both = [link for link in links if link.a in seen.things and link.b in seen.things]
        return replace(seen, network=Network.of(list(seen.things), both))

    yield patch.object(measuring, "whole", whole)


@mutant("L18 the stamp tells how far the house has come", *CHARTS)
def _() -> Iterator[Any]:
    real = scope.stamped

    def stamped(desk: Desk, *said: Any) -> Any:
        told = real(desk, *said)
        return told.model_copy(update={"fingerprint": f"{told.fingerprint[:8]}{desk.newest()}"})

    yield patch.object(scope, "stamped", stamped)


@mutant("L13 the file's network is what all contributions name", *CHARTS)
def _() -> Iterator[Any]:
    real = scope.stamped

    def stamped(desk: Desk, things: Any, found: Any) -> Any:
        with seeing_all():
            many = len(desk.table(["Contribution"], limit=1000))
        return real(desk, things, found).model_copy(update={"things": many})

    yield patch.object(scope, "stamped", stamped)


# --- charts -----------------------------------------------------------------------------------------


@mutant("L27 a chart gives cells that name what is hidden", *CHARTS)
def _() -> Iterator[Any]:
    yield patch.object(cells, "seen", lambda found, _visible: dict(found))


@mutant("L22 a chart's last step is the newest, hidden or not", *CHARTS)
def _() -> Iterator[Any]:
    def seen(done: Any, visible: Any) -> Any:
        cut = [(step, [steps.seen_command(c, visible) for c in step.commands]) for step in done]
        return [(step, [c for c in commands if c]) for step, commands in cut]

    yield patch.object(steps, "seen", seen)


@mutant("L22 a step's label goes to who sees a part of it", *CHARTS)
def _() -> Iterator[Any]:
    real = steps.seen_command

    def seen_command(done: Any, visible: Any) -> Any:
        cut = real(done, visible)
        return replace(cut, label=done.label) if cut else None

    yield patch.object(steps, "seen_command", seen_command)


@mutant("L29 a private chart is in everybody's list", *CHARTS)
def _() -> Iterator[Any]:
    yield by_one_who_sees_all(service, "charts")


@mutant("L21 an export has what is hidden on the chart", *FILES)
def _() -> Iterator[Any]:
    yield by_one_who_sees_all(exporting, "of")


@mutant("L5 an import knows hidden namesakes", *FILES)
def _() -> Iterator[Any]:
    yield by_one_who_sees_all(importing, "plan")


# --- files ------------------------------------------------------------------------------------------


@mutant("L29 files are held without membership", *FILES)
def _() -> Iterator[Any]:
    real = door.as_he_stands

    def as_he_stands(desk: Desk, officer: Any) -> Any:
        stands = real(desk, officer)
        with seeing_all():
            all_files = frozenset(f"{FILE}{t.id}" for _, t in desk.table(["AnalysisFile"], limit=1000))
        return replace(stands, held=stands.held | all_files)

    yield patch.object(door, "as_he_stands", as_he_stands)


@mutant("L29 an invitation says whether there is such an officer", *FILES)
def _() -> Iterator[Any]:
    real = members.invite

    def invite(desk: Desk, id: str, form: Any) -> None:
        real(desk, id, form)
        if not desk.as_house().find([mail_key(form.bureau, form.address)]):
            raise Faulty(faults=(Fault("address", "There is no such officer", ""),))

    yield patch.object(members, "invite", invite)


@mutant("L13 categories of hidden subjects are told", *CHARTS)
def _() -> Iterator[Any]:
    yield by_one_who_sees_all(subjects, "subjects")
    yield by_one_who_sees_all(subjects, "shown")


@mutant("L1 a contribution lists what is hidden of it", *CHARTS)
def _() -> Iterator[Any]:
    yield by_one_who_sees_all(contributions, "shown")
    yield by_one_who_sees_all(contributions, "contributions")


# --- reports ----------------------------------------------------------------------------------------


@mutant("L21 a report shows blocks made of hidden sources", *CHARTS)
def _() -> Iterator[Any]:
    yield patch.object(content, "as_seen", content.as_author)


@mutant("L13 a figure is drawn as its author sees it, and goes with what is hidden on it", *CHARTS)
def _() -> Iterator[Any]:
    real = content.drawn_of

    def drawn_of(desk: Desk, file: Thing, blocks: Any, lang: str) -> Any:
        with seeing_all():
            drawn = real(desk, file, blocks, lang)
        parts = [p for p in drawn.parts if len(desk.look_all(list(p.drawn.sources))) == len(p.drawn.sources)]
        return replace(drawn, parts=tuple(parts))

    yield patch.object(content, "drawn_of", drawn_of)


@mutant("L22 what a reader is asked to say he saw moves with what he did not", *CHARTS)
def _() -> Iterator[Any]:
    real = content.digest

    def digest(desk: Desk, report: Thing, whole: Any) -> str:
        return f"{real(desk, report, whole)[:8]}{report.version}"

    yield patch.object(content, "digest", digest)


@mutant("L29 reports of files of which one is no member are listed", *CHARTS)
def _() -> Iterator[Any]:
    def every(desk: Desk, _file: Thing) -> list[Thing]:
        with seeing_all():
            found = desk.table(["AnalysisReport"], limit=1000)
        return sorted((t for _, t in found), key=lambda t: t.id)

    yield patch.object(reports, "reports", every)


@mutant("L29 copies for others are listed", *CHARTS)
def _() -> Iterator[Any]:
    def copies(desk: Desk) -> Any:
        with seeing_all():
            found = [t for _, t in desk.table(["ReportCopy"], limit=1000)]
        desk.note("see", what="report copies")
        return [reading.row(desk, t) for t in found]

    yield patch.object(reading, "copies", copies)


@mutant("L1 a release check counts hidden sources", *CHARTS)
def _() -> Iterator[Any]:
    real = release.check

    def check(desk: Desk, report: Thing, *said: Any) -> Any:
        ids = {id for _block, several in content.written(report) for id in several}
        return real(desk, report, *said).model_copy(update={"sources": len(ids)})

    yield patch.object(release, "check", check)
