"""What lies in a folder and nowhere else: no link leads out of a workspace, neither to read nor to write."""

from __future__ import annotations

import stat
from pathlib import Path

from docgen.problem import Mark, stop

LARGEST = 64 << 20  # bytes of one file


def read(root: Path, path: str, name: str = "") -> bytes | None:
    """Return the file at *path* in *root*, called *name* in messages, None if there is none.

    Raises Problems if it cannot be read, is no plain file, is too large, or lies outside of *root*.
    """
    mark = Mark(name or path)
    try:
        file = (root / path).resolve(strict=True)
        if not file.is_relative_to(root.resolve()):
            raise stop("leads out of the workspace, to a file that is not read; put the file itself here", mark)
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise stop("cannot be read: it is no file", mark)
        if status.st_size > LARGEST:
            raise stop(f"has {status.st_size / (1 << 20):,.1f} MiB; {LARGEST >> 20} MiB are the most", mark)
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except (OSError, RuntimeError) as error:  # before Python 3.13 links in a circle are no OSError
        reason = error.strerror if isinstance(error, OSError) else "links lead in a circle"
        raise stop(f"cannot be read: {reason}", mark) from None


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
