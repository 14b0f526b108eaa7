"""The other side of decoding.py, alone in a process: decodes pictures from its input, under hard limits.

It runs as a script and knows nothing of the house. In: per picture its length (4 bytes, big-endian) and its
bytes. Out, as soon as each is done: a header (length in 4 bytes, JSON) and the pixels, row by row, so that a
decoder that dies on one picture takes none of those before it along. Header: `width`, `height`, `channels`
(1 or 3), `dpi`, `form`; or `why` there are no pixels.
"""

import json
import resource
import struct
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import (  # those that Pillow loads late must be here before the process may open no file
    Image,
    ImageChops,
    ImageOps,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    TiffImagePlugin,
)

try:
    import wsq
except ImportError:
    wsq = None

_LOADED = (
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    TiffImagePlugin,
)
MEMORY_BYTES = 1 << 30
CPU_S = 20
MOST_PIXELS = 40_000_000
MOST_SIDE = 12_000
MOST_WSQ_PIXELS, MOST_WSQ_SHARE = 16_000_000, 2_000
"""Pixels of a WSQ picture in all, and to each byte of it: an even grey has 1,500, a print 5 to 20."""
MOST_ALL_BYTES = 160_000_000
"""Of pixels in one go."""
LEAST_SIDE = 16
UNEQUAL = 0.02
"""Share by which the two resolutions may differ."""
WSQ = b"\xff\xa0"
FORMS = {"PNG": "PNG", "JPEG": "JPEG", "MPO": "JPEG", "JPEG2000": "JP2", "PPM": "PGM"}


class Refused(Exception):
    """The picture is not decoded; the text is one of the words of decoding.REFUSALS."""


def limit() -> None:
    """No more memory and time than pictures need; no file, no process."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (most, most))


def decoded(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Header and pixels. Raises Refused, and whatever a decoder thinks of what it was given."""
    return _wsq(data) if data.startswith(WSQ) else _picture(data)


def _sized(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise Refused("large")
    if min(width, height) < LEAST_SIDE:
        raise Refused("small")


def _picture(data: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        opened = Image.open(BytesIO(data), formats=("PNG", "JPEG", "JPEG2000", "PPM"))
    except Image.DecompressionBombError:
        raise Refused("large") from None
    with opened as picture:
        form = FORMS[picture.format or ""]
        _sized(*picture.size)
        if form == "PNG" and getattr(picture, "n_frames", 1) > 1:
            raise Refused("moves")
        dpi = _dpi(picture, form)
        picture.load()
        plain = _plain(ImageOps.exif_transpose(picture))
    channels = len(plain.getbands())
    head = {"width": plain.width, "height": plain.height, "channels": channels, "dpi": dpi, "form": form}
    return head, plain.tobytes()


def _dpi(picture: Image.Image, form: str) -> float | None:
    """Pixels an inch as the file says; a JPEG's only from its JFIF header, as others invent 72."""
    if form == "JPEG":
        unit = picture.info.get("jfif_unit")
        said = picture.info.get("jfif_density") if unit in (1, 2) else None
        both = [float(side) * (2.54 if unit == 2 else 1.0) for side in said] if said else []
    else:
        both = [float(side) for side in picture.info.get("dpi") or ()]
    if len(both) != 2 or min(both) < 1:
        return None
    if abs(both[0] / both[1] - 1) > UNEQUAL:
        raise Refused("oblong")
    return round(both[0], 1)


def _plain(picture: Image.Image) -> Image.Image:
    """Grey or three colours of eight bits; what is seen through is white."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        behind = Image.new("RGB", clear.size, "white")
        behind.paste(clear, mask=clear.getchannel("A"))
        picture = behind
    if picture.mode in ("1", "L"):
        return picture.convert("L")
    colours = picture.convert("RGB")
    red, green, blue = colours.split()
    grey = not (ImageChops.difference(red, green).getbbox() or ImageChops.difference(red, blue).getbbox())
    return red if grey else colours


def _wsq(data: bytes) -> tuple[dict[str, Any], bytes]:
    if wsq is None:
        raise Refused("no-wsq")
    width, height, dpi = wsq_head(data)
    _sized(width, height)
    if width * height > MOST_WSQ_PIXELS:
        raise Refused("large")
    if width * height > MOST_WSQ_SHARE * len(data):
        raise Refused("broken")
    pixels, width, height, _ppi = wsq.WsqImagePlugin._wsq.decompress(data)
    return {"width": width, "height": height, "channels": 1, "dpi": dpi, "form": "WSQ"}, pixels


def wsq_head(data: bytes) -> tuple[int, int, float | None]:
    """Width, height and pixels an inch of a WSQ file: the frame header of the FBI's WSQ specification
    (IAFIS-IC-0110, 3.1) and the comment of NIST's software. Raises Refused."""
    at, dpi = 2, None
    while at + 4 <= len(data):
        marker, length = struct.unpack_from(">HH", data, at)
        if marker == 0xFFA2:
            if at + 10 > len(data):
                break
            height, width = struct.unpack_from(">HH", data, at + 6)
            return width, height, dpi
        if not 0xFFA3 <= marker <= 0xFFA8 or length < 2:
            break
        if marker == 0xFFA8 and dpi is None:
            dpi = _nistcom(data[at + 4 : at + 2 + length])
        at += 2 + length
    raise Refused("broken")


def _nistcom(comment: bytes) -> float | None:
    for line in comment.split(b"\n"):
        name, _space, value = line.partition(b" ")
        if name == b"PPI" and value.strip().isdigit():
            return float(value) or None
    return None


def asked() -> Iterator[bytes]:
    """The pictures on the input."""
    while len(length := sys.stdin.buffer.read(4)) == 4:
        yield sys.stdin.buffer.read(struct.unpack(">L", length)[0])


def main() -> int:
    """Pictures in, pixels out."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    Image.preinit()
    limit()
    left = MOST_ALL_BYTES
    for data in asked():
        try:
            head, pixels = decoded(data)
            if len(pixels) > left:
                raise Refused("many")
            left -= len(pixels)
        except Refused as why:
            head, pixels = {"why": str(why)}, b""
        except Exception:  # whatever a decoder thinks of what it was given
            head, pixels = {"why": "broken"}, b""
        told = json.dumps(head).encode()
        sys.stdout.buffer.write(struct.pack(">L", len(told)) + told)
        sys.stdout.buffer.write(pixels)
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
