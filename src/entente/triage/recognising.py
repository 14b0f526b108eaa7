"""What a file is by its first bytes; its name says nothing.

Source: the formats' own specifications (JPEG ISO 10918, PNG, GIF89a, TIFF 6.0, RIFF, ISO 14496-12, EBML,
ASF).
"""

from typing import NamedTuple

HEAD_BYTES = 1024
"""So much of a file is enough; an MPEG transport stream needs most of it."""
_STILL = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
_SOUND = {b"M4A ", b"M4B ", b"M4P "}
_BOXES = {b"moov", b"mdat", b"wide", b"skip", b"pnot"}
"""What a QuickTime film from before ISO 14496 may begin with, after four bytes of length."""
_FIRST: tuple[tuple[bytes, str, str], ...] = (
    (b"\xff\xd8\xff", "image", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image", "image/png"),
    (b"GIF87a", "image", "image/gif"),
    (b"GIF89a", "image", "image/gif"),
    (b"II*\x00", "image", "image/tiff"),
    (b"MM\x00*", "image", "image/tiff"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "image", "image/jp2"),
    (b"8BPS", "image", "image/vnd.adobe.photoshop"),
    (b"\x1a\x45\xdf\xa3", "video", "video/x-matroska"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video", "video/x-ms-asf"),
    (b"FLV\x01", "video", "video/x-flv"),
    (b"\x00\x00\x01\xba", "video", "video/mpeg"),
    (b"\x00\x00\x01\xb3", "video", "video/mpeg"),
    (b"OggS", "video", "video/ogg"),
    (b".RMF", "video", "video/vnd.rn-realvideo"),
    (b"PK\x03\x04", "archive", "application/zip"),
    (b"Rar!\x1a\x07", "archive", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "archive", "application/x-7z-compressed"),
    (b"\x1f\x8b\x08", "archive", "application/gzip"),
)


class Form(NamedTuple):
    """`media` is image, video, archive or other."""

    media: str
    mime: str


OTHER = Form("other", "")


def form_of(head: bytes) -> Form:
    """What a file is that begins so (its first HEAD_BYTES, or all of a shorter one)."""
    for first, media, mime in _FIRST:
        if head.startswith(first):
            return Form(media, mime)
    if head[:4] == b"RIFF":
        return {b"WEBP": Form("image", "image/webp"), b"AVI ": Form("video", "video/x-msvideo")}.get(
            head[8:12], OTHER
        )
    if head[4:8] == b"ftyp":
        return _branded(head[8:12])
    if head[4:8] in _BOXES:
        return Form("video", "video/quicktime")
    if head[:2] == b"BM" and _is_bitmap(head):
        return Form("image", "image/bmp")
    if len(head) > 376 and head[0] == head[188] == head[376] == 0x47:
        return Form("video", "video/mp2t")
    return OTHER


def _branded(brand: bytes) -> Form:
    if brand in _STILL:
        return Form("image", "image/avif" if brand.startswith(b"avi") else "image/heic")
    if brand in _SOUND:
        return OTHER
    return Form("video", "video/quicktime" if brand == b"qt  " else "video/mp4")


def _is_bitmap(head: bytes) -> bool:
    """The letters BM begin many a text: a bitmap's header has one of few lengths."""
    return int.from_bytes(head[14:18], "little") in {12, 16, 40, 52, 56, 64, 108, 124}
