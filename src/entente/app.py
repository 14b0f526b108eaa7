"""Settings to engines to web application: the only place where the parts meet."""

import gc
import os
import sqlite3
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from fastapi import Depends, FastAPI

from entente import __version__
from entente.core.kinds import model
from entente.core.problems import NotSupported, Unavailable
from entente.desk import HOUSE_ASKER, House, columning, likening, retention, sit, templating
from entente.desk.bell import Bell
from entente.desk.indexer import notice_missing, notice_new_keys, throw_away
from entente.desk.retention import erase
from entente.desk.sequencer import Sequencer, new_key, public_key, signer
from entente.desk.work import Duty, Jobs, Workshop, duties, held, watch
from entente.engines.blobs import open_blobs
from entente.engines.columns import open_columns
from entente.engines.galleries import open_galleries
from entente.engines.signals import open_signals
from entente.engines.store import open_store
from entente.engines.store.restoring import Copy, move, remove, staged
from entente.engines.text import open_text
from entente.engines.vectors import open_vectors
from entente.rooms import (
    analysis,
    biometrics,
    bureaus,
    messages,
    notices,
    papers,
    payments,
    publications,
    records,
    reports,
    screening,
    search,
    series,
    trends,
)
from entente.rooms.analysis import api as analysis_api
from entente.rooms.analysis import pages as analysis_pages
from entente.rooms.biometrics import api as biometrics_api
from entente.rooms.biometrics import pages as biometrics_pages
from entente.rooms.bureaus import api as bureaus_api
from entente.rooms.bureaus import pages as bureaus_pages
from entente.rooms.messages import api as messages_api
from entente.rooms.messages import pages as messages_pages
from entente.rooms.messages import stream as messages_stream
from entente.rooms.notices import api as notices_api
from entente.rooms.notices import pages as notices_pages
from entente.rooms.papers import api as papers_api
from entente.rooms.papers import pages as papers_pages
from entente.rooms.payments import api as payments_api
from entente.rooms.payments import pages as payments_pages
from entente.rooms.publications import api as publications_api
from entente.rooms.publications import pages as publications_pages
from entente.rooms.records import api as records_api
from entente.rooms.records import pages as records_pages
from entente.rooms.reports import api as casebook_api
from entente.rooms.reports import pages as casebook_pages
from entente.rooms.screening import api as screening_api
from entente.rooms.screening import pages as screening_pages
from entente.rooms.search import api as search_api
from entente.rooms.search import pages as search_pages
from entente.rooms.series import api as series_api
from entente.rooms.series import pages as series_pages
from entente.rooms.trends import api as trends_api
from entente.rooms.trends import pages as trends_pages
from entente.settings import Settings
from entente.web import forms, install
from entente.web.live import ends_with_the_server

__all__ = ["JOBS", "bureaus", "make_app", "open_house", "records", "search", "sequencer_of", "work_of"]


