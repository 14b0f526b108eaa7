"""The guided check and pictures that are not what an honest officer sends, or not as he meant them."""

import struct
import zlib
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageOps

from entente.demo import specimens
from rooms.scene import Scene
from rooms.test_papers_checks import LINES, NUMBER, OFFICER, photograph

SECRET = b"PK\x03\x04 what was hidden behind the picture"


def sent(scene: Scene, data: bytes) -> Any:
    return scene(OFFICER, "POST", "/papers/checks/pictures", raw=data, purpose="border")


def png(width: int, height: int, data: bytes) -> bytes:
    """A PNG of one bit a pixel that says of itself what it likes."""

    def chunk(name: bytes, said: bytes) -> bytes:
        return struct.pack(">I", len(said)) + name + said + struct.pack(">I", zlib.crc32(name + said))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def bomb(side: int) -> bytes:
    """White all over: a gigabyte in a few kilobytes."""
    made = zlib.compressobj(9)
    row = b"\0" + b"\xff" * (side // 8)
    return png(side, side, b"".join(made.compress(row) for _ in range(side)) + made.flush())


def moving() -> bytes:
    """An animated PNG."""
    out, frames = BytesIO(), [Image.new("RGB", (400, 300), colour) for colour in ("white", "red")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    return out.getvalue()


HOSTILE = {
    "says that it has 50,000 x 50,000 pixels": png(50_000, 50_000, zlib.compress(b"\0" * 1_000)),
    "a bomb of 30,000 x 30,000 pixels": bomb(30_000),
    "large but of one pixel's height": png(12_000, 1, zlib.compress(b"\0" * 1_501)),
    "moves": moving(),
    "a page of a browser": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "an archive": SECRET * 20,
    "its data are no data": png(800, 600, b"not deflated"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_is_refused_and_leaves_nothing(scene: Scene, name: str) -> None:
    refused = sent(scene, HOSTILE[name])
    assert refused.status == 422, refused.text
    assert [fault["where"] for fault in refused.json["faults"]] == ["picture"]
    assert scene(OFFICER, "GET", "/papers/checks").json == []


def test_half_a_photograph_is_refused(scene: Scene) -> None:
    whole = photograph()
    assert sent(scene, whole[: len(whole) // 2]).status == 422


def test_more_than_may_come_is_refused_before_it_is_read(scene: Scene) -> None:
    assert sent(scene, photograph() + b"\0" * (13 << 20)).status == 413


def test_what_hides_behind_or_in_a_photograph_is_not_kept(scene: Scene) -> None:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken by I. Okafor"  # ImageDescription
    Image.open(BytesIO(photograph())).save(out, "JPEG", quality=92, exif=exif)
    made = sent(scene, out.getvalue() + SECRET)
    assert made.status == 201, made.text
    digest = made.json["content"]["picture"]
    kept = scene(OFFICER, "GET", f"/papers/pictures/{made.json['id']}/{digest}").body
    assert kept.startswith(b"\xff\xd8") and kept.rstrip(b"\0").endswith(b"\xff\xd9")
    assert SECRET not in kept and b"Okafor" not in kept


@cache
def turned(how: str) -> bytes:
    picture = Image.open(BytesIO(photograph()))
    if how == "two pages":
        other = Image.open(BytesIO(specimens.photograph(specimens.genuine(specimens.MARIA), 4)))
        both = Image.new("RGB", (max(picture.width, other.width), picture.height + other.height), "grey")
        both.paste(picture, (0, 0))
        both.paste(other, (0, picture.height))
        picture = both
    elif how == "on its head":
        picture = picture.rotate(180)
    elif how == "in grey":
        picture = ImageOps.grayscale(picture)
    else:  # a white spot over the portrait: the lamp
        picture.paste(
            "white", (picture.width // 5, picture.height // 3, picture.width // 3, picture.height // 2)
        )
    out = BytesIO()
    picture.save(out, "JPEG", quality=92)
    return out.getvalue()


@pytest.mark.parametrize("how", ["on its head", "in grey", "with a lamp in it"])
def test_a_photograph_taken_badly_is_read_all_the_same(scene: Scene, how: str) -> None:
    made = sent(scene, turned(how))
    assert made.status == 201, made.text
    assert made.json["lines"] == LINES


def test_of_two_zones_in_one_picture_both_are_told_and_the_officer_chooses(scene: Scene) -> None:
    made = sent(scene, turned("two pages"))
    assert made.status == 201, made.text
    read = [zone["lines"] for zone in made.json["content"]["zones"]]
    assert LINES in read and list(specimens.MARIA.zone()) in read
    place = read.index(list(specimens.MARIA.zone()))
    path = f"/papers/checks/{made.json['id']}/reading"
    said = {"seen": made.json["seen"], "which": "printed", "zone": place}
    chosen = scene(OFFICER, "PUT", path, json=said, purpose="border")
    assert chosen.json["number"] == specimens.MARIA.number != NUMBER
