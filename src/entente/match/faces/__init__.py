"""Faces: `read` a picture, `compare` two vectors, `pack` and `scan` galleries of them.

Pure: a picture comes in as an array of RGB values that somebody else decoded. Networks are read from the
files of an installed package or from an operator's folder, and run by ONNX Runtime (`entente[faces]`);
without it `Missing` says in one sentence what to install. Works alone:
`from entente.match.faces import read, compare`.
"""

from entente.match.faces.calibration import CALIBRATION, MATCHER, SPACE
from entente.match.faces.comparing import compare, of_text, pack, scan, scan_slow, text
from entente.match.faces.encoders import Encoder, default_encoder, space
from entente.match.faces.finding import Box
from entente.match.faces.quality import Outcome, Quality, Reason
from entente.match.faces.reading import Face, Reading, Unreadable, read
from entente.match.faces.running import Missing, missing

__all__ = [
    "CALIBRATION",
    "MATCHER",
    "SPACE",
    "Box",
    "Encoder",
    "Face",
    "Missing",
    "Outcome",
    "Quality",
    "Reading",
    "Reason",
    "Unreadable",
    "compare",
    "default_encoder",
    "missing",
    "of_text",
    "pack",
    "read",
    "scan",
    "scan_slow",
    "space",
    "text",
]
