"""The casebook timed: 30 cases in each form, the matrix over 5,000 claims, an erratum.

    python -m benchmarks.casebook [claims=5000]

An empty house in memory has the cases of the demo, and five of them again: 30 are admitted. An export is from
the desk (all cases judged, names looked for) to bytes, the first time and again. The matrix is asked over
cases of 20 claims each, beside those of the demo. The erratum is timed from the proceeding that overturns to
the reader's new copy, with the house's duties done one after the other: their pause of at most 5 s is not
in it. Targets: each form of the book under 10 s, the matrix under 200 ms, the erratum under 60 s.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from entente.app import open_house, sequencer_of, work_of
from entente.core.journal import canonical
from entente.demo import cases
from entente.demo.bureaus import join
from entente.demo.cases_content import contents
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.desk.work import do_all
from entente.rooms.publications import docx, html, printing, reading
from entente.rooms.reports import service
from entente.rooms.reports.casebook import model as b
from entente.rooms.reports.casebook import service as casebooks
from entente.rooms.reports.casebook import shown
from entente.rooms.reports.cases import across, writing
from entente.rooms.reports.cases import model as m
from entente.settings import Settings

CASES, CLAIMS_A_CASE = 30, 20
FORMS = {"pdf": printing.pdf, "html": html.page, "docx": docx.docx}


@contextmanager
def at(house: House, who: str, act: str = "see", writing: bool = False) -> Iterator[Desk]:
    with cases.at(house, who, act, writing) as desk:
        desk.note("see", what="benchmark")
        yield desk


def seconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def exports(house: House) -> dict[str, float]:
    """Seconds for each form of a book of 30 admitted cases, the first time and again."""
    more = [one for one in contents(house.clock().date()) if one.final and not one.plain]
    for one in more[: CASES - len(more)]:
        cases.written(house, one)
    with at(house, cases.AUTHOR, "case", writing=True) as desk:
        chosen = [b.Choice(case=case.id) for case, _ in service.admitted(desk)]
        book = casebooks.write(desk, b.CasebookForm(title="Thirty cases", cases=chosen)).thing.id
    assert len(chosen) == CASES

    def export(form: str) -> None:
        with at(house, cases.AUTHOR, "export") as desk:
            document, marked = shown.draft(desk, casebooks.look(desk, book))
        FORMS[form](document, marked) if form in FORMS else canonical(document)

    told = {}
    for form in (*FORMS, "json"):
        for word in ("first", "again"):
            told[f"{form}_{word}_s"] = round(seconds(lambda form=form: export(form)), 2)  # type: ignore[misc]
    return told


def erratum(house: House) -> float:
    """Seconds from a judgment that is overturned to the new print in a reader's hands."""
    with at(house, cases.AUTHOR) as desk:
        found = [case for case in service.every(desk) if case.state == "published"]
        harvest = next(case for case in found if case.form.title == "The Harvest That Never Grew")
    tried = harvest.proceedings[1].form.outcomes
    form = m.ProceedingForm(
        court="Supreme Court",
        country="xa",
        stage="retrial",
        date=house.clock().date().isoformat(),
        outcomes=[m.OutcomeForm(defendant=o.defendant, charge=o.charge, verdict="acquitted") for o in tried],
        overturns=1,
    )
    work = work_of(house, sequencer_of(house, Settings()))
    do_all(work)  # what the demo left to do is not of this
    start = time.perf_counter()
    with at(house, "officer@xa.example", "case", writing=True) as desk:
        writing.add_proceeding(
            desk, harvest.id, m.ProceedingEdit(version=harvest.thing.version, proceeding=form)
        )
    do_all(work)
    with at(house, "officer@xb.example") as desk:
        copies = [reading.document(desk, reading.copy_of(desk, row.id)) for row in reading.copies(desk)]
    assert [len(one["more"]["casebook"]["errata"]) for one in copies] == [1]
    return time.perf_counter() - start


def matrix(house: House, claims: int) -> float:
    """Median seconds of five questions over so many claims of many cases."""
    kinds = [one.form for one in contents(house.clock().date())]
    for n in range(claims // CLAIMS_A_CASE):
        form = kinds[n % len(kinds)]
        with at(house, "officer@xb.example", "case", writing=True) as desk:
            case = writing.draft(desk, form.model_copy(update={"see": ["XA"]}))
            evidence = m.EvidenceForm(kind="statement", title="Statement")
            case, _ = writing.add_evidence(
                desk, case.id, m.EvidenceEdit(version=case.thing.version, evidence=evidence)
            )
            for k in range(CLAIMS_A_CASE):
                claim = m.ClaimForm(
                    subject_goods=form.goods[k % len(form.goods)],
                    link_type="distributes",
                    object_crime=form.crimes[k % len(form.crimes)],
                    text="The group did so.",
                    evidence=[1],
                )
                case, _ = writing.add_claim(
                    desk, case.id, m.ClaimEdit(version=case.thing.version, claim=claim)
                )
    took = []
    for _ in range(5):
        with at(house, cases.AUTHOR) as desk:
            took.append(seconds(lambda desk=desk: across.matrix(desk)))  # type: ignore[misc]
    return sorted(took)[2]


def main() -> None:
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), store="memory:", text="memory:", blobs="memory:")
        with closing(open_house(settings)) as house:
            with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
                join(desk)
            told: dict[str, float] = {"load_s": round(seconds(lambda: cases.load(house)), 2)}
            told |= exports(house)
            told["erratum_s"] = round(erratum(house), 2)
            told |= {"claims": claims, "matrix_ms": round(1000 * matrix(house, claims), 1)}
    print("targets: each form of 30 cases under 10 s, the matrix under 200 ms, the erratum under 60 s")
    print(*(f"{name}={value}" for name, value in told.items()))


if __name__ == "__main__":
    main()
