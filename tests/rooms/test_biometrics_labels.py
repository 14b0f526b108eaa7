"""Texts that the pure readers say are those that are translated, word for word."""

import ast
import inspect
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from entente.match.faces import quality
from entente.match.faces import reading as faces
from entente.match.faces.encoders import Residual128
from entente.match.prints import framing, looking
from entente.match.prints import quality as print_quality
from entente.rooms.biometrics import encoding, labels, labels_readers, reading

WORST = quality.Quality(
    eyes=10,
    yaw=80,
    roll=80,
    sharpness=0,
    light=0,
    clipped=1,
    range=0,
    even=0,
    share=1,
    flat=1,
    sure=0,
    faces=2,
)


def blank(high: int, wide: int, grey: int = 255) -> np.ndarray:
    return np.full((high, wide), grey, np.uint8)


def rough(high: int, wide: int) -> np.ndarray:
    return np.random.default_rng(8).integers(0, 256, (high, wide), np.uint8)


def refused(what: Callable[..., Any], *given: Any) -> Any:
    with pytest.raises(ValueError) as told:
        what(*given)
    return told.value


def sentences(module: ModuleType) -> Iterator[str]:
    """Every whole sentence in the functions of a module that make an `Unreadable`, as its source has it; not
    the pieces of texts that are put together.
    """
    for function in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(function, ast.FunctionDef) and "Unreadable(" in ast.unparse(function):
            pieces = [
                n for part in ast.walk(function) if isinstance(part, ast.JoinedStr) for n in ast.walk(part)
            ]
            whole = [n for n in ast.walk(function) if n not in pieces and isinstance(n, ast.Constant)]
            docstring = ast.get_docstring(function, clean=False)
            texts = [n.value for n in whole if isinstance(n.value, str) and n.value != docstring]
            yield from (text for text in texts if text[:1].isupper() and " " in text)


def _is_or_begins(known: str, text: str) -> bool:
    """`text` as it is translated, or the beginning of it to which a reader adds a word."""
    return known == text or (not text.endswith(".") and known.startswith((f"{text} ", f"{text};")))


@pytest.mark.parametrize(
    ("module", "texts", "advice"),
    [
        (framing, labels_readers.PRINT_TEXTS, labels_readers.PRINT_ADVICE),
        (looking, labels_readers.PRINT_TEXTS, labels_readers.PRINT_ADVICE),
        (faces, labels_readers.FACE_TEXTS, labels_readers.FACE_ADVICE),
    ],
)
def test_every_whole_sentence_of_a_reader_is_among_the_translated(
    module: ModuleType, texts: tuple[str, ...], advice: tuple[str, ...]
) -> None:
    known = {*(text.partition(" (")[0] for text in texts), *advice}
    found = set(sentences(module))
    assert found, "the readers say it otherwise by now"
    assert {text for text in found if not any(_is_or_begins(one, text) for one in known)} == set()


def test_what_a_print_is_refused_with_is_translated_with_its_code() -> None:
    told = [refused(framing.framed, blank(300, 300), framing.DPI), looking.no_print()]
    assert {f"{why.what} ({why.code})" for why in told} == set(labels_readers.PRINT_TEXTS)


def test_what_to_do_about_a_refused_print_is_translated() -> None:
    told = [
        refused(framing.framed, *given)
        for given in (
            (blank(300, 300), 100),
            (blank(30, 30), 500),
            (blank(100, 7000), 500),
            (rough(1600, 1600), 500),
            (blank(300, 300), 500),
        )
    ]
    assert {why.do for why in (*told, looking.no_print())} == set(labels_readers.PRINT_ADVICE)


def test_what_a_face_is_refused_with_is_translated() -> None:
    forbidding = [reason for reason in WORST.reasons if reason.forbids]
    sizes = [refused(faces._coloured, blank(30, 30)), refused(faces._coloured, blank(40, 4000))]
    nobody = [faces._no_face(picture) for picture in (blank(99, 99), rough(99, 99), rough(9, 2000))]
    forbidding += [reason for reason in faces._of_the_picture(faces.CROWD) if reason.forbids]
    told = [reading._forbidden(reason, "files/0") for reason in forbidding if reason.code != "small"]
    texts = {f"{why.what} (502)" for why in nobody} | {fault.what for fault in told}
    assert texts == set(labels_readers.FACE_TEXTS)
    advice = {why.do for why in (*sizes, *nobody)} | {reason.do for reason in forbidding}
    assert advice == set(labels_readers.FACE_ADVICE)


def test_what_an_encoder_says_of_its_errors_is_translated() -> None:
    told = encoding.said()
    assert told is None or told.bias == labels_readers.BIAS
    assert Residual128(network=None).bias == labels_readers.BIAS  # type: ignore[arg-type]


def test_reasons_of_faces_are_told_by_their_codes() -> None:
    lit = quality.Quality(**{**{name: getattr(WORST, name) for name in WORST.__slots__}, "clipped": 0})
    told = (*WORST.reasons, *lit.reasons, *faces._of_the_picture(2), *faces._of_the_picture(faces.CROWD))
    assert {reason.code for reason in told} == set(labels.FACE_REASONS)


def test_reasons_of_prints_are_told_by_their_codes() -> None:
    told = {one.code for one in vars(print_quality).values() if isinstance(one, print_quality.Reason)}
    assert told == set(labels.REASONS)
