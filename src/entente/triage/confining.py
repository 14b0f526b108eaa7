"""What a worker gives up before it decodes anything: what is left to whoever takes it over by a made-up file.

`bare` is all of the environment that it gets. `confine` takes away what Linux lets a process take from
itself without a helper: landlock(7), network_namespaces(7), setrlimit(2). Each is an effort: where the kernel
refuses one, the others hold. docs/security.md says what follows.
"""

import ctypes
import os
import resource
from collections.abc import Mapping

_PASSED = ("PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE")
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
MEMORY_BYTES = 3 << 30

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_NO_NEW_PRIVILEGES = 38
_CREATE_RULESET, _RESTRICT_SELF = 444, 446
"""System calls of Landlock, the same numbers on every machine that Python runs on but Alpha."""
_READS = 1 << 2 | 1 << 3
_FILES = {1: (1 << 13) - 1 & ~_READS, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
"""Rights to files that each edition of Landlock added, but to read: execute, write, make, remove; move;
cut short; command a device."""
_NETWORK = {4: 0b11}
"""TCP: bind, connect."""
_SCOPES = {6: 0b11}
"""Abstract sockets of, and signals to, processes outside."""


def bare(environment: Mapping[str, str]) -> dict[str, str]:
    """What Python needs to start, and one thread each: there is a worker for each core."""
    passed = {name: environment[name] for name in _PASSED if name in environment}
    return {**passed, **dict.fromkeys(_THREADS, "1")}


def confine() -> None:
    """For good, for the thread that calls and all it starts; call it before there are others."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),  # holds for all but root
    ):
        resource.setrlimit(limit, (most, most))
    kernel = ctypes.CDLL(None)
    # Root stays in the user namespace: in one of its own it could not read other people's files on the disk.
    if kernel.unshare(_NEW_NETWORK) and os.geteuid():
        kernel.unshare(_NEW_USER | _NEW_NETWORK)
    kernel.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    edition = landlock()
    handled = (ctypes.c_uint64 * 3)(
        *(sum(bits for since, bits in of.items() if since <= edition) for of in (_FILES, _NETWORK, _SCOPES))
    )
    if (
        edition
        and (rules := kernel.syscall(_CREATE_RULESET, handled, ctypes.c_size_t(ctypes.sizeof(handled)), 0))
        >= 0
    ):
        kernel.syscall(_RESTRICT_SELF, rules, 0)
        os.close(rules)


def landlock() -> int:
    """The kernel's edition of Landlock; 0 where it has none."""
    return max(0, int(ctypes.CDLL(None).syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)))
