"""Files as their hashes alone, drawn from a number: nobody's pictures."""

import hashlib
from typing import Any


def digest(name: str, size: int) -> str:
    return hashlib.shake_256(name.encode()).hexdigest(size)


def near(bits: str, apart: int) -> str:
    """The same 256 bits but for so many."""
    number = int(bits, 16)
    for place in range(apart):
        number ^= 1 << (place * 7 % 256)
    return f"{number:064x}"


def file(name: str, **more: Any) -> dict[str, Any]:
    """A picture called so: the same name gives the same hashes."""
    return {
        "label": name,
        "md5": digest(f"md5 {name}", 16),
        "sha1": digest(f"sha1 {name}", 20),
        "sha256": digest(f"sha256 {name}", 32),
        "pdq": [digest(f"pdq {name} {view}", 32) for view in range(18)],
        "turns": [digest(f"turn {name} {turn}", 32) for turn in range(15)],
        "dhash": digest(f"dhash {name}", 32),
        "quality": 90,
        "mime": "image/jpeg",
        "width": 768,
        "height": 512,
        "size": 200_000,
        **more,
    }


def copy_of(name: str, apart: int = 10, **more: Any) -> dict[str, Any]:
    """Another file of the same picture: other digests, a PDQ so many bits away, a dHash of its own."""
    original = file(name)
    fresh = file(f"{name} copied")
    return {**fresh, "pdq": [near(original["pdq"][0], apart), *fresh["pdq"][1:]], **more}
