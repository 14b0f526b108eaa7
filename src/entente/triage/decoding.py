"""A picture from its bytes: grey as it is stored (its EXIF orientation left alone), reduced while decoding.

Runs in a worker alone (worker.py): a decoder is given what an unknown person made.
"""

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import AvifImagePlugin, Image, ImageFile

from entente.match.images import CANONICAL

Grey = NDArray[np.uint8]
MOST_PIXELS = 100_000_000
"""Of what is decoded whole: 400 MB at four bytes each."""
MOST_PIXELS_JPEG = 400_000_000
"""A JPEG is reduced while it is decoded; telephones take 200 million."""
LEAST_SIDE = 8
"""Fewer pixels a side have no likeness worth the name."""
MOST_SHOTS = 16
MOST_STEPS = 600
"""Frames of an animated picture that are hashed, and that are gone through for it."""
_REDUCED = (
    (8, cv2.IMREAD_REDUCED_GRAYSCALE_8),
    (4, cv2.IMREAD_REDUCED_GRAYSCALE_4),
    (2, cv2.IMREAD_REDUCED_GRAYSCALE_2),
    (1, cv2.IMREAD_GRAYSCALE),
)
_TRAILER = 4096
_MOVING = {"GIF", "WEBP", "PNG"}
_NO_DECODER = {"image/heic"}

Image.MAX_IMAGE_PIXELS = None  # the limits are those above: Pillow's warning would end a worker
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # a confined worker may start none


class Undecoded(Exception):
    """No picture came of it; the text says why."""


class Picture(NamedTuple):
    """`remark` says what was wrong though there is a picture, such as that it was cut short."""

    grey: Grey
    width: int
    height: int
    facts: dict[str, Any]
    remark: str = ""


def decoded(content: bytes, mime: str) -> tuple[Image.Image, Picture]:
    """The picture (of an animated one the first frame), and Pillow's view of the file. Raises Undecoded."""
    if mime in _NO_DECODER:
        raise Undecoded(f"no decoder for {mime}")
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # Pillow warns of broken EXIF and the like: it is what disks are full of
        return _decoded(content)


def _decoded(content: bytes) -> tuple[Image.Image, Picture]:
    try:
        file = Image.open(BytesIO(content))
        width, height = file.size
    except Exception as wrong:
        raise Undecoded(f"no picture that can be read: {_why(wrong)}") from None
    most = MOST_PIXELS_JPEG if file.format == "JPEG" else MOST_PIXELS
    if width * height > most:
        raise Undecoded(f"too many pixels: {width} x {height}")
    if min(width, height) < LEAST_SIDE:
        raise Undecoded(f"too few pixels: {width} x {height}")
    facts: dict[str, Any] = {"exif": exif_of(file), "tables": getattr(file, "quantization", None) or {}}
    grey, remark = _grey(content, file)
    return file, Picture(grey, width, height, facts, remark)


def _grey(content: bytes, file: Image.Image) -> tuple[Grey, str]:
    """Grey of at least CANONICAL a side where the picture has so many."""
    remark = ""
    if file.format == "JPEG":
        if _is_cut(content):
            remark = "cut short: hashed as far as it goes"
        if file.mode in ("L", "RGB"):
            least = min(file.size) // CANONICAL
            flag = next((f for by, f in _REDUCED if by <= least), cv2.IMREAD_GRAYSCALE)
            found = cv2.imdecode(np.frombuffer(content, np.uint8), flag | cv2.IMREAD_IGNORE_ORIENTATION)
            if found is not None and found.size:
                return _eight(found), remark
        file.draft("L" if file.mode == "L" else None, (CANONICAL, CANONICAL))
    return _loaded(file, remark)


def _is_cut(content: bytes) -> bool:
    """A JPEG's scans end with an EOI marker; one whose last start of scan has none after it was cut."""
    end = content.rfind(b"\xff\xd9")
    if end >= len(content) - _TRAILER:
        return False  # nearly all; looking for the start of the scan would cost a millisecond
    return end < content.rfind(b"\xff\xda")


def _loaded(file: Image.Image, remark: str) -> tuple[Grey, str]:
    """By Pillow; what was cut short is taken as far as it goes."""
    try:
        file.load()
    except Exception as wrong:
        if "truncated" not in str(wrong) and not isinstance(wrong, OSError):
            raise Undecoded(f"no picture that can be read: {_why(wrong)}") from None
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            file.load()
        except Exception as worse:
            raise Undecoded(f"no picture that can be read: {_why(worse)}") from None
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
        remark = "cut short: hashed as far as it goes"
    try:
        return grey_of(file), remark
    except Exception as wrong:
        raise Undecoded(f"no picture that can be read: {_why(wrong)}") from None


def grey_of(file: Image.Image) -> Grey:
    """Eight bits of grey from any mode; Pillow's own way from sixteen bits cuts at 255."""
    if file.mode.startswith("I") or file.mode == "F":
        return _eight(np.asarray(file))
    if file.mode in ("P", "PA"):
        file = file.convert("RGB")
    return _eight(np.asarray(file.convert("L")))


def _eight(grey: NDArray[Any]) -> Grey:
    if grey.dtype == np.uint8:
        return np.ascontiguousarray(grey)
    finite = np.nan_to_num(grey.astype(np.float64))
    top = float(finite.max(initial=0.0))
    full = 255 if top <= 255 else 65_535 if top <= 65_535 else top
    return np.ascontiguousarray(np.clip(finite * (255 / full), 0, 255).astype(np.uint8))


def shots(file: Image.Image) -> Iterator[tuple[float, Grey]]:
    """(second, grey) of at most MOST_SHOTS frames of an animated picture, evenly; none of one that stands."""
    if file.format not in _MOVING:
        return
    try:
        count = min(int(getattr(file, "n_frames", 1)), MOST_STEPS)
    except Exception:  # an animation whose later frames are broken has its first alone
        return
    if count < 2:
        return
    step = -(-count // MOST_SHOTS)
    second = 0.0
    for number in range(count):
        try:
            file.seek(number)
            file.load()  # only then WebP says how long a frame stands
            grey = grey_of(file) if number % step == 0 else None
        except Exception:
            return
        if grey is not None:
            yield round(second, 3), grey
        second += float(file.info.get("duration", 0) or 0) / 1000


_TAGS = {
    271: "make",
    272: "model",
}
_INNER = {
    0xA431: "serial",
    0xA435: "lens",
    0xA420: "image_id",
    0x9003: "taken",
}
_INNER_AT = 0x8769


def exif_of(file: Image.Image) -> dict[str, str]:
    """What says which camera took it, as text; nothing is decoded for it, and broken EXIF is no EXIF."""
    try:
        if file.info.get("exif"):
            exif = Image.Exif()
            exif.load(file.info["exif"])
        elif file.format == "TIFF":
            exif = file.getexif()
        else:
            return {}
        outer = {name: exif.get(tag) for tag, name in _TAGS.items()}
        inner = exif.get_ifd(_INNER_AT)
        found = outer | {name: inner.get(tag) for tag, name in _INNER.items()}
    except Exception:
        return {}
    return {name: text for name, value in found.items() if (text := _text(value))}


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str | int):
        return ""
    kept = "".join(c for c in str(value) if c.isprintable())
    return " ".join(kept.split())[:200]


def _why(wrong: Exception) -> str:
    """Without what Pillow says of objects in memory, which differs from run to run."""
    return str(wrong).split(" <")[0].split(" at 0x")[0][:120] or type(wrong).__name__
