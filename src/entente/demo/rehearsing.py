"""What reads and compares prints is compiled in a process of its own, while the rest of the story is loaded.

The first time on a machine that takes as long as everything else together; it is kept beside the source, so
that it is done once. Run as a module, this is that process.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def compiling() -> Iterator[Callable[[], object]]:
    """Compile meanwhile; gives what waits for the end. What is not compiled then is compiled at need."""
    command = [sys.executable, "-m", __name__]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as child:  # noqa: S603
        try:
            yield child.wait
        finally:
            child.kill()


def rehearse() -> None:
    """Every loop once, on a print that nobody left."""
    import numpy as np  # noqa: PLC0415  # all of it only in the child: the parent has a bar to show

    from entente.match import prints  # noqa: PLC0415
    from entente.match.prints import synthetic as growing  # noqa: PLC0415

    if prints.slow():
        return
    master = growing.finger(1)
    shown, left = growing.impression(master, 1), growing.latent(master, 2)
    one, other = (prints.read(picture).print for picture in (shown, left))
    rows = prints.pack(one)
    prints.scan(prints.pack(other), rows, np.array([0, len(rows)]), np.array([0]))
    prints.compare(one, other)


if __name__ == "__main__":
    rehearse()
