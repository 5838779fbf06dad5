"""A font's measures and the codes of its characters, read once from its file."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import uharfbuzz

from docgen.problem import Mark, stop
from docgen.write.pdf.kerning import Kerns

SPACE, NO_BREAK = 0x20, 0xA0
BEYOND = 0x10000  # the first character that two bytes cannot tell
SPARE = 0xD800  # the first of two thousand codes that are no characters (Unicode 16, 23.6)


@dataclass(frozen=True, slots=True, eq=False)
class Glyphs:
    """A font's measures for a size of 1 point.

    *data* is its file. *numbers* are those of its characters' glyphs, *codes* what a page has for a character, as four
    hexadecimal figures: the character itself, as UTF-16 has it. *widths* are those of its characters, *kerns* what is
    added between the two of a pair, *ascent* and *descent* how far it reaches from the baseline.
    """

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
        raise stop(f"a font in it cannot be used ({error}); embed another", Mark(house)) from error
    numbers = {code: font.get_nominal_glyph(code) or 0 for code in sorted(face.unicodes)}
    for space, other in ((SPACE, NO_BREAK), (NO_BREAK, SPACE)):
        if space not in numbers and other in numbers:
            numbers[space] = numbers[other]
    return Glyphs(
        data,
        {chr(code): number for code, number in numbers.items()},
        dict(_codes(numbers)),
        {chr(code): font.get_glyph_h_advance(number) / units for code, number in numbers.items()},
        Kerns(data),
        ascent / units,
        descent / units,
    )


def _reach(face: uharfbuzz.Face) -> tuple[int, int]:
    """Return how far *face* reaches above and below the baseline (OS/2.sTypoAscender, or else head.yMax)."""
    if "OS/2" in face.table_tags:
        return struct.unpack_from(">hh", face.reference_table("OS/2").data, 68)
    lowest, _, highest = struct.unpack_from(">hhh", face.reference_table("head").data, 38)
    return highest, lowest


def _codes(numbers: Mapping[int, int]) -> Iterator[tuple[str, int]]:
    """Yield the characters that *numbers* has, and their codes; those beyond the first plane take spare ones."""
    spare = SPARE
    for code in numbers:
        yield chr(code), code if code < BEYOND else spare
        spare += code >= BEYOND
