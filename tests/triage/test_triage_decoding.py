"""Pictures as they lie on disks: odd ones are hashed, broken ones cost themselves alone."""

import io
import os
from pathlib import Path

import disks
import numpy as np
import pytest
from PIL import Image

from entente.match.images import dhash, distance, pdq, turns, views
from entente.triage import workers
from entente.triage.decoding import Undecoded, decoded, shots
from entente.triage.describing import hashes
from entente.triage.recognising import form_of
from entente.triage.worker import BYTES_A_CPU_S
from entente.triage.workers import Outcome, work


def grey(content: bytes) -> np.ndarray:
    return decoded(content, form_of(content).mime)[1].grey


def read(folder: Path, jobs: int = 1, silence: float = 60) -> dict[str, Outcome]:
    names = sorted(os.listdir(os.fsencode(folder)))  # noqa: PTH208 - names as bytes
    return {os.fsdecode(one.path): one for one in work(os.fsencode(folder), names, jobs, silence)}


@pytest.fixture(scope="module")
def photograph() -> Image.Image:
    return disks.photographs(1)[0]


@pytest.mark.parametrize(
    ("form", "how"),
    [
        ("PNG", {}),
        ("BMP", {}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("WEBP", {"quality": 90}),
        ("GIF", {}),
        ("JPEG", {"progressive": True}),
        ("JPEG2000", {}),
        ("AVIF", {}),
    ],
)
def test_a_picture_has_one_hash_in_whatever_form_it_is_kept(
    form: str, how: dict[str, object], photograph: Image.Image
) -> None:
    content = disks.encoded(photograph, form, **how)
    assert form_of(content).media == "image"
    bits, quality = pdq(grey(content))
    expected, _ = pdq(np.asarray(photograph.convert("L")))
    most = 24 if form == "GIF" else 10  # 256 colours, dithered, are another picture to the eye as well
    assert quality >= 50 and distance(bits, expected) <= most


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "RGBA", "I;16", "F", "1"])
def test_a_picture_has_one_hash_in_whatever_colours_it_is_kept(mode: str, photograph: Image.Image) -> None:
    expected, _ = pdq(np.asarray(photograph.convert("L")))
    if mode == "I;16":
        made = Image.fromarray(np.asarray(photograph.convert("L")).astype(np.uint16) * 257)
    else:
        made = photograph.convert(mode)
    form = {"CMYK": "JPEG", "F": "TIFF"}.get(mode, "PNG")
    bits, _ = pdq(grey(disks.encoded(made, form)))
    assert distance(bits, expected) <= 14


def test_a_large_jpeg_is_reduced_while_it_is_decoded_and_never_below_512(photograph: Image.Image) -> None:
    expected, _ = pdq(np.asarray(photograph.convert("L")))
    for width, height, sides in (
        (4000, 2100, (1000, 525)),
        (1500, 1030, (750, 515)),
        (1000, 600, (1000, 600)),
    ):
        found = grey(disks.encoded(photograph.resize((width, height))))
        assert found.shape == sides[::-1]
        assert distance(pdq(found)[0], expected) <= 10


def test_the_orientation_of_exif_is_left_alone_and_the_turns_find_it(photograph: Image.Image) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = photograph.transpose(Image.Transpose.ROTATE_90)
    stored = disks.encoded(lying, exif=exif.tobytes())
    assert grey(stored).shape == (lying.height, lying.width)
    assert pdq(grey(stored)) == pdq(grey(disks.encoded(lying)))
    upright = pdq(np.asarray(photograph.convert("L")))[0]
    assert min(distance(one, upright) for one in turns(grey(stored))) <= 10


def test_an_animation_is_its_first_frame_and_up_to_16_more(photograph: Image.Image) -> None:
    frames = disks.photographs(3) * 11
    for form in ("GIF", "WEBP", "PNG"):
        file, _ = decoded(disks.animation(frames, form), f"image/{form.lower()}")
        told = list(shots(file))
        assert len(told) == 11, form  # 33 frames, every third
        assert [second for second, _ in told[:3]] == [0, 1.5, 3.0], form
    assert list(shots(decoded(disks.encoded(photograph, "GIF"), "image/gif")[0])) == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (disks.bomb(), "too many pixels: 50000 x 50000"),
        (disks.bomb(3, 40), "too few pixels: 3 x 40"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "no decoder for image/heic"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "no picture that can be read"),
        (b"\xff\xd8\xff" + bytes(40), "no picture that can be read"),
        (b"GIF89a" + bytes(3), "no picture that can be read"),
    ],
)
def test_what_cannot_be_decoded_says_why(content: bytes, why: str) -> None:
    with pytest.raises(Undecoded, match=why):
        grey(content)


