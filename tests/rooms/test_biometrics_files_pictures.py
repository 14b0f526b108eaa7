"""Pictures of prints and faces from outside are decoded in a process that can do nothing else."""

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.rooms.biometric_files import (
    coded,
    jp2_that_claims,
    png_that_claims,
    some_print,
    waves,
    wsq_of,
    wsq_that_claims,
)

from entente.core.problems import Faulty, NotSupported, TooLarge
from entente.match.prints import iso19794
from entente.rooms.biometrics import decoding, decoding_process
from entente.rooms.biometrics.codes import code_of

FIXTURES = Path(__file__).parents[3] / "shared/data/prints/fixtures"
ROOM = Path(decoding.__file__).parent
GREY = waves()
COLOURS = np.stack([GREY, GREY[::-1], 255 - GREY], axis=2)


def read(*files: bytes) -> list[decoding.Picture]:
    made = decoding.pictures(files)
    assert not [one for one in made if isinstance(one, str)], made
    return [one for one in made if not isinstance(one, str)]


def test_each_lossless_form_gives_its_pixels_back() -> None:
    made = read(
        coded(GREY),
        coded(COLOURS),
        coded(np.stack([GREY] * 3, axis=2)),
        coded(GREY.astype(np.uint16) * 256 + 77),
        coded(GREY > 128),
        coded(GREY, "JPEG2000"),
        coded(COLOURS, "JPEG2000"),
        coded(GREY, "JPEG2000", no_jp2=True),
        b"P5 80 96 255\n" + GREY.tobytes(),
    )
    right = [GREY, COLOURS, GREY, GREY, np.where(GREY > 128, 255, 0), GREY, COLOURS, GREY, GREY]
    for one, pixels in zip(made, right, strict=True):
        assert one.pixels.dtype == np.uint8
        np.testing.assert_array_equal(one.pixels, pixels)
    assert [one.form for one in made] == ["PNG"] * 5 + ["JP2"] * 3 + ["PGM"]


def test_lossy_forms_come_near() -> None:
    for one in read(coded(GREY, "JPEG", quality=95), wsq_of(GREY)):
        assert one.pixels.shape == GREY.shape
        assert np.abs(one.pixels.astype(int) - GREY).mean() < 8


def test_what_is_seen_through_becomes_white() -> None:
    clear = np.dstack([GREY, np.zeros_like(GREY)])
    (one,) = read(coded(clear))
    assert (one.pixels == 255).all()


def test_grey_and_colours_are_each_given_of_the_other() -> None:
    grey, colour = read(coded(GREY), coded(COLOURS))
    assert grey.colours.shape == (*GREY.shape, 3) and (grey.colours[:, :, 1] == GREY).all()
    by_pillow = np.asarray(Image.fromarray(COLOURS).convert("L")).astype(int)
    assert colour.grey.shape == GREY.shape and np.abs(colour.grey - by_pillow).max() <= 1


def test_a_portrait_stands_upright() -> None:
    lying = Image.Exif()
    lying[0x112] = 6
    out = BytesIO()
    Image.fromarray(COLOURS).save(out, "JPEG", quality=95, exif=lying)
    (one,) = read(out.getvalue())
    assert one.pixels.shape == (80, 96, 3)


def test_the_resolution_is_the_one_that_is_said_or_none() -> None:
    per_cm = bytearray(coded(GREY, "JPEG", dpi=(500, 500)))
    at = per_cm.index(b"JFIF\0") + 7
    per_cm[at : at + 5] = b"\x02\x00\xc5\x00\xc5"
    camera = Image.Exif()
    camera[0x11A] = 72.0
    out = BytesIO()
    Image.fromarray(GREY).save(out, "JPEG", exif=camera)
    made = read(
        coded(GREY, dpi=(500, 500)),
        coded(GREY, "JPEG", dpi=(1000, 1000)),
        bytes(per_cm),
        wsq_of(GREY),
        coded(GREY),
        coded(GREY, "JPEG"),
        out.getvalue(),
        coded(GREY, "JPEG2000"),
    )
    assert [one.dpi for one in made] == [500.0, 1000.0, 500.4, 500.0, None, None, None, None]


