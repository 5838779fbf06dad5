"""What was worked out of files when docgen was built: a line for each, its hash and JSON, held against them by tests.

A file that anyone has changed, were it by a byte, has another hash, and is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


def find(kept: Path, data: bytes) -> Any:  # noqa: ANN401 - what JSON can say
    """Return what the file *kept* has for a file with this *data*, None if that is not one of ours."""
    said = _known(kept).get(digest(data).encode())
    return None if said is None else json.loads(said)


def digest(data: bytes) -> str:
    """Return the hash by which a file with this *data* is known."""
    return hashlib.sha256(data).hexdigest()


@cache
def _known(kept: Path) -> dict[bytes, bytes]:
    """Return the JSON that the file *kept* has for each hash; most of it is never asked for."""
    return dict(line.split(b" ", 1) for line in kept.read_bytes().splitlines())


def lines(found: Mapping[str, Any]) -> bytes:
    """Return the file that has what was *found* for each hash."""
    said = ((hashed, json.dumps(found[hashed], separators=(",", ":"), ensure_ascii=False)) for hashed in sorted(found))
    return "".join(f"{hashed} {text}\n" for hashed, text in said).encode()
