"""Disks to triage: Kodak's pictures with what people do to them, or drawn ones, and what breaks decoders."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

KODAK = sorted((Path(__file__).parents[3] / "shared" / "data" / "images" / "kodak").glob("*.jpg"))


def photographs(count: int) -> list[Image.Image]:
    """Pictures that are nothing like each other: Kodak's where they are, or clouds of colours."""
    if len(KODAK) >= count:
        return [Image.open(path).convert("RGB") for path in KODAK[:count]]
    made = []
    for seed in range(count):
        chance = np.random.default_rng(seed)
        rough = Image.fromarray(chance.integers(0, 256, (9, 13, 3), np.uint8))
        fine = chance.integers(0, 40, (512, 768, 3)).astype(np.int16)
        grown = np.asarray(rough.resize((768, 512), Image.Resampling.BICUBIC), np.int16)
        made.append(Image.fromarray(np.clip(grown + fine - 20, 0, 255).astype(np.uint8)))
    return made


def encoded(picture: Image.Image, form: str = "JPEG", **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **how)
    return out.getvalue()


def bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A PNG of a few thousand bytes that says it has so many pixels; its lines are zeros."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def animation(pictures: list[Image.Image], form: str = "GIF") -> bytes:
    small = [one.resize((240, 160)) for one in pictures]
    return encoded(small[0], form, save_all=True, append_images=small[1:], duration=500)


def make(folder: Path) -> None:
    """A disk of 30 files: 8 photographs, copies of some as people make them, and what is no picture."""
    one, two, three, *rest = photographs(8)
    (folder / "deep" / "er").mkdir(parents=True)
    plain = encoded(one, quality=92)
    (folder / "one.jpg").write_bytes(plain)
    (folder / "deep" / "same bytes.dat").write_bytes(plain)
    (folder / "deep" / "half.jpg").write_bytes(
        encoded(one.resize((one.width // 2, one.height // 2)), quality=60)
    )
    width, height = one.size
    cut = one.crop((width // 40, height // 40, width - width // 40, height - height // 40))
    (folder / "deep" / "er" / "cut.png").write_bytes(encoded(cut, "PNG"))
    (folder / "two.jpg").write_bytes(encoded(two))
    (folder / "two mirrored.webp").write_bytes(
        encoded(two.transpose(Image.Transpose.FLIP_LEFT_RIGHT), "WEBP", quality=85)
    )
    (folder / "three.tiff").write_bytes(encoded(three, "TIFF"))
    for number, picture in enumerate(rest):
        (folder / f"rest {number}.jpg").write_bytes(encoded(picture))
    (folder / "moves.gif").write_bytes(animation(photographs(8)[3:6]))
    (folder / "bomb.png").write_bytes(bomb())
    (folder / "empty.jpg").touch()
    (folder / "text.jpg").write_text("no picture at all")
    (folder / "phone.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100))
    (folder / "cut short.jpg").write_bytes(plain[: len(plain) // 2])
    (folder / "archive.zip").write_bytes(b"PK\x03\x04" + bytes(60))
    (folder / "noise.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(200)))
    (folder / "film.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(500))
    (folder / "link.jpg").symlink_to("one.jpg")
    (folder / "loop").symlink_to(folder)
    for number in range(6):
        (folder / "deep" / f"letter {number}.txt").write_text(f"letter {number}")


def quiet(title: str) -> Any:
    """A progress bar that nobody sees."""

    class Bar:
        def __enter__(self) -> Any:
            return lambda done, total=None: None

        def __exit__(self, *_: object) -> None: ...

    return Bar()
