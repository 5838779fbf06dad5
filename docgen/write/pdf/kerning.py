"""Kerning: how much closer two characters stand in a font than their widths say."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docgen.write.pdf.fontfile import Shaper
    from docgen.write.pdf.ready import Known

UNITS = 1000  # of a font's size; what is drawn is as exact as that, and so is what is measured


class Kerns(dict[str, float]):
    """What is added between the two characters of each pair for a size of 1 point, found when it is first needed.

    Spaces and figures are never kerned: words stand apart by the space itself, and figures one below the other.
    """

    def __init__(self, data: bytes, units: int, known: Known | None = None) -> None:
        """Ask the font in the file *data*, which has so many *units*, for what is not *known*."""
        super().__init__()
        self._data, self._units, self._known = data, units, known

    def __missing__(self, pair: str) -> float:
        """Return the kerning of *pair*."""
        found = self[pair] = round(self._added(pair) * UNITS / self._units) / UNITS
        return found

    def _added(self, pair: str) -> int:
        """Return the kerning of *pair* in the units of the font."""
        if any(map(apart, pair)):
            return 0
        known = self._known.kerning(pair) if self._known else None
        return self._shaper.kerning(pair) if known is None else known

    @cached_property
    def _shaper(self) -> Shaper:
        """Return what asks the font."""
        from docgen.write.pdf.fontfile import Shaper  # noqa: PLC0415 - most pairs are known without it

        return Shaper(self._data)


def apart(character: str) -> bool:
    """Return whether *character* is never kerned."""
    return character.isspace() or character.isdigit()