def open_house(settings: Settings) -> House:
    """The house on the engines that the settings name. Raises NotSupported for an address of no engine."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        text, blobs = open_text(settings.text_url), open_blobs(settings.blobs_url)
        vectors, galleries = open_vectors(settings.vectors_url), open_galleries(settings.galleries_url)
        columns = open_columns(settings.columns_url)
        store = open_store(settings.store_url)
    except ValueError as wrong:
        engines = "ENTENTE_STORE, ENTENTE_TEXT, ENTENTE_VECTORS, ENTENTE_GALLERIES, ENTENTE_COLUMNS"
        raise NotSupported(f"{engines} or ENTENTE_BLOBS is wrong: {wrong}") from wrong
    biometrics.use(settings.faces)
    key = journal_key(settings)
    signals, sign = open_signals("inprocess:"), signer(key)
    house = House(
        store,
        text,
        blobs,
        signals,
        model(),
        sign=sign,
        public_key=public_key(key),
        vectors=vectors,
        galleries=galleries,
        columns=columns,
    )
    days = {
        "question days": settings.question_days,
        search.DECONFLICTION_DAYS: settings.deconfliction_days,
        screening.SET_DAYS: settings.screening_days,
    }
    with house.store.reading() as tx:
        changed = {name: str(many) for name, many in days.items() if tx.notes.read(name) != str(many)}
    if changed:
        with house.bookkeeping() as tx:
            for name, many in changed.items():
                tx.notes.write(name, many)
    notice_missing(house)
    likening.notice_missing(house)
    templating.notice_missing(house)
    notice_new_keys(house)
    return house


def sequencer_of(house: House, settings: Settings) -> Sequencer:
    """The journal's sequencer, with this house's signing key (made at the first start)."""
    return Sequencer(house.store, signer(journal_key(settings)), house.clock, settings.origin)


def journal_key(settings: Settings) -> bytes:
    """The private key that signs checkpoints: a file, so that a copy of the store alone cannot sign."""
    path = settings.data / "journal.key"
    if not path.exists():
        with NamedTemporaryFile(dir=settings.data) as made:  # readable by its owner alone
            made.write(new_key())
            made.flush()
            os.fsync(made.fileno())
            with suppress(FileExistsError):  # another process was faster: its key is the house's
                os.link(made.name, path)
        folder = os.open(settings.data, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    return path.read_bytes()


ASIDE_S = 15.0
"""How long a server leaves the silent pass to the process beside it (cli.serve) before it does it itself."""


def workshops_of(house: House, settings: Settings, aside_s: float = 0.0) -> list[Workshop]:
    """The work behind the answers: what asks many questions, and all else."""
    work = [
        *duties(house, sequencer_of(house, settings), JOBS),
        *rooms_duties(house, settings.webhook_origins),
    ]
    return [
        Workshop(house, work, settings.data / "work.lock"),
        Workshop(house, asking(house), settings.data / "watch.lock", aside_s),
    ]


def work_of(house: House, sequencer: Sequencer, webhooks: Collection[str] = ()) -> list[Duty]:
    """All the work behind the answers: the desk's, what rooms bring, and what asks many questions.

    `webhooks`: the origins that bureaus' systems may be told at.
    """
    return [*duties(house, sequencer, JOBS), *rooms_duties(house, webhooks), *asking(house)]


def asking(house: House) -> list[Duty]:
    """What asks many questions: lists that are screened, files that may meet, and, last, the silent pass."""
    return [*screening.duties(house), *analysis.asking(house), *watch(house)]


def rooms_duties(house: House, webhooks: Collection[str] = ()) -> list[Duty]:
    """What rooms do by the clock; each names its own here."""
    return [
        Duty("clocks", lambda: messages.tick(house), messages.PAUSE_S),
        Duty("directory", lambda: bureaus.what_ends(house), 60.0),
        Duty("webhooks", bureaus.Courier(house, webhooks).step, 1.0),
        Duty("hits", lambda: search.tick(house), 5.0),
        Duty("standing", search.Ringing(house).step, 1.0, "changed"),
        Duty("deconfliction", search.Meetings(house).step, 5.0),
        *notices.duties(house),
        *analysis.duties(house),
        *publications.duties(house, IMPRINTS),
        *series.duties(house),
        *biometrics.duties(house),
        *payments.duties(house),
        *reports.duties(house),
        *trends.duties(house),
    ]


IMPRINTS: publications.Imprints = {**analysis.IMPRINTS, **reports.IMPRINTS}
"""What rooms publish, by kind."""
JOBS: Jobs = {**retention.JOBS, **notices.JOBS, **analysis.JOBS, **papers.JOBS, **biometrics.JOBS}
"""What the desk and the rooms do after an answer, by the job's name."""


