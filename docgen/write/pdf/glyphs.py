"""A font's measures and the codes of its characters, read once from its file."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from functools import lru_cache

from docgen.frozen import dataclass
from docgen.problem import Mark, Problems, stop
from docgen.write.pdf import ready
from docgen.write.pdf.kerning import Kerns
from docgen.write.pdf.ready import Measures

SPACE, NO_BREAK = 0x20, 0xA0
BEYOND = 0x10000  # the first character that two bytes cannot tell
SPARE = range(0xD800, 0xE000)  # codes that are no characters (Unicode 16, 23.6)


@dataclass(frozen=True, slots=True, eq=False)
class Glyphs:
    """A font's measures for a size of 1 point.

    *data* is its file, which is in the house called *house*. *numbers* are those of its characters' glyphs, *codes*
    what a page has for a character: itself, as UTF-16 has it. *widths* are those of its characters, *kerns* what is
    added between the two of a pair, *ascent* and *descent* how far it reaches from the baseline.
    """

    house: str
    data: bytes
    numbers: Mapping[str, int]
    codes: Mapping[str, int]
    widths: Mapping[str, float]
    kerns: Mapping[str, float]
    ascent: float
    descent: float


@lru_cache(maxsize=16)
def read(data: bytes, house: str) -> Glyphs:
    """Return the measures of the font in the file *data* of *house*."""
    known = ready.find(data)
    found = known.measures if known else _measured(data, house)
    return of(found, Kerns(data, found.units, known), data, house)


def of(found: Measures, kerns: Kerns, data: bytes, house: str) -> Glyphs:
    """Return what was *found* in the file *data* of *house*, for a size of 1 point."""
    numbers, advances = dict(found.numbers), dict(found.advances)
    for space, other in ((SPACE, NO_BREAK), (NO_BREAK, SPACE)):
        if space not in numbers and other in numbers:
            numbers[space], advances[space] = numbers[other], advances[other]
    return Glyphs(
        house,
        data,
        {chr(code): number for code, number in numbers.items()},
        dict(_codes(numbers)),
        {chr(code): advance / found.units for code, advance in advances.items()},
        kerns,
        found.ascent / found.units,
        found.descent / found.units,
    )


def _measured(data: bytes, house: str) -> Measures:
    """Return the measures of the font in the file *data* of *house*, as that says; raises Problems if it is damaged."""
    from docgen.write.pdf import fontfile  # noqa: PLC0415 - the fonts of docgen are known without it

    try:
        return fontfile.measures(data)
    except struct.error as error:
        raise useless(house, error) from error


def useless(house: str, error: Exception) -> Problems:
    """Return the Problems that say that a font of *house* is damaged."""
    return stop(f"a font in it cannot be used ({error}); embed another", Mark(house))


def _codes(numbers: Mapping[int, int]) -> Iterator[tuple[str, int]]:
    """Yield the characters that *numbers* has and their codes; those beyond the first plane take spare ones, if any."""
    spare = iter(SPARE)
    for code in numbers:
        own = code if code < BEYOND else next(spare, 0)
        if own:
            yield chr(code), own
