"""A process of its own for what comes from outside: one of the room's child scripts, started for one input.

The script runs isolated (no environment, no user packages), sets its own limits before it reads a byte, and
holds nothing of the house. What is sent goes to its input alone: no file, no argument.
"""

import subprocess
import sys
from pathlib import Path

from entente.web.pictures import turn

WAIT_S = 30.0
_HERE = Path(__file__).parent


def answered(script: str, data: bytes) -> tuple[bool, bytes]:
    """Whether the child ended well, and what it wrote, which may be less than was asked where it did not.

    Raises Unavailable when many such processes are running.
    """
    with turn():
        try:
            made = subprocess.run(  # noqa: S603
                [sys.executable, "-I", str(_HERE / script)],
                input=data,  # our own script
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # decoders written in C tell their complaints there
                timeout=WAIT_S,
                check=False,
                env={},
            )
        except subprocess.TimeoutExpired as late:
            return False, late.stdout or b""
    return made.returncode == 0, made.stdout