def test_what_was_cut_short_is_hashed_as_far_as_it_goes(photograph: Image.Image) -> None:
    for form in ("JPEG", "PNG", "BMP"):
        whole = disks.encoded(photograph, form)
        content = whole[: len(whole) * 9 // 10]
        picture = decoded(content, form_of(content).mime)[1]
        assert picture.remark.startswith("cut short"), form
        assert picture.grey.shape == (photograph.height, photograph.width)
        assert decoded(whole, form_of(whole).mime)[1].remark == ""


def test_what_a_camera_wrote_is_read_and_a_thumbnail_is_not_taken_for_the_end(
    photograph: Image.Image,
) -> None:
    exif = Image.Exif()
    exif[271], exif[272] = "Utopia Optics\0", "U-1"
    exif.get_ifd(0x8769).update(
        {0xA431: "SN17", 0xA435: "L9", 0xA420: "ab" * 16, 0x9003: "2026:01:15 12:00:00"}
    )
    facts = decoded(disks.encoded(photograph, exif=exif), "image/jpeg")[1].facts
    assert facts["exif"] == {
        "make": "Utopia Optics",
        "model": "U-1",
        "serial": "SN17",
        "lens": "L9",
        "image_id": "ab" * 16,
        "taken": "2026:01:15 12:00:00",
    }
    assert facts["tables"]
    broken = io.BytesIO(disks.encoded(photograph, exif=b"Exif\0\0II*\0\xff\xff\xff\xff"))
    assert decoded(broken.getvalue(), "image/jpeg")[1].facts["exif"] == {}


def test_a_disk_of_traps_is_read_to_its_end(tmp_path: Path) -> None:
    disks.make(tmp_path)
    for path in (tmp_path / "deep", tmp_path / "loop"):
        path.rename(tmp_path.parent / f"{tmp_path.name} {path.name}") if path.is_dir() else None
    told = read(tmp_path, jobs=2)
    assert told["bomb.png"].why == "too many pixels: 50000 x 50000"
    assert told["empty.jpg"].fields["size"] == 0 and told["empty.jpg"].why == ""
    assert told["text.jpg"].fields["media"] == "other"
    assert told["phone.heic"].why == "no decoder for image/heic"
    assert (
        told["cut short.jpg"].why.startswith("cut short") and len(told["cut short.jpg"].fields["pdq"]) == 18
    )
    assert told["film.mp4"].why and len(told["film.mp4"].fields["sha256"]) == 64
    assert told["link.jpg"] == Outcome(b"link.jpg", {}, "Too many levels of symbolic links")
    assert len(told["moves.gif"].fields["frames"]) == 3
    for name, one in told.items():
        assert name == "link.jpg" or len(one.fields["sha256"]) == 64, name


BREAKING = """
import os, sys, time
import entente.triage.describing as describing
plain = describing.described
def described(path, content, beat):
    name = os.path.basename(path)
    if name.startswith(b"dies"):
        os.kill(os.getpid(), 11)
    if name.startswith(b"hangs"):
        time.sleep(600)
    if name.startswith(b"eats"):
        held = bytearray(8 << 30)
    if name.startswith(b"spins"):
        import resource
        resource.setrlimit(resource.RLIMIT_CPU, (1, resource.RLIM_INFINITY))
        while True:
            pass
    return plain(path, content, beat)
describing.described = described
from entente.triage.worker import main
main()
"""


def test_a_decoder_that_breaks_costs_its_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file keeps its digests, which were told before the decoder was asked."""
    started = []
    popen = workers.subprocess.Popen

    def breaking(command: list[str], **how: object) -> object:
        started.append(command)
        return popen([command[0], "-c", BREAKING], **how)

    monkeypatch.setattr(workers.subprocess, "Popen", breaking)
    for name in ("a", "dies", "eats", "good 1", "good 2", "hangs", "spins", "z"):
        (tmp_path / name).write_bytes(name.encode())
    told = read(tmp_path, silence=3)
    assert {name: one.why for name, one in told.items() if one.why} == {
        "dies": "decoder broke its worker (SIGSEGV)",
        "eats": "too large to be decoded in the memory that is allowed",
        "hangs": "hung: nothing for 3 s",
        "spins": "took more computing time than is allowed",
    }
    assert all(len(one.fields["sha256"]) == 64 for one in told.values())
    assert len(started) == 7, "one worker, and after each of three that died twice a new one"


def test_a_large_file_has_the_computing_time_it_needs() -> None:
    assert 3 * 2**40 // BYTES_A_CPU_S > 3 * 2**40 // 220_000_000


def test_what_a_decoder_prints_does_not_come_between(tmp_path: Path) -> None:
    """Decoders warn of a cut picture on the standard error and output: neither is taken for an answer."""
    (tmp_path / "a.jpg").write_bytes(disks.encoded(disks.photographs(1)[0])[:20_000])
    assert read(tmp_path)["a.jpg"].why.startswith("cut short")


@pytest.mark.parametrize("border", [0, 40])
def test_what_is_told_of_a_picture_is_what_each_hash_says_of_it(border: int, photograph: Image.Image) -> None:
    whole = Image.new("RGB", (photograph.width + 2 * border, photograph.height + 2 * border), "navy")
    whole.paste(photograph, (border, border))
    picture = decoded(disks.encoded(whole, "PNG"), "image/png")[1]
    told = hashes(picture)
    assert told["pdq"] == [bits.hex() for bits in views(picture.grey)]
    assert told["turns"] == [bits.hex() for bits in turns(picture.grey)]
    assert told["dhash"] == dhash(picture.grey).hex()
    assert told["quality"] == pdq(picture.grey)[1]
