"""A disk that was gone through once, and what came of it."""

import os
from collections.abc import Iterator
from pathlib import Path

import disks
import pytest

from entente.triage import running
from entente.triage.work_file import WorkFile


@pytest.fixture(scope="session")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("disk")
    disks.make(folder)
    return folder


@pytest.fixture(scope="session")
def once(disk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of a run without lists."""
    out = tmp_path_factory.mktemp("out")
    run = running.Run(os.fsencode(disk), out, case="XA-17", jobs=2)
    with running.opened(out, made=True) as kept:
        running.read(run, kept, disks.quiet)
        running.remember(run, kept)
        running.write(out, kept, running.sort(kept))
    return out


@pytest.fixture
def kept(once: Path, tmp_path: Path) -> Iterator[WorkFile]:
    """A copy of that run's work file, to be changed."""
    (tmp_path / running.WORK).write_bytes((once / running.WORK).read_bytes())
    with running.opened(tmp_path) as file:
        yield file
