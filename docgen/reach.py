"""What lies in a folder and nowhere else: no link leads out of a workspace, neither to read nor to write."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from docgen.problem import Mark, stop

LARGEST = 64 << 20  # bytes of one file
READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)


def read(root: Path, path: str, name: str = "") -> bytes | None:
    """Return the file at *path* in *root*, called *name* in messages, None if there is none.

    Raises Problems if it cannot be read, is no plain file, is too large, or lies outside of *root*.
    """
    mark = Mark(name or path)
    file = os.path.join(root, path)
    try:
        if _may_leave(str(root), path) and not Path(file).resolve(strict=True).is_relative_to(root.resolve()):
            raise stop("leads out of the workspace, to a file that is not read; put the file itself here", mark)
        return plain(file, mark)
    except FileNotFoundError:
        return None
    except (OSError, RuntimeError) as error:  # before Python 3.13 links in a circle are no OSError
        reason = error.strerror if isinstance(error, OSError) else "links lead in a circle"
        raise stop(f"cannot be read: {reason}", mark) from None


def plain(file: str, mark: Mark) -> bytes:
    """Return what is at *file*, which lies where it may.

    Raises Problems at *mark* if that is no plain file, or is too large, and OSError if it cannot be read.
    """
    status = os.stat(file)
    if not stat.S_ISREG(status.st_mode):
        raise stop("cannot be read: it is no file", mark)
    if status.st_size > LARGEST:
        raise stop(f"has {status.st_size / (1 << 20):,.1f} MiB; {LARGEST >> 20} MiB are the most", mark)
    return whole(file, status.st_size)


def whole(file: str, size: int) -> bytes:
    """Return what is at *file*, a plain file of that *size*; raises OSError if it cannot be read."""
    handle = os.open(file, READ)
    try:
        data = os.read(handle, size + 1)
    finally:
        os.close(handle)
    return data if len(data) == size else Path(file).read_bytes()  # someone writes it, or the system gave a part


def listed(folder: str) -> list[str]:
    """Return the names in *folder*, none if it is not there or no folder."""
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _may_leave(root: str, path: str) -> bool:
    """Return whether *path* may lead out of *root*, as it goes up, or through a link; raises OSError if it is gone."""
    parts = path.split("/")
    if not all(parts) or not {".", ".."}.isdisjoint(parts) or not {"\\", ":"}.isdisjoint(path):
        return True
    for part in parts:
        root = f"{root}{os.sep}{part}"
        if stat.S_ISLNK(os.lstat(root).st_mode):
            return True
    return False


def unlinked(root: Path, path: str) -> Path:
    """Return *path* in *root*; raises Problems if it is a link, or leads through one, or out of *root*."""
    parts = Path(path).parts
    if ".." in parts or Path(path).is_absolute():
        raise stop("lies outside of the folder that is written to", Mark(path))
    here = root
    for part in parts:
        here /= part
        if here.is_symlink():
            raise stop(
                "is a link, which is not followed; put a folder or a file here, or name another --out", Mark(str(here))
            )
    return here
