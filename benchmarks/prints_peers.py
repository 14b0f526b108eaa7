"""SourceAFIS beside us: its extractor and matcher on the same pictures, its matcher on the same templates.

    mkdir -p /tmp/sourceafis && cd /tmp/sourceafis && mvn dependency:copy-dependencies -f POM
    -DoutputDirectory=lib SOURCEAFIS=/tmp/sourceafis/lib make bench-prints

where POM is a `pom.xml` whose one dependency is com.machinezoo.sourceafis:sourceafis:3.18.1. Without the
variable the figures of the specification are told, and said to be that.
"""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.prints_sets import FOLDER, NAMES, dpi, larger
from numpy.typing import NDArray

DRIVER = Path(__file__).with_name("SourceAfis.java")
SPECIFIED = {"fvc2002_db1_b": 3.22, "fvc2002_db3_b": 10.72, "fvc2002_db4_b": 6.07, "fvc2004_db2_b": 11.04}
"""Equal error rates in percent of SourceAFIS with its own extractor (specs/biometrics.md, 2.2)."""
NBIS = {"fvc2002_db1_b": 9.37, "fvc2002_db3_b": 15.94, "fvc2002_db4_b": 6.53, "fvc2004_db2_b": 17.54}
"""The same of mindtct and bozorth3."""


@dataclass(frozen=True, slots=True, eq=False)
class Peer:
    """Scores (pairs,), images a second, comparisons a second; of one thread's CPU time."""

    scores: NDArray[np.float64]
    extraction: float
    comparison: float


def sourceafis(name: str, *, templates: bool = False) -> Peer | None:
    """None where the variable SOURCEAFIS names no folder of jars."""
    jars = os.environ.get("SOURCEAFIS")
    if not jars or not Path(jars).is_dir():
        return None
    folder, end = (FOLDER / "iso19794" / name, "iso") if templates else (FOLDER / name, "png")
    files = [str(folder / f"{at}.{end}") for at in NAMES]
    command = ["java", "-XX:+UseSerialGC", "-cp", f"{jars}/*", str(DRIVER), str(dpi(name)), *files]
    first, *rows = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    extraction, comparison = map(float, first.split())
    return Peer(larger(np.array([row.split() for row in rows], float)), extraction, comparison)
