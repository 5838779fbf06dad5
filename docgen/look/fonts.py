"""The family that comes with docgen, the cuts of a family, and what a font can show."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

FAMILY = "Docgen Sans"
FOLDER = Path(__file__).parent.parent / "fonts"


class Face(StrEnum):
    """A cut of a family; the value is its name in the file names of fonts and in Word's font table."""

    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"
    BOLD_ITALIC = "BoldItalic"


def face(*, bold: bool, italic: bool) -> Face:
    """Return the face for *bold* and *italic*."""
    if bold:
        return Face.BOLD_ITALIC if italic else Face.BOLD
    return Face.ITALIC if italic else Face.REGULAR


def completed(faces: Mapping[Face, bytes]) -> dict[Face, bytes]:
    """Return *faces* with a stand-in for each that is missing."""
    regular = faces[Face.REGULAR]
    bold = faces.get(Face.BOLD, regular)
    stand_ins = {Face.REGULAR: regular, Face.BOLD: bold, Face.ITALIC: regular, Face.BOLD_ITALIC: bold}
    return {**stand_ins, **faces}


@cache
def own_fonts() -> Mapping[Face, bytes]:
    """Return the faces of the family that comes with docgen."""
    cuts = (Face.REGULAR, Face.BOLD, Face.ITALIC)
    return completed({cut: (FOLDER / f"DocgenSans-{cut}.ttf").read_bytes() for cut in cuts})


@cache
def characters(data: bytes) -> frozenset[str]:
    """Return what the font in the file *data* has a glyph for."""
    import uharfbuzz  # noqa: PLC0415 - who writes no text in it needs none of that

    return frozenset(map(chr, uharfbuzz.Face(data).unicodes))
