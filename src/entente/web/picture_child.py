"""The other side of pictures.py, alone in a process: reads one picture from its input, under hard limits.

It runs as a script and knows nothing of the house, so that a picture that breaks a decoder breaks a
process that holds nothing. Its two arguments: the longest side of what is kept, and the JPEG quality.
Exit 0 and the picture on its output; 3 and one line of why for a refusal.
"""

import resource
import sys
from io import BytesIO

from PIL import Image, ImageOps

MEMORY_BYTES = 1 << 30
CPU_S = 10
MOST_PIXELS = 40_000_000
MOST_SIDE = 12_000
LEAST_SIDE = 16


class Refused(Exception):
    """The picture is not kept; the text says why."""


def limit() -> None:
    """No more memory, time, files or processes than one picture needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def remade(data: bytes, longest: int, quality: int) -> bytes:
    """The picture as a plain JPEG: upright, three colours, no metadata. Raises Refused."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
            raise Refused(f"it has {width} x {height} pixels")
        if min(width, height) < LEAST_SIDE:
            raise Refused(f"it has only {width} x {height} pixels")
        if getattr(picture, "n_frames", 1) > 1:
            raise Refused("it moves")
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        if upright.mode in ("RGBA", "LA", "P", "PA"):
            behind = Image.new("RGB", upright.size, "white")
            clear = upright.convert("RGBA")
            behind.paste(clear, mask=clear.getchannel("A"))
            upright = behind
        plain = upright.convert("RGB")
        plain.thumbnail((longest, longest))
        bare = Image.frombytes("RGB", plain.size, plain.tobytes())
    out = BytesIO()
    bare.save(out, "JPEG", quality=quality)
    return out.getvalue()


def main() -> int:
    """One picture in, one picture out."""
    longest, quality = (int(said) for said in sys.argv[1:])
    Image.init()
    limit()
    try:
        out = remade(sys.stdin.buffer.read(), longest, quality)
    except Refused as why:
        sys.stderr.write(str(why))
        return 3
    except Exception:  # whatever a decoder thinks of what it was given
        sys.stderr.write("it is no picture that can be read")
        return 3
    sys.stdout.buffer.write(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
