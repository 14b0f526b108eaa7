"""Our own kept pictures made smaller, for paper and for packs: they were made anew when they came."""

from io import BytesIO

from PIL import Image


def smaller(kept: bytes, longest: int, quality: int = 78) -> bytes:
    """A JPEG that we keep, at most so many pixels on its longer side."""
    with Image.open(BytesIO(kept), formats=["JPEG"]) as picture:
        picture.draft("RGB", (longest, longest))  # decoded at a half, a quarter … where that is enough
        picture.thumbnail((longest, longest))
        made = BytesIO()
        picture.convert("RGB").save(made, "JPEG", quality=quality, optimize=True)
    return made.getvalue()
