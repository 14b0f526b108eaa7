"""Countries: one code for the many names a list may use."""

import pytest

from entente.core.kinds.countries import code_of, codes, names

ISO_COUNTRIES = 249


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("France", "fr"),
        ("FRA", "fr"),
        ("fr", "fr"),
        ("Democratic People's Republic of Korea", "kp"),
        ("Korea, North", "kp"),
        ("Congo, Democratic Republic of the", "cd"),
        ("Iran (Islamic Republic of)", "ir"),
        ("Cote d Ivoire", "ci"),
        ("CÔTE D’IVOIRE", "ci"),
        ("Turkey", "tr"),
        ("former Soviet Union", "suhh"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_a_name_stands_for_its_code(written: str, code: str | None):
    assert code_of(written) == code


def test_all_of_iso_is_there_and_the_demo_countries_too():
    assert len([c for c in codes() if len(c) == 2]) >= ISO_COUNTRIES
    assert {"xa", "xz", "xk", "suhh", "yucs", "zz", "eu"} <= codes()


def test_no_two_countries_share_a_name():
    every = [name.casefold() for name in names().values()]
    assert len(every) == len(set(every))
