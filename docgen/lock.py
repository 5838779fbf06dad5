"""A file that one process at a time can hold; the system lets go of it however that process ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

PAUSE = 0.05  # seconds between two tries
OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
MODE = 0o666  # less the umask


def take(file: Path, patience: float) -> int | None:
    """Return what to `release` to let go of *file*, None if another holds it for *patience* seconds.

    Raises OSError if the system refuses the file.
    """
    until = monotonic() + patience
    while (handle := _tried(file)) is None and monotonic() < until:
        sleep(PAUSE)
    return handle


def release(handle: int) -> None:
    """Let go of the file of this *handle*."""
    with suppress(OSError):  # the system does so in the end
        os.close(handle)


def _tried(file: Path) -> int | None:
    """Return the handle of *file* if nobody holds it, and it was not deleted by who did until now."""
    handle = os.open(file, OPEN, MODE)
    held = False
    try:
        _lock(handle)
        held = os.path.samestat(os.fstat(handle), file.stat())
    except (BlockingIOError, PermissionError, FileNotFoundError):
        return None
    finally:
        if not held:
            release(handle)
    return handle


if sys.platform == "win32":
    import msvcrt

    BEYOND = 1 << 30  # a place that is never written; what is locked there cannot be read by others

    def _lock(handle: int) -> None:
        """Lock the file of *handle*; raises PermissionError if another has."""
        os.lseek(handle, BEYOND, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        """Lock the file of *handle*; raises BlockingIOError if another has."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
