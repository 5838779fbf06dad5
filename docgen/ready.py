"""What was worked out of files when docgen was built: kept as JSON by the hash of each, and held against them by tests.

A file that anyone has changed, were it by a byte, has another hash, and is read.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any


def find(kept: Path, data: bytes) -> Any:  # noqa: ANN401 - what JSON can say
    """Return what the file *kept* has for a file with this *data*, None if that is not one of ours."""
    return _known(kept).get(digest(data))


def digest(data: bytes) -> str:
    """Return the hash by which a file with this *data* is known."""
    return hashlib.sha256(data).hexdigest()


@cache
def _known(kept: Path) -> dict[str, Any]:
    """Return what the file *kept* has."""
    found: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return found
