"""The demo story served on a free port of this machine, and how a real Chromium comes to it."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from entente.app import make_app, open_house, sequencer_of, work_of
from entente.demo import bureaus, story
from entente.desk import HOUSE_ASKER, House, indexer, sit
from entente.desk.work import do_all
from entente.rooms.bureaus import make_link
from entente.settings import Settings

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
MUST = os.environ.get("ENTENTE_TEST_BROWSER") == "must"
PEOPLE = 400
WIDE = {"width": 1280, "height": 900}
Visit = Callable[..., Page]
"""visit(lang="ar", script=False, …) -> a page of a browser of its own; see conftest.py."""


@dataclass(slots=True)
class Stopped:
    """A clock that stands until it is moved."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass(frozen=True, slots=True)
class Demo:
    """The house of the stories while it is served."""

    address: str
    house: House
    settings: Settings

    def link(self, email: str) -> str:
        """A fresh one-time link for an officer; it opens his bureau's key."""
        with sit(self.house, HOUSE_ASKER, "administer", writing=True) as desk:
            known = (officer for _, officer in desk.table(["Officer"], limit=500))
            officer = next(o for o in known if o.first("email") == email)
            token = make_link(desk, officer.id, bureaus.ring_of(desk, officer.first("code")))
            return f"{self.address}/sign-in/link/{token}"

    def sign_in(self, page: Page, email: str) -> None:
        """By one-time link and one more click, as an officer does it."""
        page.goto(self.link(email))
        page.locator("form[action^='/sign-in/link/'] button").click()
        page.wait_for_url(f"{self.address}/")

    @contextmanager
    def stopped(self) -> Iterator[Stopped]:
        """The house's clock stands, and goes on from the true time after.

        To be moved by minutes only: the sessions of the other stories' officers end after half an hour.
        """
        before = self.house.clock
        self.house.clock = clock = Stopped(datetime.now(UTC))
        try:
            yield clock
        finally:
            self.house.clock = before

    def work(self) -> None:
        """The work behind the answers, now instead of in a few seconds."""
        do_all(work_of(self.house, sequencer_of(self.house, self.settings)))


@contextmanager
def serving(folder: Path, people: int = PEOPLE) -> Iterator[Demo]:
    """The demo story kept in a folder and served until the block ends."""
    held = socket.create_server(("127.0.0.1", 0))  # held: others look for ports meanwhile
    settings = Settings(data=folder, port=held.getsockname()[1], officer_rate=1e6)
    with closing(held), closing(open_house(settings)) as house:
        story.load(house, people, lambda done, total: None)
        indexer.catch_up(house)
        app = make_app(settings, house)
        config = uvicorn.Config(app, log_level="error", ws="none", server_header=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([held],))
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        try:
            yield Demo(f"http://localhost:{settings.port}", house, settings)
        finally:
            server.should_exit = True
            thread.join(timeout=20)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium. Skips where there is none; fails where ENTENTE_TEST_BROWSER says that there must be one."""
    path = os.environ.get("ENTENTE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path and MUST:
        pytest.fail("No Chromium here, and ENTENTE_TEST_BROWSER=must: install it (apt install chromium).")
    if not path:
        pytest.skip("No Chromium here: install it (apt install chromium) to run the stories.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
