"""A real house on its own port, the demo story in it, and a real Chromium in front of it.

`demo`   the house (served.py): demo.address, demo.sign_in(page, "officer@xa.example"), demo.work() (silent
         notices and jobs, now). One for all stories: each tells of other people.
`visit`  visit(lang="ar", script=False, viewport=…) -> a page of a browser of its own (its own cookies).
A page that shows an error of the server, a script that fails and a request that leaves the house fail
the story.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from .served import WIDE, Demo, Visit, chromium, serving

PATIENCE_MS = 8_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="package")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with serving(tmp_path_factory.mktemp("demo")) as served:
        yield served


@pytest.fixture
def visit(browser: Browser, demo: Demo) -> Iterator[Visit]:
    opened: list[BrowserContext] = []
    wrong: list[str] = []
    ours = (demo.address, "data:", "blob:")

    def visit(lang: str = "en", script: bool = True, **how: Any) -> Page:
        how = {
            "base_url": demo.address,
            "locale": lang,
            "java_script_enabled": script,
            "viewport": WIDE,
        } | how
        context = browser.new_context(**how)
        opened.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.on("response", lambda r: wrong.append(f"{r.status} {r.url}") if r.status >= 500 else None)
        context.on("request", lambda r: None if r.url.startswith(ours) else wrong.append(f"left: {r.url}"))
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
        return page

    yield visit
    for context in opened:
        context.close()
    assert wrong == []
