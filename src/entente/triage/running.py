"""One run: walk, read what was not read yet, compare, ask, write. Called again, it goes on where it was."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from entente.triage import asking, outputs
from entente.triage.lists import Listed, listed
from entente.triage.sorting import SEEN, Sorted
from entente.triage.walking import walk
from entente.triage.work_file import Came, NoWorkFile, WorkFile
from entente.triage.workers import work

WORK = "triage.work"
Bar = Callable[[str], AbstractContextManager[Callable[[int, int | None], None]]]
"""Opens a progress bar with a title; what it gives takes how many more are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Run:
    """What to do. `folder` is the disk, `out` the folder of the outputs, which is not on it."""

    folder: bytes
    out: Path
    case: str = ""
    profile: str = "Default"
    known: tuple[Path, ...] = ()
    ignore: tuple[Path, ...] = ()
    jobs: int = 1


@contextmanager
def opened(out: Path, made: bool = False) -> Iterator[WorkFile]:
    """The work file of a folder of outputs, for one run at a time. Raises NoWorkFile."""
    if made:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
    elif not (out / WORK).exists():
        raise NoWorkFile(f"{out} holds no work file: run entente triage first.")
    with (out / f"{WORK}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise NoWorkFile(f"Another run writes to {out}: wait for it, or use another folder.") from None
        with WorkFile(out / WORK) as file:
            yield file


def read(run: Run, kept: WorkFile, bar: Bar) -> int:
    """Walk the disk and read what is new or changed; returns how many files there are. Raises NoWorkFile."""
    _same_disk(run, kept)
    count = kept.walked(walk(run.folder))
    waiting = kept.waiting()
    with bar("Reading") as advance:
        advance(count - len(waiting), count)
        for done in kept.read(work(run.folder, waiting, run.jobs)):
            advance(done, count)
    return count


def _same_disk(run: Run, kept: WorkFile) -> None:
    """A work file is of one folder: another's paths would be taken for files that are gone."""
    said = os.path.realpath(run.folder).hex()
    if kept.about("folder") not in ("", said):
        raise NoWorkFile(f"{run.out} is of another folder: name a new one with --to.")
    kept.note("folder", said)
    for name, value in (("case", run.case), ("profile", run.profile)):
        kept.note(name, value)


def remember(run: Run, kept: WorkFile) -> None:
    """Note the lists, so that the review splits as the run did."""
    for name, paths in (("known", run.known), ("ignore", run.ignore)):
        kept.note(name, "\0".join(os.path.abspath(path) for path in paths))


def sort(kept: WorkFile) -> Sorted:
    """Split and group what was read, beside the lists that were noted and the answers. Raises NoList."""
    return Sorted(kept.files(), _entries(kept, "known"), _entries(kept, "ignore"), kept.answers())


def _entries(kept: WorkFile, name: str) -> Iterator[Listed]:
    for path in kept.about(name).split("\0"):
        if path:
            yield from listed(Path(path))


def parts(kept: WorkFile, found: Sorted) -> Iterator[asking.Part]:
    """What is asked of the house: whatever no list here sets aside."""
    wanted = _wanted(found)
    labels = kept.labels(wanted)
    return asking.parts(kept.files(SEEN), {sha256: labels[sha256] for sha256 in wanted})


def _wanted(found: Sorted) -> list[str]:
    return asking.to_ask((item.sha256 for item in found.items.all), found.verdicts)


def ask(kept: WorkFile, found: Sorted, house: httpx.Client, bar: Bar, again: bool = False) -> Came:
    """Ask the house, `again` what it answered before, too; how many answers came. Raises NotAsked."""
    count = len(_wanted(found))
    with bar("Asking") as advance:
        advance(0, count)
        return asking.send(kept, parts(kept, found), house, lambda done: advance(done, count), again)


def write(out: Path, kept: WorkFile, found: Sorted) -> None:
    """All outputs anew."""
    tables = (
        ("files.csv", (*outputs.FILES, *outputs.FILES_TOLD), outputs.file_rows(kept.files(), found)),
        ("groups.csv", outputs.GROUPS, outputs.group_rows(found)),
        ("review.csv", outputs.REVIEW, outputs.review_rows(found)),
        ("problems.csv", outputs.PROBLEMS, outputs.problem_rows(kept.files(), kept.passed())),
    )
    for name, heads, rows in tables:
        outputs.replaced(out / name, outputs.table(heads, rows))
    write_case(out, kept, found)
    outputs.asked(out, parts(kept, found))


def write_case(out: Path, kept: WorkFile, found: Sorted) -> None:
    """The case as VICS anew, with what was decided so far."""
    count = sum(item.copies for item in found.items.all)
    files = kept.files(SEEN)
    case, profile = kept.about("case"), kept.about("profile")
    outputs.replaced(
        out / "case.vics.json", outputs.vics(files, count, found, case, profile, kept.decisions())
    )
