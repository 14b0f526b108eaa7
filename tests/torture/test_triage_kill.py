"""kill -9 of triage at moments nobody chose; the outputs are those of a run that nothing happened to.

ENTENTE_TORTURE says how many kills; five in the ordinary run.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

KILLS = int(os.environ.get("ENTENTE_TORTURE", "5"))
FILES = 45


def make(folder: Path) -> None:
    """Pictures of which every third is a smaller copy of the one before, and some files that are none."""
    chance = np.random.default_rng(5)
    for number in range(FILES):
        if number % 3 != 2:
            rough = Image.fromarray(chance.integers(0, 256, (12, 16, 3), np.uint8))
            picture = rough.resize((1100, 820), Image.Resampling.BICUBIC)
            picture.save(folder / f"{number:03}.jpg", quality=90)
        else:
            picture.resize((550, 410)).save(folder / f"{number:03}.png")
        (folder / f"{number:03}.txt").write_text(f"{number}")
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (folder / "empty").touch()


def command(folder: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "entente.cli", "triage", str(folder), "--to", str(out), "--jobs", "2"]


def outputs(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.suffix in (".csv", ".json")}


def test_a_run_that_was_killed_again_and_again_ends_as_one_that_was_not(tmp_path: Path) -> None:
    folder, whole, cut = tmp_path / "disk", tmp_path / "whole", tmp_path / "cut"
    folder.mkdir()
    make(folder)
    began = time.monotonic()
    subprocess.run(command(folder, whole), check=True, capture_output=True, timeout=300)
    length = time.monotonic() - began
    expected = outputs(whole)
    assert {"files.csv", "groups.csv", "review.csv", "problems.csv", "case.vics.json", "ask.json"} == set(
        expected
    )
    chance = random.Random(11)
    killed = 0
    for attempt in range(4 * KILLS):
        running = subprocess.Popen(
            command(folder, cut), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            running.wait(chance.uniform(0.05, max(1.5, length * 0.7)))
        except subprocess.TimeoutExpired:
            os.kill(running.pid, signal.SIGKILL)
            killed += 1
        running.wait(60)
        if killed == KILLS:
            break
        if running.returncode == 0:  # it came to its end: begin again from nothing
            assert outputs(cut) == expected, f"attempt {attempt}"
            for path in cut.iterdir():
                path.unlink()
    assert killed == KILLS
    done = subprocess.run(command(folder, cut), check=False, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert outputs(cut) == expected


def test_ctrl_c_ends_it_and_says_how_to_go_on(tmp_path: Path) -> None:
    folder, out = tmp_path / "disk", tmp_path / "out"
    folder.mkdir()
    make(folder)
    running = subprocess.Popen(command(folder, out), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while not (out / "triage.work").exists() and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    if running.returncode == 0 or b"100%" in said:
        pytest.skip("it was faster than the signal")
    assert running.returncode == 130 and b"go on with: entente triage" in said, said
