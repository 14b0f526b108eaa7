"""Films by their key frames."""

import io
import os
import sys
from pathlib import Path

import disks
import numpy as np
import pytest
from PIL import Image

from entente.match.images import distance, pdq
from entente.match.images.films import shares
from entente.match.images.signals import SAME
from entente.triage.decoding import Undecoded
from entente.triage.films import film
from entente.triage.workers import work


def made(
    path: Path, pictures: list[Image.Image], size: tuple[int, int] = (480, 320), border: int = 0
) -> None:
    """A film that shows each picture for a second, a key frame each."""
    av = pytest.importorskip("av")
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = *size, "yuv420p", 5
        stream.bit_rate = 4_000_000
        for picture in pictures:
            inner = picture.resize((size[0], size[1] - 2 * border))
            whole = Image.new("RGB", size)
            whole.paste(inner, (0, border))
            for _ in range(5):
                for packet in stream.encode(av.VideoFrame.from_ndarray(np.asarray(whole), format="rgb24")):
                    out.mux(packet)
        for packet in stream.encode():
            out.mux(packet)


def test_a_film_is_the_hashes_of_its_key_frames_with_their_seconds(tmp_path: Path) -> None:
    pictures = disks.photographs(5)
    path = tmp_path / "film.mp4"
    made(path, pictures)
    with path.open("rb") as file:
        found = film(file, "video/mp4", lambda: None)
    assert (found.width, found.height, found.remark) == (480, 320, "")
    assert 4.5 < found.seconds < 5.5
    assert [second for second, _ in found.frames] == [0, 1, 2, 3, 4]
    for (_, bits), picture in zip(found.frames, pictures, strict=True):
        assert distance(bits, pdq(np.asarray(picture.resize((480, 320)).convert("L")))[0]) <= SAME


def test_a_letterboxed_copy_has_the_same_hashes(tmp_path: Path) -> None:
    found = []
    for border in (0, 40):
        path = tmp_path / f"{border}.mp4"
        made(path, disks.photographs(5), border=border)
        with path.open("rb") as file:
            found.append(film(file, "video/mp4", lambda: None).frames)
    assert min(shares(*found)) >= 0.8


def test_a_film_that_was_cut_short_is_told_and_gives_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    made(path, disks.photographs(5))
    content = path.read_bytes()
    with io.BytesIO(content[: len(content) // 2]) as file:
        assert 1 <= len(film(file, "video/x-matroska", lambda: None).frames) < 5
    with io.BytesIO(content[:40]) as file, pytest.raises(Undecoded, match=r"no (frame|film)"):
        film(file, "video/x-matroska", lambda: None)


def test_a_play_list_that_calls_itself_a_film_opens_nothing(tmp_path: Path) -> None:
    pytest.importorskip("av")
    secret = tmp_path / "secret.mp4"
    made(secret, disks.photographs(2))
    for text in (
        f"ffconcat version 1.0\nfile {secret}\n",
        f"#EXTM3U\n#EXTINF:1,\nfile://{secret}\n#EXT-X-ENDLIST\n",
    ):
        with io.BytesIO(text.encode()) as file, pytest.raises(Undecoded):
            film(file, "video/mp4", lambda: None)


def test_without_pyav_a_film_has_its_digests_and_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(Undecoded, match=r"film not decoded: install entente\[video\]"):
        film(io.BytesIO(b""), "video/mp4", lambda: None)


def test_a_worker_reads_films_too(tmp_path: Path) -> None:
    made(tmp_path / "film.mp4", disks.photographs(3))
    (told,) = work(os.fsencode(tmp_path), [b"film.mp4"], 1)
    assert told.why == "" and [frame["at"] for frame in told.fields["frames"]] == [0, 1, 2]
