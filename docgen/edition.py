"""Which program this is: the hash of its code and data, the example's texts, and the packages it may use.

An edited text of the package makes another edition, as all files are read; they are ours, and so are read plainly.
"""

from __future__ import annotations

import functools
import hashlib
import os
import platform
import sys
import zlib
from collections.abc import Iterator

from docgen import reach
from docgen.shelf import EXAMPLE, PACKAGE

CACHE = "__pycache__"


@functools.cache
def of(*folders: str) -> str:
    """Return the hash of this program, these *folders* of the example among it."""
    return hashed(str(PACKAGE), *(os.path.join(EXAMPLE, folder) for folder in folders))


def hashed(*roots: str) -> str:
    """Return the hash of the files below *roots*, and of all else that the program is made of."""
    known = {name for place in sys.path for name in reach.listed(place or os.curdir) if name.endswith("-info")}
    found = hashlib.sha256(repr((sys.version, platform.machine(), zlib.ZLIB_RUNTIME_VERSION, sorted(known))).encode())
    for root in roots:
        for path in sorted(_below(root)):
            content = reach.whole(path, os.stat(path).st_size)
            found.update(f"{path[len(root) :]!r} {len(content)} ".encode())
            found.update(content)
    return found.hexdigest()


def _below(root: str) -> Iterator[str]:
    """Yield the paths of the files below the folder *root*, but for what Python keeps of them."""
    with os.scandir(root) as found:
        for entry in found:
            if entry.is_file():
                yield entry.path
            elif entry.is_dir(follow_symlinks=False) and entry.name != CACHE:
                yield from _below(entry.path)
