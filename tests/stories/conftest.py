"""A real house on its own port, the demo story in it, and a real Chromium in front of it.

`demo`     the house: demo.address, demo.link("officer@xa.example") (a fresh one-time link), demo.work() (silent
           notices and jobs, now). One for all stories: each tells of other people.
`visit`    visit(lang="ar", script=False, ...) -> a page of a browser of its own (its own cookies).
`sign_in`  sign_in(page, "officer@xa.example"): by one-time link, as an officer does it.
A page that shows an error of the server, or a script that fails, fails the story.
"""

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from entente.app import make_app, open_house, sequencer_of
from entente.demo import story
from entente.desk import HOUSE_ASKER, House, indexer, sit
from entente.desk.work import do_all
from entente.rooms.bureaus import mail_key, make_link
from entente.settings import Settings

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PEOPLE = 400
PATIENCE_MS = 8_000
Visit = Callable[..., Page]
SignIn = Callable[[Page, str], None]


@dataclass(frozen=True, slots=True)
class Demo:
    """The house of the stories while it is served."""

    address: str
    house: House
    settings: Settings

    def link(self, email: str) -> str:
        """A fresh one-time link for an officer."""
        with sit(self.house, HOUSE_ASKER, "administer", writing=True) as desk:
            officer = desk.find([mail_key(email)])[0][1]
            return f"{self.address}/sign-in/link/{make_link(desk, officer.id)}"

    def work(self) -> None:
        """The work behind the answers, now instead of in a few seconds."""
        do_all(self.house, sequencer_of(self.house, self.settings))


def chromium() -> str:
    """Where Chromium is. Skips where there is none; fails where there must be one."""
    found = os.environ.get("ENTENTE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if found:
        return found
    if os.environ.get("ENTENTE_TEST_BROWSER") == "must":
        pytest.fail("No Chromium here, and ENTENTE_TEST_BROWSER=must.")
    pytest.skip("No Chromium here: install it (apt install chromium) to run the stories.")


def serve(folder: Path, people: int = PEOPLE) -> Iterator[Demo]:
    """The demo story in a folder, served on a free port of this machine until the generator is closed."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = Settings(data=folder, port=port, officer_rate=1e6)
    with closing(open_house(settings)) as house:
        story.load(house, people, lambda done, total: None)
        indexer.catch_up(house)
        app = make_app(settings, house)
        config = uvicorn.Config(app, port=port, log_level="error", ws="none", server_header=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        yield Demo(f"http://localhost:{port}", house, settings)
        server.should_exit = True
        thread.join(timeout=20)


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    chromium()
    yield from serve(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=FLAGS)


@pytest.fixture
def visit(browser: Browser, demo: Demo) -> Iterator[Visit]:
    opened: list[BrowserContext] = []
    wrong: list[str] = []

    def visit(lang: str = "en", script: bool = True, **how: Any) -> Page:
        context = browser.new_context(
            base_url=demo.address, locale=lang, java_script_enabled=script, **({"viewport": WIDE} | how)
        )
        opened.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.on("response", lambda r: wrong.append(f"{r.status} {r.url}") if r.status >= 500 else None)
        context.on("request", lambda r: None if r.url.startswith(OURS) else wrong.append(f"left: {r.url}"))
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    OURS = (demo.address, "data:", "blob:")
    yield visit
    for context in opened:
        context.close()
    assert wrong == []


WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def sign_in(demo: Demo) -> SignIn:
    def sign_in(page: Page, email: str) -> None:
        page.goto(demo.link(email))
        page.locator("form[action^='/sign-in/link/'] button").click()
        page.wait_for_url(f"{demo.address}/")

    return sign_in
