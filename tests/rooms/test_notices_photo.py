"""A notice's photo: made anew in a process of its own, reached through its notice alone, gone with it."""

import struct
import time
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD

from entente.core.problems import Faulty, TooLarge
from entente.desk import House
from entente.rooms.notices import photo
from entente.web import pictures
from rooms.noticed import DRAFTER, READER, SECOND, Office
from rooms.scene import Scene
from worlds.stage import Answer, Clock, Crew


@pytest.fixture
def scene(doors, crew: Crew) -> Scene:
    """Nobody is signed out while days go by."""
    return Scene(doors(idle_minutes=10**6), crew)


@pytest.fixture
def office(scene: Scene) -> Office:
    return Office(scene)


def picture(form: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (60, 80), **more: Any) -> bytes:
    out = BytesIO()
    Image.effect_noise(size, 90).convert(mode).save(out, form, **more)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunks) + chunk(b"IEND", b"")


# --- made anew -----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("mode", ["RGB", "L", "P"])
def test_what_is_kept_is_a_plain_jpeg(form: str, mode: str) -> None:
    if (form, mode) == ("JPEG", "P"):
        pytest.skip("there is no such JPEG")
    kept = Image.open(BytesIO(photo.remade(picture(form, mode))))
    assert (kept.format, kept.mode, kept.size) == ("JPEG", "RGB", (60, 80))


def test_what_can_be_seen_through_is_laid_on_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (40, 40), (255, 0, 0, 0)).save(out, "PNG")
    kept = Image.open(BytesIO(photo.remade(out.getvalue())))
    assert min(kept.getpixel((20, 20))) > 250  # type: ignore[arg-type]


def test_no_metadata_goes_with_it() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at the safe house"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (1.0, 2.0, 3.0)
    said = picture(exif=exif, comment=b"secret comment")
    assert b"safe house" in said and b"secret comment" in said
    kept = photo.remade(said)
    assert b"safe house" not in kept and b"secret" not in kept and b"Exif" not in kept
    assert not Image.open(BytesIO(kept)).getexif()


def test_what_lies_behind_the_picture_is_not_kept() -> None:
    assert b"PK\x03\x04" not in photo.remade(picture() + b"PK\x03\x04 an archive")


def test_a_picture_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert Image.open(BytesIO(photo.remade(picture(size=(90, 60), exif=exif)))).size == (60, 90)


def test_a_large_picture_is_made_smaller_and_the_same_each_time() -> None:
    large = picture(size=(2400, 1800), quality=50)
    kept = photo.remade(large)
    assert Image.open(BytesIO(kept)).size == (1200, 900)
    assert kept == photo.remade(large)


# --- refused -------------------------------------------------------------------------------------

