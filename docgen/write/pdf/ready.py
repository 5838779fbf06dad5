"""What is known of the fonts that come with docgen, worked out when they were built.

ready.txt has for the hash of each font what its file says, and the part of it that most documents take; a test holds
it against the files. Any other font is read.
"""

from __future__ import annotations

import hashlib
import json
from binascii import a2b_base64
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).with_name("ready.txt")
PACKED = ("outlines", "glyphs", "characters")  # what of a part is bytes


@dataclass(frozen=True, slots=True)
class Measures:
    """The glyph and the width of each character, how far the font reaches from the baseline, and the *units* of that.

    Characters are known by their codes.
    """

    numbers: Mapping[int, int]
    advances: Mapping[int, int]
    ascent: int
    descent: int
    units: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is *said* of a font."""

    said: dict[str, Any]

    @property
    def measures(self) -> Measures:
        """Return its measures."""
        said = self.said
        codes = list(map(ord, said["characters"]))
        numbers, advances = (dict(zip(codes, said[name], strict=True)) for name in ("numbers", "advances"))
        return Measures(numbers, advances, said["ascent"], said["descent"], said["units"])

    @property
    def part(self) -> dict[str, Any]:
        """Return the fields of the part that most documents take."""
        said: dict[str, Any] = self.said["part"]
        return said | {name: a2b_base64(said[name]) for name in PACKED}

    def kerning(self, pair: str) -> int | None:
        """Return what is added between the two characters of *pair*, in the units of the font, None if unknown."""
        first, second = pair[0], pair[1]
        if first not in self.said["kerned"] or second not in self.said["kerned"]:
            return None
        return next((int(added) for added, beside in self.said["kerns"].get(first, {}).items() if second in beside), 0)


@lru_cache(maxsize=16)
def find(data: bytes) -> Known | None:
    """Return what is known of the font in the file *data*, None if it is not one of ours."""
    said = _known().get(hashlib.sha256(data).hexdigest().encode())
    return None if said is None else Known(json.loads(said))


@cache
def _known() -> dict[bytes, bytes]:
    """Return the JSON of each font by its hash, as `docgen.ready` would; a writer knows the document and its look."""
    return dict(line.split(b" ", 1) for line in FILE.read_bytes().splitlines())
