"""What every blob engine must do, and what the folder adds."""

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.engines.blobs import Corrupt, open_blobs
from entente.engines.seams import Blobs


@pytest.fixture(params=["memory", "folder"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    return open_blobs("memory:" if request.param == "memory" else f"folder:{tmp_path / 'blobs'}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.binary(max_size=3000))
def test_what_is_put_is_opened_by_its_digest(blobs: Blobs, data: bytes) -> None:
    digest = blobs.put(data)
    assert digest == sha256(data).hexdigest()
    assert blobs.open(digest) == data


def test_putting_twice_keeps_one(blobs: Blobs) -> None:
    digest = blobs.put(b"seal")
    assert blobs.put(b"seal") == digest
    blobs.drop(digest)
    with pytest.raises(KeyError):
        blobs.open(digest)


@pytest.mark.parametrize("digest", ["0" * 64, "", "../../etc/passwd", "A" * 64, "0" * 63 + "\n"])
def test_what_is_not_there_is_a_key_error_and_dropping_it_does_nothing(blobs: Blobs, digest: str) -> None:
    blobs.drop(digest)
    with pytest.raises(KeyError):
        blobs.open(digest)


def test_a_folder_opened_again_still_has_it(tmp_path: Path) -> None:
    digest = open_blobs(f"folder:{tmp_path}").put(b"seal")
    assert open_blobs(f"folder:{tmp_path}").open(digest) == b"seal"


def test_damaged_bytes_are_never_handed_out_and_putting_them_again_mends_them(tmp_path: Path) -> None:
    blobs = open_blobs(f"folder:{tmp_path}")
    digest = blobs.put(b"seal")
    (tmp_path / digest[:2] / digest[2:4] / digest).write_bytes(b"seam")
    with pytest.raises(Corrupt, match=digest):
        blobs.open(digest)
    blobs.put(b"seal")
    assert blobs.open(digest) == b"seal"


def test_a_write_that_breaks_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError("no space left")

    blobs = open_blobs(f"folder:{tmp_path}")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        blobs.put(b"seal")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("url", ["", "folder:", "memory:x", "s3://bucket"])
def test_an_unknown_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="folder:<path>"):
        open_blobs(url)
