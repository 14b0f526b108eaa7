"""Four languages, complete."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from caller import Caller
from hypothesis import given
from hypothesis import strategies as st

import entente
from entente.core.access import ROLES_FOR, Level, Purpose, Role, Status
from entente.core.kinds import model
from entente.web import language, words
from entente.web.language import LANGUAGES, _, choose, speaking

SOURCE = Path(entente.__file__).parent
TRANSLATED = [lang for lang in LANGUAGES if lang != "en"]


@pytest.fixture(scope="module")
def used() -> set[str]:
    with (SOURCE.parent.parent / "babel.cfg").open() as written:
        method_map, options_map = parse_mapping_cfg(written)
    found = extract_from_dir(
        SOURCE,
        method_map,
        options_map,
        keywords={"_": None, "N_": None},
    )
    return {message for _file, _line, message, *_ in found if isinstance(message, str) and message}


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_text_of_the_house_is_translated(lang: str, used: set[str]) -> None:
    source = (language.CATALOGUES / lang / "LC_MESSAGES" / "messages.po").read_bytes()
    messages = {str(m.id): m for m in read_po(BytesIO(source), locale=lang) if m.id}
    assert used - set(messages) == set(), "not in the catalogue"
    assert [m.id for m in messages.values() if not m.string or m.fuzzy] == [], "untranslated or fuzzy"
    for m in messages.values():
        places = r"%\(\w+\)[sd]"
        assert sorted(re.findall(places, str(m.id))) == sorted(re.findall(places, str(m.string)))


def test_the_labels_of_kinds_are_among_them(used: set[str]) -> None:
    known = model()
    for name in known.contributable:
        kind = known[name]
        assert {kind.label, *(p.label for p in kind.properties.values())} <= used
        assert kind.edge is None or kind.edge.label in used


def test_the_house_has_names_for_its_closed_lists() -> None:
    assert set(words.PURPOSES) == {p.name.lower() for p in Purpose if p.name}
    assert set(words.LEVELS) == {level.name.lower() for level in Level}
    assert set(words.STATUSES) == {status.name.lower() for status in Status}
    assert set(words.ROLES) == set(Role)
    assert set(ROLES_FOR) <= set(words.ACTS)


def test_texts_are_said_in_the_language_spoken() -> None:
    assert _("Search") == "Search"
    with speaking("es"):
        assert _("Search") == "Buscar"
        assert words.label(words.VERDICTS, "not-same") == "No es el mismo"
        assert words.choices(words.ROLES, ["analyst"]) == [("analyst", "Analista")]
    assert _("about %(when)s", when="<b>") == "about <b>"
    assert words.label(words.ACTS, "an act of another room") == "an act of another room"


def test_asked_beats_remembered_beats_accepted() -> None:
    assert choose("ar", "fr", "es") == "ar"
    assert choose("", "fr", "es") == "fr"
    assert choose("xx", "yy", "de, es-MX;q=0.8, fr;q=0.9") == "fr"
    assert choose("", "", "fr;q=0") == "en"


@given(st.text(), st.text(), st.text())
def test_some_language_is_always_spoken(asked: str, remembered: str, accepted: str) -> None:
    assert choose(asked, remembered, accepted) in LANGUAGES


def test_a_language_asked_for_is_remembered(caller: Caller) -> None:
    answer = caller.get("/sample/box?lang=ar")
    assert '<html lang="ar" dir="rtl"' in answer.text
    assert answer.headers["set-cookie"].startswith(
        "lang=ar; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"
    )
    assert '<html lang="ar" dir="rtl"' in caller.get("/sample/box", {"cookie": "lang=ar"}).text
    assert "set-cookie" not in caller.get("/sample/box?lang=xx").headers
