"""The drawn passports of Utopia: what a reader and a comparison make of their photographs."""

from datetime import date

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from entente.demo import specimens
from entente.demo.papers_content import OLDER, PASSPORT
from entente.match.documents import patterns, zone
from entente.match.documents.comparing import Comparison, Reference, compare
from entente.match.documents.reading import Nothing, read

Grey = npt.NDArray[np.uint8]


def grey(data: bytes) -> Grey:
    return np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE), np.uint8)


@pytest.fixture(scope="module")
def honest() -> Grey:
    return grey(specimens.photograph(specimens.genuine(), 1))


@pytest.fixture(scope="module")
def false() -> Grey:
    return grey(specimens.photograph(specimens.forged(), 2))


@pytest.fixture(scope="module")
def reference() -> Reference:
    """The specimen of the library, which is another holder's page and was kept as JPEG."""
    return Reference.of(grey(specimens.jpeg(specimens.genuine(specimens.MARIA))), specimens.PX_PER_MM)


def held_against(picture: Grey, reference: Reference) -> Comparison:
    return compare(picture, reference, specimens.ANCHORS, list(specimens.FIELDS.values()))


def lines_read(picture: Grey) -> tuple[str, ...]:
    found = read(picture)
    assert not isinstance(found, Nothing), found
    return found[0].lines


def test_the_same_holder_gets_the_same_page_always() -> None:
    assert np.array_equal(specimens.genuine(), specimens.genuine())
    assert specimens.genuine().shape == (880, 1250, 3)
    page = specimens.forged()
    assert specimens.photograph(page, 4) == specimens.photograph(page, 4)
    assert specimens.photograph(page, 4) != specimens.photograph(page, 5)


def test_the_zone_of_a_genuine_photograph_is_read_exactly(honest: Grey) -> None:
    assert lines_read(honest) == specimens.ANNA.zone()


def test_the_zone_of_the_forged_one_is_read_as_it_is_printed_with_two_wrong_check_digits(false: Grey) -> None:
    lines = lines_read(false)
    assert lines == specimens.false_zone()
    told = zone.fields(lines, date(2026, 1, 15))
    assert [field.name for field in told.fields if field.agrees is False] == ["birth", "composite"]


def test_a_genuine_page_of_another_holder_is_no_different_from_the_specimen(
    honest: Grey, reference: Reference
) -> None:
    told = held_against(honest, reference)
    assert told.alignment.aligned
    assert told.clear
    assert told.difference is not None
    assert told.difference.regions == ()
    assert {reading.state for reading in told.readings} == {"in place"}


def test_the_missing_kinegram_and_the_scraped_paper_are_located(false: Grey, reference: Reference) -> None:
    told = held_against(false, reference)
    assert told.alignment.aligned
    assert told.difference is not None
    kinegram = next(a.box for a in specimens.ANCHORS if a.name == "kinegram")
    beside_the_year = specimens.FIELDS["birth"].grown(6)
    for place in (kinegram, beside_the_year):
        assert any(region.box.overlaps(place) for region in told.difference.regions)
    assert [r.anchor.name for r in told.readings if r.state != "in place"] == ["kinegram"]


def test_only_the_genuine_page_glows_in_the_dark() -> None:
    glowing, dull = specimens.uv(), specimens.forged_uv()
    middle = (slice(200, 600), slice(500, 940))
    assert (glowing[middle][..., 1] > 150).mean() > 0.1 and (dull[middle][..., 1] > 150).mean() == 0
    portrait = specimens.FIELDS["portrait"].slices(dull.shape)
    assert dull[portrait].mean() > 2 * glowing[portrait].mean()  # bleached paper, which genuine is not


def test_numbers_of_both_holders_have_the_form_that_the_library_says() -> None:
    for form, holders in ((PASSPORT, (specimens.ANNA, specimens.MARIA)), (OLDER, (specimens.OLD_MARIA,))):
        said = form.content.patterns[0]
        for holder in holders:
            assert patterns.fits(patterns.Pattern(said.pattern, said.check), holder.number).whole
