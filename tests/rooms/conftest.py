from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from argon2 import PasswordHasher

from entente.app import make_app
from entente.desk import House
from entente.rooms.bureaus import door, signing_in
from entente.settings import Settings
from rooms.posting import Upload
from rooms.scene import Scene
from rooms.signing import give_password
from worlds.stage import Answer, Ask, Caller, Crew, Person


@pytest.fixture
def scene(ask, crew: Crew) -> Scene:
    """The API as officers use it (tests/rooms/scene.py)."""
    return Scene(ask, crew)


@pytest.fixture
def page(ask: Callable[..., Answer], crew: Crew) -> Callable[..., Answer]:
    """page("XA office", "GET", "/inbox"), page("XA office", "POST", address, form, files=[(name, bytes)])."""
    caller: Caller = ask.__self__  # type: ignore[attr-defined]

    def asked(
        who: str,
        method: str,
        path: str,
        form: Sequence[tuple[str, str]] | None = None,
        files: Sequence[tuple[str, bytes]] = (),
    ) -> Answer:
        made = Upload(method, path, form=form, files=files) if files else Ask(method, path, form=form)
        return caller(crew[who], made)

    return asked


@pytest.fixture
def doors(house: House, tmp_path: Path) -> Iterator[Callable[..., Callable[..., Answer]]]:
    """Makes further applications over the same house: other processes, or other settings."""
    callers: list[Caller] = []

    def another(**settings: Any) -> Callable[..., Answer]:
        said = {"answer_grid_ms": 0, "officer_rate": 1e6, "key_rate": 1e6, **settings}
        caller = Caller(make_app(Settings(data=tmp_path, **said), house, work=False))
        callers.append(caller)
        return caller.ask

    yield another
    for caller in callers:
        caller.close()


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The time that rates are counted in, standing still."""
    time = SimpleNamespace(now=0.0)
    time.monotonic = lambda: time.now
    monkeypatch.setattr(door, "time", time)
    return time


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords hashed in microseconds instead of tens of milliseconds."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(signing_in, "_hasher", hasher)
    monkeypatch.setattr(signing_in, "_DUMMY", hasher.hash("nobody's password"))


@pytest.fixture
def officer(house: House, crew: Crew, cheap: None) -> Person:
    """XA's officer, with a password."""
    give_password(house, crew["XA officer"].id)
    return crew["XA officer"]


@pytest.fixture
def with_password(
    ask: Callable[..., Answer], cheap: None, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Answer]:
    monkeypatch.setattr("entente.rooms.bureaus.pages.SIGN_INS_A_SECOND", 1e6)

    def sign_in(password: str, name: str = "officer@xa.example", bureau: str = "XA", **said: Any) -> Answer:
        form = [("bureau", bureau), ("name", name), ("password", password)]
        return ask(None, "POST", "/sign-in", form=form, **{"purpose": "", **said})

    return sign_in
