"""A film by its key frames, at most 600 of them evenly over its length. Needs PyAV (the extra `video`).

The demultiplexer is chosen by the file's first bytes and the file is handed over as a stream: a play
list that calls itself a film opens nothing else. Runs in a worker alone (worker.py).
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, BinaryIO, NamedTuple

import cv2
import numpy as np

from entente.match.images import CANONICAL, LEAST_QUALITY, pdq
from entente.match.images.borders import content
from entente.triage.decoding import Grey, Undecoded

FRAMES = 600
MOST_SIDE = 8_192
"""A side of a frame, in pixels."""
DEMULTIPLEXERS = {
    "video/mp4": "mov",
    "video/quicktime": "mov",
    "video/x-matroska": "matroska",
    "video/x-msvideo": "avi",
    "video/x-ms-asf": "asf",
    "video/x-flv": "flv",
    "video/mpeg": "mpeg",
    "video/ogg": "ogg",
    "video/mp2t": "mpegts",
    "video/vnd.rn-realvideo": "rm",
}


class Film(NamedTuple):
    """`frames` are (second, PDQ) in order, of those with enough in them."""

    width: int
    height: int
    seconds: float
    frames: tuple[tuple[float, bytes], ...]
    remark: str = ""


def film(file: BinaryIO, mime: str, beat: Callable[[], None]) -> Film:
    """Decode and hash. Raises Undecoded."""
    try:
        import av  # noqa: PLC0415 - an optional extra
    except ImportError:
        raise Undecoded("film not decoded: install entente[video]") from None
    av.logging.set_level(av.logging.PANIC)
    seen: list[tuple[float, Grey]] = []
    remark = ""
    try:
        how: dict[str, Any] = {"format": DEMULTIPLEXERS.get(mime)}
        with av.open(file, mode="r", options={"protocol_whitelist": "none"}, **how) as opened:
            if not opened.streams.video:
                raise Undecoded("no film in it, only sound")
            stream = opened.streams.video[0]
            width, height = stream.codec_context.width, stream.codec_context.height
            if max(width, height) > MOST_SIDE:
                raise Undecoded(f"too many pixels: {width} x {height}")
            length = _seconds(stream, opened.duration)
            try:
                for second, grey in _key_frames(opened, stream, length):
                    seen.append((second, _reduced(grey)))
                    beat()
            except (av.FFmpegError, ValueError) as wrong:
                remark = f"cut short: {_said(wrong)}"
    except Undecoded:
        raise
    except Exception as wrong:  # whatever a demultiplexer thinks of what it was given
        raise Undecoded(f"no film that can be read: {_said(wrong)}") from None
    if not seen:
        raise Undecoded(remark or "no frame of it can be decoded")
    return Film(width, height, round(length or seen[-1][0], 3), _hashed(seen, beat), remark)


def _seconds(stream: Any, duration: int | None) -> float:
    """Its length; 0 where the file does not say."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return duration / 1_000_000 if duration else 0.0


def _key_frames(opened: Any, stream: Any, length: float) -> Iterator[tuple[float, Grey]]:
    """Only packets that are key frames are decoded, and of those one in `length / FRAMES` seconds."""
    stream.codec_context.skip_frame = "NONKEY"
    stream.codec_context.thread_type = "NONE"
    stream.codec_context.thread_count = 1  # a confined worker may start none
    every = length / FRAMES
    due, count = -1.0, 0
    rate = float(stream.average_rate or Fraction(25))
    for packet in opened.demux(stream):
        second = _at(packet)
        ends = packet.size == 0
        if not ends and (not packet.is_keyframe or (second is not None and second < due)):
            continue
        if second is not None:
            due = second + every
        for frame in packet.decode():
            at = frame.time if frame.time is not None else count / rate
            count += 1
            yield round(max(0.0, float(at)), 3), frame.reformat(format="gray", threads=1).to_ndarray()
            if count == FRAMES:
                return


def _at(packet: Any) -> float | None:
    stamp = packet.pts if packet.pts is not None else packet.dts
    return None if stamp is None or packet.time_base is None else float(stamp * packet.time_base)


def _reduced(grey: Grey) -> Grey:
    """Shorter side at most CANONICAL: 600 frames must fit into a worker."""
    height, width = grey.shape
    least = min(height, width)
    if least <= CANONICAL:
        return np.ascontiguousarray(grey)
    size = (max(1, round(width * CANONICAL / least)), max(1, round(height * CANONICAL / least)))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)


def _hashed(seen: list[tuple[float, Grey]], beat: Callable[[], None]) -> tuple[tuple[float, bytes], ...]:
    """PDQ of what is inside the film's border, which is the median of its frames' borders."""
    sizes = {grey.shape for _, grey in seen}
    if len(sizes) == 1:
        edges = np.array([content(grey) for _, grey in seen])
        top, bottom, left, right = (int(v) for v in np.median(edges, axis=0))
    else:  # a film whose size changes on its way has no one border
        top, bottom, left, right = 0, MOST_SIDE, 0, MOST_SIDE
    made = []
    for second, grey in seen:
        bits, quality = pdq(np.ascontiguousarray(grey[top:bottom, left:right]))
        if quality >= LEAST_QUALITY:
            made.append((second, bits))
        beat()
    return tuple(made)


def _said(wrong: Exception) -> str:
    """ffmpeg's own word for it, without what differs from run to run."""
    return (getattr(wrong, "strerror", None) or str(wrong) or type(wrong).__name__).split(" at 0x")[0][:120]
