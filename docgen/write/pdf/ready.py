"""What is known of the fonts that come with docgen, worked out when they were built.

ready.json has for the hash of each font what its file says, and the part of it that most documents take; a test holds
it against the files. Any other font is read.
"""

from __future__ import annotations

import hashlib
import json
from binascii import a2b_base64
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).with_name("ready.json")
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


def find(data: bytes) -> Known | None:
    """Return what is known of the font in the file *data*, None if it is not one of ours."""
    said = _known().get(hashlib.sha256(data).hexdigest())
    return None if said is None else Known(said)


@cache
def _known() -> dict[str, dict[str, Any]]:
    """Return what is known of each font, by its hash; a writer knows the document and its look, and no other room."""
    found: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found