def make_app(settings: Settings, house: House | None = None, work: bool = True) -> FastAPI:
    """The web application. `work`: also do the work behind the answers, when no other process does."""
    home = house or open_house(settings)
    workshops = workshops_of(home, settings, ASIDE_S) if work else []
    bell = Bell(home, (*messages_stream.BOXES, *payments.BOXES))

    @asynccontextmanager
    async def living(_app: FastAPI) -> AsyncIterator[None]:
        for workshop in workshops:
            workshop.start()
        with ends_with_the_server(bell):
            yield
        for workshop in workshops:
            workshop.stop()
        if house is None:
            home.close()

    app = FastAPI(
        title="Entente",
        version=__version__,
        summary="Police cooperation across borders; the owner of a record decides who sees it.",
        lifespan=living,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        redirect_slashes=False,  # one address a thing, and no redirect that a Host header steers
        dependencies=[Depends(forms.closing)],
    )
    app.state.settings = settings
    app.state.house = home
    app.state.bell = bell
    app.state.imprints = IMPRINTS
    app.state.badges = (notices.badges,)
    app.state.door = bureaus.Door(home, settings.officer_rate, settings.key_rate, settings.idle_minutes)
    for module in (
        bureaus_api,
        records_api,
        search_api,
        messages_api,
        messages_stream,
        notices_api,
        papers_api,
        payments_api,
        biometrics_api,
        series_api,
        screening_api,
        analysis_api,
        publications_api,
        casebook_api,
        trends_api,
    ):
        app.include_router(module.router)
    for pages in (
        messages_pages,
        bureaus_pages,
        records_pages,
        search_pages,
        notices_pages,
        papers_pages,
        payments_pages,
        biometrics_pages,
        series_pages,
        screening_pages,
        analysis_pages,
        casebook_pages,
        publications_pages,
        trends_pages,
    ):
        app.include_router(pages.router, include_in_schema=False)
    install(
        app,
        {
            **analysis.LIMITS,
            **biometrics.LIMITS,
            **messages.LIMITS,
            **notices.LIMITS,
            **papers.LIMITS,
            **payments.LIMITS,
            **reports.LIMITS,
            **screening.LIMITS,
            **series.LIMITS,
            **trends.LIMITS,
        },
    )
    return app


def from_environment() -> FastAPI:
    """The application as uvicorn's workers make it: settings from the environment and entente.toml."""
    app = make_app(Settings())
    gc.collect()
    gc.freeze()  # what stands at the start is never garbage: the cycle collector need not walk it
    gc.set_threshold(50_000, 20, 20)
    return app


@dataclass(frozen=True, slots=True)
class PutBack:
    """What came back, how many deletions were made again (None: the ledger could not be read), and where
    the store before is (None: there was none)."""

    copy: Copy
    deletions: int | None
    before: Path | None


def put_back(settings: Settings, copy: Path) -> PutBack:
    """Put an SQLite store back from a copy, and delete again what the store before it had deleted.

    Raises Unreadable for what is no sound copy of a store, and NotSupported for another store and while
    a server or worker runs; the store is then as it was. A deleted person must not come back (RPD 52).
    """
    place = settings.data / "entente.db"
    if settings.store:
        raise NotSupported("ENTENTE_STORE names another store; for PostgreSQL use pg_restore.")
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with held(settings.data / "work.lock") as alone:
        if not alone:
            raise NotSupported("Stop the server and the workers of this house first.")
        new = place.with_suffix(".new")
        found = staged(copy, new)
        try:
            deleted = _deleted(settings, place) if place.exists() else []
            before = place.with_suffix(f".before-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
            move(place, before)
        except BaseException:
            remove(new)
            raise
        try:
            new.rename(place)
            with closing(open_house(settings)) as house:
                with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
                    for id in deleted or ():
                        erase(desk, id)
                    desk.note("restore", deletions=len(deleted or ()))
                throw_away(house)
                likening.throw_away(house)
                templating.throw_away(house)
                columning.throw_away(house)
        except BaseException:
            remove(new)
            remove(place)
            move(before, place)
            raise
    return PutBack(found, None if deleted is None else len(deleted), before if before.exists() else None)


def _deleted(settings: Settings, place: Path) -> list[str] | None:
    """The ledger of deletions of the present store; None when it cannot be read any more."""
    if not place.stat().st_size:  # to be opened is to be made anew
        return None
    try:
        with closing(open_store(settings.store_url)) as store, store.reading() as tx:
            return [id for id, _ in tx.upkeep.erased(datetime(1970, 1, 1, tzinfo=UTC))]
    except (Unavailable, sqlite3.Error):
        return None
