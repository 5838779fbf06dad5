"""What the file of a font says, by HarfBuzz; `ready` knows it of the fonts of docgen."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable

import uharfbuzz

from docgen.write.pdf.ready import Measures

NOT_SHOWN = {*range(0x20), *range(0x7F, 0xA0), 0xFEFF, 0xFFFE, 0xFFFF}  # no text that is copied may have them
DROPPED = ("GPOS", "GSUB", "GDEF", "kern", "cmap", "name", "post", "OS/2", "DSIG", "STAT", "JSTF", "BASE", "hdmx")
PLAIN = dict.fromkeys(("liga", "clig", "calt"), False)  # one character, one glyph: no ligatures
UNNAMABLE = re.compile(r"[^0-9A-Za-z-]")
SYMBOLIC, ITALIC, BOLD, FIXED = 1 << 2, 1 << 6, 1 << 18, 1 << 0
SEMIBOLD = 600
POST, CAPITALS = 16, 90  # how long the tables are that have what is read (OpenType 1.9, post and OS/2 from version 2)
UNITS = 1000


def measures(data: bytes) -> Measures:
    """Return the measures of the font in the file *data*; raises struct.error if it is damaged."""
    face = uharfbuzz.Face(data)
    font = uharfbuzz.Font(face)
    ascent, descent = _reach(face)
    numbers = {code: font.get_nominal_glyph(code) or 0 for code in sorted(set(face.unicodes) - NOT_SHOWN)}
    advances = {code: font.get_glyph_h_advance(number) for code, number in numbers.items()}
    return Measures(numbers, advances, ascent, descent, face.upem)


def _reach(face: uharfbuzz.Face) -> tuple[int, int]:
    """Return how far *face* reaches above and below the baseline (OS/2.sTypoAscender, or else head.yMax)."""
    os2 = face.reference_table("OS/2").data
    if os2:
        ascent, descent = struct.unpack_from(">hh", os2, 68)
        return ascent, descent
    lowest, _, highest = struct.unpack_from(">hhh", face.reference_table("head").data, 38)
    return highest, lowest


class Shaper:
    """Tells how characters of the font in the file *data* stand beside each other."""

    def __init__(self, data: bytes) -> None:
        """Ask the font's GPOS table, or else its kern table."""
        self._font = uharfbuzz.Font(uharfbuzz.Face(data))

    def kerning(self, pair: str) -> int:
        """Return what is added between the two characters of *pair*, in the units of the font."""
        return self._width(pair, kern=True) - self._width(pair, kern=False)

    def _width(self, pair: str, *, kern: bool) -> int:
        """Return the width of *pair*."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(pair)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._font, buffer, {**PLAIN, "kern": kern})
        width: int = sum(position.x_advance for position in buffer.glyph_positions)
        return width


def outlines(data: bytes, numbers: Iterable[int]) -> bytes:
    """Return the font in the file *data* with the glyphs that *numbers* names alone; they keep their numbers.

    Raises RuntimeError if it is damaged.
    """
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(numbers)
    wanted.drop_table_tag_set.update(int.from_bytes(name.encode()) for name in DROPPED)
    wanted.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
    found: bytes = uharfbuzz.subset(uharfbuzz.Face(data), wanted).blob.data
    return found


def name(data: bytes) -> str:
    """Return what the font in the file *data* calls itself, as a name in a file may be."""
    face = uharfbuzz.Face(data)
    called: str = face.get_name(uharfbuzz.OTNameIdPredefined.POSTSCRIPT_NAME) or "Font"
    return UNNAMABLE.sub("-", called)


def descriptor(data: bytes, ascent: float, descent: float) -> str:
    """Return what a PDF says of the font in the file *data* as a whole; it reaches so far from the baseline."""
    face = uharfbuzz.Face(data)
    head, post, os2 = (face.reference_table(name).data or b"" for name in ("head", "post", "OS/2"))
    scale = UNITS / face.upem
    box = " ".join(f"{edge * scale:g}" for edge in struct.unpack_from(">4h", head, 36))
    angle, _, _, fixed = struct.unpack_from(">lhhL", post, 4) if len(post) >= POST else (0, 0, 0, 0)
    weight = struct.unpack_from(">H", os2, 4)[0] if os2 else 0
    capitals = struct.unpack_from(">h", os2, 88)[0] * scale if len(os2) >= CAPITALS else ascent * UNITS
    flags = SYMBOLIC | ITALIC * bool(angle) | BOLD * (weight >= SEMIBOLD) | FIXED * bool(fixed)
    return (
        f"/Flags {flags}/FontBBox[{box}]/ItalicAngle {angle / 65536:g}/Ascent {ascent * UNITS:g}"
        f"/Descent {descent * UNITS:g}/CapHeight {capitals:g}/StemV {50 + int((weight / 65) ** 2)}"
    )