BOMBS = {
    "no picture": b"\xff\xd8\xff" + b"x" * 200,
    "cut off": picture()[:300],
    "another sort": b"GIF89a" + b"x" * 100,
    "a page": b"<html><script>alert(1)</script></html>",
    "a PDF": b"%PDF-1.7 ...",
    "nothing": b"",
    "64,000 x 64,000": png(64_000, 64_000, chunk(b"IDAT", zlib.compress(b"\0" * 1000))),
    "one line of 2 million": png(2_000_000, 20, chunk(b"IDAT", zlib.compress(b"\0" * 1000))),
    "19,000 x 2,000": png(19_000, 2_000, chunk(b"IDAT", zlib.compress(b"\0" * 30_000_000, 9))),
    "a text of 30 MB": png(
        60,
        60,
        chunk(b"zTXt", b"k\0\0" + zlib.compress(b"a" * 30_000_000, 9)),
        chunk(b"IDAT", zlib.compress(b"\0")),
    ),
    "a colour profile of 30 MB": png(
        60, 60, chunk(b"iCCP", b"k\0\0" + zlib.compress(b"a" * 30_000_000, 9)), chunk(b"IDAT", b"")
    ),
    "too small": picture(size=(8, 8)),
    "header alone": b"\x89PNG\r\n\x1a\n",
    "a negative size": b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\xff" * 13),
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_what_is_no_picture_or_a_bomb_is_refused_soon_and_the_house_stands(name: str) -> None:
    start = time.monotonic()
    with pytest.raises(Faulty) as refused:
        photo.remade(BOMBS[name])
    assert [f.where for f in refused.value.faults] == ["photo"]
    assert time.monotonic() - start < 8


def test_a_moving_picture_is_refused() -> None:
    out = BytesIO()
    frames = [Image.new("RGB", (32, 32), c) for c in ("red", "blue")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    with pytest.raises(Faulty):
        photo.remade(out.getvalue())


def test_more_than_five_mib_are_refused_unread() -> None:
    with pytest.raises(TooLarge):
        photo.remade(b"\xff\xd8\xff" + b"x" * photo.MOST_BYTES)


def test_what_the_reader_prints_is_no_picture(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """A decoder that was taken over gets nothing past the door: what is not a JPEG is not kept."""
    broken = tmp_path / "child.py"
    broken.write_text("import sys; sys.stdin.buffer.read(); print('<script>')", "utf-8")
    monkeypatch.setattr(pictures, "_CHILD", broken)
    with pytest.raises(Faulty):
        photo.remade(picture())
    broken.write_text("import time; time.sleep(60)", "utf-8")
    monkeypatch.setattr(pictures, "WAIT_S", 0.5)
    with pytest.raises(Faulty):
        photo.remade(picture())


# --- with its notice -----------------------------------------------------------------------------


def attach(scene: Scene, notice: dict[str, Any], data: bytes, who: str = DRAFTER) -> Answer:
    """Send a photo as a program does: the bytes are the body."""
    from worlds.stage import Ask

    caller = scene.ask.__self__  # type: ignore[attr-defined]
    ask = Ask("PUT", f"/api/v1/notices/photos/{notice['id']}?version={notice['version']}")
    headers, _ = ask.spelled(scene.crew[who])
    headers |= {"content-type": "image/jpeg", "content-length": str(len(data))}
    answer: Answer = caller._loop.run_until_complete(caller._ask(ask, headers, data, "10.0.0.1"))
    return answer


def test_a_photo_is_reached_through_its_notice_alone(office: Office, scene: Scene) -> None:
    draft = office.draft()
    kept = attach(scene, draft, picture())
    assert (kept.status, kept.json["photo"], kept.json["state"]) == (200, True, "draft")
    notice = office.done(DRAFTER, kept.json, "submit")
    sent = office.done(DRAFTER, office.done(SECOND, notice, "check", approve=True), "send")
    path = f"/notices/{draft['id']}/photo"
    absent = scene(READER, "GET", f"/notices/{'0' * 32}/photo")
    assert scene(READER, "GET", path).body == absent.body
    office.let_out(sent)
    shown = scene(READER, "GET", path)
    assert (shown.status, shown.header("content-type")) == (200, "image/jpeg")
    assert shown.body == scene(DRAFTER, "GET", path).body
    assert Image.open(BytesIO(shown.body)).format == "JPEG"


def test_a_photo_is_for_ones_own_notice_while_it_is_not_out(office: Office, scene: Scene) -> None:
    notice = office.published()
    assert attach(scene, notice, picture()).status == 422
    assert attach(scene, notice, picture(), "XB contributor").status == 403
    assert attach(scene, office.draft(), picture(), "XB contributor").status == 404


def test_a_new_photo_voids_the_check(office: Office, scene: Scene) -> None:
    notice = office.checked()
    changed = attach(scene, notice, picture()).json
    assert changed["state"] == "draft"
    assert office.act(DRAFTER, changed, "send").status == 422


@pytest.mark.parametrize("size", [photo.MOST_BYTES + 1, photo.MOST_BYTES + 200_000])
def test_a_body_that_is_too_large_is_refused(office: Office, scene: Scene, size: int) -> None:
    assert attach(scene, office.draft(), b"\xff\xd8\xff" + b"x" * size).status == 413


def test_a_photo_goes_when_no_notice_names_it_any_more(
    office: Office, scene: Scene, house: House, clock: Clock, work: Any
) -> None:
    same = picture()
    notice, other = (attach(scene, office.draft(), same).json for _ in range(2))
    blobs: dict[str, bytes] = house.blobs._kept  # type: ignore[attr-defined]
    assert len(blobs) == 1, "the same picture is kept once"
    for kept in (notice, other):
        clock.forward(days=1, seconds=1)
        work(house)
        assert len(blobs) == 1
        path = f"/notices/{kept['id']}?version={kept['version']}"
        assert scene("XA supervisor", "DELETE", path).status == 204
    clock.forward(days=1, seconds=1)
    work(house)
    clock.forward(days=1, seconds=1)
    work(house)
    assert blobs == {}


def test_a_photo_goes_with_the_record_of_its_notice(
    office: Office, scene: Scene, house: House, clock: Clock, work: Any
) -> None:
    notice = attach(scene, office.draft(), picture()).json
    assert scene("XA supervisor", "DELETE", f"/records/{notice['subject']['record']}").status == 204
    work(house)
    assert office.open(DRAFTER, notice["id"]).status == 404
    clock.forward(days=1, seconds=1)
    work(house)
    assert house.blobs._kept == {}  # type: ignore[attr-defined]