def test_what_cannot_be_read_says_why() -> None:
    png, jpeg, jp2, wsq = coded(GREY), coded(GREY, "JPEG"), coded(GREY, "JPEG2000"), wsq_of(GREY)
    moving = BytesIO()
    frames = [Image.fromarray(GREY), Image.fromarray(255 - GREY)]
    frames[0].save(moving, "PNG", save_all=True, append_images=frames[1:])
    bad = {
        "large": [
            png_that_claims(60_000, 60_000),
            wsq_that_claims(60_000, 60_000),
            jp2_that_claims(60_000, 60_000),
            png_that_claims(30_000, 20),
            b"P5 60000 60000 255\n",
        ],
        "small": [coded(GREY[:1, :1]), coded(GREY[:8], "JPEG"), wsq_that_claims(1, 1)],
        "moves": [moving.getvalue()],
        "oblong": [coded(GREY, dpi=(500, 250))],
        "broken": [
            png[: len(png) // 2],
            jp2[:60],
            wsq[:30],
            png[:20],
            jpeg[:40],
            b"\xff\xa0",
            b"P5 nonsense",
        ],
        "form": [b"GIF89a" + bytes(50), b"II*\0" + bytes(50), b"%PDF-1.7", b"\0" * 100],
    }
    sent = [(word, data) for word, files in bad.items() for data in files]
    found = decoding.pictures([data for _word, data in sent])
    assert list(zip([word for word, _ in sent], found, strict=True)) == [(word, word) for word, _ in sent]


def test_a_picture_cut_short_is_not_taken_for_a_whole_one() -> None:
    whole = [coded(COLOURS, "JPEG", quality=95), coded(COLOURS, "JPEG2000"), wsq_of(GREY), coded(COLOURS)]
    cut = decoding.pictures([data[: len(data) * share // 8] for data in whole for share in (3, 5, 7)])
    assert [one for one in cut if not isinstance(one, str)] == []


def test_a_large_claim_takes_no_memory_and_no_time() -> None:
    """Claims under the limits, with next to nothing behind them."""
    claims = [png_that_claims(6000, 6000), wsq_that_claims(6000, 6000), wsq_that_claims(4000, 4000)]
    assert decoding.pictures(claims) == ["broken", "large", "broken"]


def test_damaged_pictures_are_read_or_refused_and_never_raise() -> None:
    rng = np.random.default_rng(8)
    whole = [coded(COLOURS), coded(GREY, "JPEG"), coded(GREY, "JPEG2000"), wsq_of(GREY)]
    damaged = []
    for data in whole * 12:
        changed = bytearray(data)
        for at in rng.integers(4, len(data), 6):
            changed[at] = rng.integers(256)
        damaged.append(bytes(changed))
    for one in decoding.pictures(damaged):
        assert one in decoding.REFUSALS if isinstance(one, str) else one.pixels.size > 0


def test_a_decoder_that_dies_takes_none_before_it_along(monkeypatch: pytest.MonkeyPatch) -> None:
    real = decoding.answered

    def dying(script: str, data: bytes) -> tuple[bool, bytes]:
        _well, out = real(script, data)
        return False, out[: len(out) * 2 // 5]

    monkeypatch.setattr(decoding, "answered", dying)
    made = decoding.pictures([coded(GREY)] * 4)
    assert not isinstance(made[0], str)
    assert made[1:] == ["broken", "unread", "unread"]


def test_the_process_can_open_no_file_and_has_no_environment(tmp_path: Path) -> None:
    script = f"""
import importlib.util, sys
place = importlib.util.spec_from_file_location("child", {str(ROOM / "decoding_child.py")!r})
child = importlib.util.module_from_spec(place)
place.loader.exec_module(child)
child.limit()
for path, mode in (("/etc/hostname", "rb"), ({str(tmp_path / "x")!r}, "wb")):
    try:
        open(path, mode)
    except OSError:
        continue
    sys.exit(1)
"""
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, check=False, env={})
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_of_what_is_sent_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    decoding.decoded(coded(COLOURS))
    assert list(tmp_path.rglob("*")) == []


def test_a_file_is_told_by_its_first_bytes() -> None:
    one = decoding.decoded(coded(GREY, dpi=(500, 500)))
    assert one.kind == "picture" and one.pictures[0].dpi == 500.0 and one.pictures[0].impression is None
    two = decoding.decoded(iso19794.encode([some_print()]))
    assert two.kind == "template" and two.prints[0].position == 2 and len(two.prints[0]) == 12


def test_faults_have_codes_of_int_i_and_advice() -> None:
    for data, code in (
        (b"", "502"),
        (b"nonsense", "117"),
        (coded(GREY[:1, :1]), "118"),
        (iso19794.encode([some_print()])[:40], "117"),
    ):
        with pytest.raises(Faulty) as raised:
            decoding.decoded(data, "files/3")
        assert raised.value.faults
        for one in raised.value.faults:
            assert code_of(one) == code and one.do and one.where.startswith("files/3")


def test_a_file_beyond_the_limit_is_not_read() -> None:
    with pytest.raises(TooLarge):
        decoding.decoded(bytes(decoding.MOST_BYTES + 1))


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    told = json.dumps({"why": "no-wsq"}).encode()
    answer = len(told).to_bytes(4, "big") + told
    monkeypatch.setattr(decoding, "answered", lambda _script, _data: (True, answer))
    with pytest.raises(NotSupported, match="entente\\[bio\\]"):
        decoding.decoded(b"\xff\xa0\xff\xa8")


def test_a_late_process_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding_process, "WAIT_S", 0.0)
    assert decoding.pictures([coded(GREY)]) == ["broken"]


@pytest.mark.skipif(not FIXTURES.exists(), reason="the real prints are not here")
def test_wsq_is_decoded_exactly_as_by_nist() -> None:
    files = [
        (FIXTURES / "sourceafis" / name).read_bytes() for name in ("wsq-original.wsq", "wsq-converted.png")
    ]
    wsq, png = read(*files)
    assert wsq.dpi == 500.0
    np.testing.assert_array_equal(wsq.pixels, png.grey)
