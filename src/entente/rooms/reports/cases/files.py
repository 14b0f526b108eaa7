"""Files of evidence: kept whole by their SHA-256, a PDF's pages counted in a process of its own.

Nothing of a file is shown in the house's own pages: it leaves as a download, as it came.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from entente.core.problems import Absent, Fault, Faulty, TooLarge
from entente.desk import Desk
from entente.match import proof
from entente.rooms.reports.cases import keeping, proving
from entente.rooms.reports.cases import model as m
from entente.rooms.reports.cases.case import Case, Evidence, File
from entente.web.language import N_
from entente.web.pictures import LOOKED_AFTER, turn

MOST_BYTES = 25 << 20
MOST_OF_A_CASE = 250 << 20
WAIT_S = 20.0
PDF = "application/pdf"
PLAIN = "text/plain"
_CHILD = Path(__file__).with_name("pages_child.py")
Sitting = Callable[[bool], AbstractContextManager[Desk]]
"""Sits the officer down, to write or to read."""


def read(data: bytes) -> File:
    """What a file is: a PDF, with its pages as far as they can be counted, or plain UTF-8 text.

    A PDF that says more pages than evidence can have was not counted: nothing is believed of it.

    Raises TooLarge, Faulty, Unavailable.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge(f"A file of evidence has at most {MOST_BYTES >> 20} MiB.")
    digest = sha256(data).hexdigest()
    if data.startswith(b"%PDF-"):
        said = _counted(data)
        pages, text = said.get("pages"), said.get("text")
        counted = pages if isinstance(pages, int) and 0 < pages <= m.MOST_PAGES else 0
        return File(digest, len(data), PDF, counted, text if isinstance(text, bool) else None)
    try:
        if data and b"\0" not in data and data.decode():
            return File(digest, len(data), PLAIN, 0, True)
    except UnicodeDecodeError:
        pass
    what = N_("It is neither a PDF nor plain text")
    raise Faulty(faults=(Fault("file", what, N_("Send the judgment as PDF, or as text in UTF-8.")),))


def _counted(data: bytes) -> dict[str, Any]:
    """What the other process counted; nothing where it gave up."""
    try:
        with turn():
            made = subprocess.run(  # noqa: S603
                [sys.executable, "-I", str(_CHILD)],
                input=data,  # our own script; what is sent goes to its input alone
                capture_output=True,
                timeout=WAIT_S,
                check=False,
                env={},
            )
        said = json.loads(made.stdout) if made.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError):
        said = {}
    return said if isinstance(said, dict) else {}


def attach(sitting: Sitting, id: str, number: int, version: int, data: bytes) -> Case:
    """Keep the file of a piece of evidence; it is read before anybody sits down to write.

    Raises Faulty where its SHA-256 is another one than was written, or a pinpoint lies outside of it.
    """
    with sitting(False) as desk:
        _evidence(keeping.mine(desk, id, version), number)
        desk.note("see", object=id)
    file = read(data)
    with sitting(True) as desk:
        case = keeping.mine(desk, id, version)
        kept = _evidence(case, number)
        _refuse(case, kept, file)
        if desk.house.blobs.put(data) != file.digest:
            raise Faulty(faults=(Fault("file", N_("It changed on its way"), N_("Send it again.")),))
        said = {**kept.form.model_dump(), "sha256": file.digest, "pages": file.pages or kept.form.pages}
        form = m.EvidenceForm.model_validate(said)
        changed = {**case.evidence, number: Evidence(form, file)}
        return keeping.edited(desk, case, "evidence", evidence=changed)


def _refuse(case: Case, kept: Evidence, file: File) -> None:
    faults = []
    if kept.form.sha256 and kept.form.sha256 != file.digest:
        what = f"The SHA-256 of this file is {file.digest}, and the evidence says another one"
        faults.append(Fault("file", what, N_("Send the file that was cited, or put the hash right first.")))
    probe = replace(kept, file=file)
    judged = proof.evidence_faults(proving.evidence_of(1, probe))
    faults += [
        Fault("pinpoint", f"It {fault.what}", fault.do)
        for fault in judged
        if fault.where.endswith("pinpoint")
    ]
    others = sum(one.file.size for one in case.evidence.values() if one.file and one is not kept)
    if others + file.size > MOST_OF_A_CASE:
        what = f"The files of one case have at most {MOST_OF_A_CASE >> 20} MiB"
        faults.append(Fault("file", what, N_("Keep its hash and pinpoint alone.")))
    if faults:
        raise Faulty(faults=tuple(faults))


def detach(desk: Desk, id: str, number: int, version: int) -> Case:
    """Take the file out; its hash stays."""
    case = keeping.mine(desk, id, version)
    kept = _evidence(case, number)
    if kept.file is None:
        raise Absent()
    changed = {**case.evidence, number: Evidence(kept.form)}
    others = {one.file.digest for n, one in changed.items() if one.file}
    if kept.file.digest not in others:
        later = desk.now + LOOKED_AFTER  # the same bytes may just be coming in again
        desk.tx.jobs.add("drop", {"digests": [kept.file.digest]}, not_before=later)
    return keeping.edited(desk, case, "evidence", evidence=changed)


def opened(desk: Desk, id: str, number: int) -> tuple[File, bytes]:
    """The file of a piece of evidence, as it came. Raises Absent."""
    case = keeping.look(desk, id)
    kept = _evidence(case, number)
    if kept.file is None:
        raise Absent()
    desk.note("export", object=id, what="evidence", number=number)
    try:
        return kept.file, desk.house.blobs.open(kept.file.digest)
    except (OSError, KeyError):
        raise Absent() from None


def _evidence(case: Case, number: int) -> Evidence:
    if number not in case.evidence:
        raise Absent()
    return case.evidence[number]
