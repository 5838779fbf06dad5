"""A font's measures and the codes of its characters, read once from its file."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from functools import lru_cache

import uharfbuzz

from docgen.frozen import dataclass
from docgen.problem import Mark, Problems, stop
from docgen.write.pdf.kerning import Kerns

SPACE, NO_BREAK = 0x20, 0xA0
BEYOND = 0x10000  # the first character that two bytes cannot tell
SPARE = range(0xD800, 0xE000)  # codes that are no characters (Unicode 16, 23.6)
NOT_SHOWN = {*range(0x20), *range(0x7F, 0xA0), 0xFEFF, 0xFFFE, 0xFFFF}  # no text that is copied may have them


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
    face = uharfbuzz.Face(data)
    font, units = uharfbuzz.Font(face), face.upem
    try:
        ascent, descent = _reach(face)
    except struct.error as error:
        raise useless(house, error) from error
    numbers = {code: font.get_nominal_glyph(code) or 0 for code in sorted(set(face.unicodes) - NOT_SHOWN)}
    for space, other in ((SPACE, NO_BREAK), (NO_BREAK, SPACE)):
        if space not in numbers and other in numbers:
            numbers[space] = numbers[other]
    return Glyphs(
        house,
        data,
        {chr(code): number for code, number in numbers.items()},
        dict(_codes(numbers)),
        {chr(code): font.get_glyph_h_advance(number) / units for code, number in numbers.items()},
        Kerns(data),
        ascent / units,
        descent / units,
    )


def useless(house: str, error: Exception) -> Problems:
    """Return the Problems that say that a font of *house* is damaged."""
    return stop(f"a font in it cannot be used ({error}); embed another", Mark(house))


def _reach(face: uharfbuzz.Face) -> tuple[int, int]:
    """Return how far *face* reaches above and below the baseline (OS/2.sTypoAscender, or else head.yMax)."""
    os2 = face.reference_table("OS/2").data
    if os2:
        ascent, descent = struct.unpack_from(">hh", os2, 68)
        return ascent, descent
    lowest, _, highest = struct.unpack_from(">hhh", face.reference_table("head").data, 38)
    return highest, lowest


def _codes(numbers: Mapping[int, int]) -> Iterator[tuple[str, int]]:
    """Yield the characters that *numbers* has and their codes; those beyond the first plane take spare ones, if any."""
    spare = iter(SPARE)
    for code in numbers:
        own = code if code < BEYOND else next(spare, 0)
        if own:
            yield chr(code), own
