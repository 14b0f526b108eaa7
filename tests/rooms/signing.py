"""What the tests of signing in share: passwords, who is at the house's desk, the session in an answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.bureaus import hash_password, make_link, set_password
from entente.rooms.bureaus.signing_in import open_session
from worlds.stage import Answer, Person

RIGHT, WRONG = "a sentence is good", "a sentence is bad!"
JSON = {"accept": "application/json"}


@contextmanager
def at_house(house: House) -> Iterator[Desk]:
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        yield desk


def give_password(house: House, officer: str, password: str = RIGHT) -> None:
    with at_house(house) as desk:
        set_password(desk, officer, hash_password(password))


def link_for(house: House, officer: Person) -> str:
    with at_house(house) as desk:
        return f"/sign-in/link/{make_link(desk, officer.id)}"


def another_session(house: House, who: Person, hours: int = 12) -> Person:
    """The same officer, signed in once more, now."""
    with at_house(house) as desk:
        return replace(who, session=open_session(desk, desk.look(who.id), "link", hours).token)


def cookies(answer: Answer) -> dict[str, str]:
    """What an answer sets: attributes and all, by name."""
    said = (v for k, v in answer.headers if k == "set-cookie")
    return {name: value for name, _, value in (one.partition("=") for one in said)}


def session_in(answer: Answer, who: Person) -> Person:
    """The same officer with the session that an answer gave him."""
    said = cookies(answer)["entente"]
    assert "HttpOnly" in said
    assert "SameSite=strict" in said
    return replace(who, session=said.partition(";")[0])
