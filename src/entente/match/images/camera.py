"""What the camera and the program that wrote a file left in it, in one form.

Handed in as Pillow reads them (Exif 2.32 tags 0x010F Make, 0x0110 Model, 0xA431 BodySerialNumber;
`Image.quantization`): nothing here opens a file.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256


def told(text: object) -> str:
    """A text of Exif without its filling (noughts, spaces); empty where a camera wrote nothing but that."""
    plain = " ".join(str(text or "").replace("\x00", " ").replace("|", " ").split())
    return plain if plain.strip("0-. ") else ""


def device_of(make: object, model: object, serial: object) -> str:
    """`maker|model|serial`, lower case; empty without a serial number, which alone tells one camera of a
    model."""
    number = told(serial)
    return f"{told(make)}|{told(model)}|{number}".lower() if number else ""


def tables_hash(tables: Mapping[int, Sequence[int]]) -> str:
    """64 hex digits over the JPEG quantisation tables, by their number; empty when there are none.

    It tells a program and its setting, seldom a device: the weakest of the lines.
    """
    if not tables:
        return ""
    said = ";".join(f"{at}:{','.join(str(int(one)) for one in tables[at])}" for at in sorted(tables))
    return sha256(said.encode()).hexdigest()
