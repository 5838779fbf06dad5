"""Kerning: how much closer two characters stand in a font than their widths say."""

from __future__ import annotations

import uharfbuzz

PLAIN = dict.fromkeys(("liga", "clig", "calt"), False)  # one character, one glyph: no ligatures
UNITS = 1000  # of a font's size; what is drawn is as exact as that, and so is what is measured


class Kerns(dict[str, float]):
    """What is added between the two characters of each pair for a size of 1 point, found when it is first needed.

    Spaces and figures are never kerned: words stand apart by the space itself, and figures one below the other.
    """

    def __init__(self, data: bytes) -> None:
        """Ask the font in the file *data*: its GPOS table, or else its kern table."""
        super().__init__()
        face = uharfbuzz.Face(data)
        self._font = uharfbuzz.Font(face)
        self._upem: int = face.upem

    def __missing__(self, pair: str) -> float:
        """Return the kerning of *pair*."""
        added = 0 if any(map(_apart, pair)) else self._width(pair, kern=True) - self._width(pair, kern=False)
        found = self[pair] = round(added * UNITS / self._upem) / UNITS
        return found

    def _width(self, pair: str, *, kern: bool) -> int:
        """Return the width of *pair* in the units of the font."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(pair)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._font, buffer, {**PLAIN, "kern": kern})
        width: int = sum(position.x_advance for position in buffer.glyph_positions)
        return width


def _apart(character: str) -> bool:
    """Return whether *character* is never kerned."""
    return character.isspace() or character.isdigit()
