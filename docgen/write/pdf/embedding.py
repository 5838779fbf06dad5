"""The part of a font that goes into a file: made once for all documents that need no more of it.

A font's characters stand on shelves of 128, and a document takes whole shelves, so that many documents take the same:
its bytes follow from the characters in it, and not from the documents made before. A code is its own character, so a
page can be read without the font.
"""

from __future__ import annotations

import hashlib
import re
import string
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import uharfbuzz

from docgen.frozen import dataclass
from docgen.write.pdf.glyphs import Glyphs, useless
from docgen.write.pdf.objects import File, pack

SHELF = 7  # bits of a character that say where on its shelf it stands
SINGLE = 0x2E80  # from here on are the scripts of East Asia, whose characters are too many to take a shelf of
DROPPED = ("GPOS", "GSUB", "GDEF", "kern", "cmap", "name", "post", "OS/2", "DSIG", "STAT", "JSTF", "BASE", "hdmx")
UNITS = 1000
SPACE, NO_BREAK = " ", "\N{NO-BREAK SPACE}"
SECTION = 100  # the most lines that a section of a CMap may hold
UNNAMABLE = re.compile(r"[^0-9A-Za-z-]")
SYMBOLIC, ITALIC, BOLD, FIXED = 1 << 2, 1 << 6, 1 << 18, 1 << 0
SEMIBOLD = 600
POST, CAPITALS = 16, 90  # how long the tables are that have what is read (OpenType 1.9, post and OS/2 from version 2)
CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of a font, called *name*, packed: its *outlines* and how long they are, and what is said of it.

    *glyphs* leads from codes to glyphs, *characters* from codes to characters.
    """

    name: str
    outlines: bytes
    length: int
    glyphs: bytes
    characters: bytes
    widths: str
    descriptor: str


def part(glyphs: Glyphs, characters: Iterable[str]) -> Part:
    """Return the part of the font of *glyphs* that shows *characters*."""
    return _part(glyphs, frozenset(map(_shelf, characters)))


def _shelf(character: str) -> int:
    """Return the shelf of *character*: the first character on it, or for a script of East Asia itself."""
    code = ord(character)
    return code >> SHELF << SHELF if code < SINGLE else code


def add(file: File, part: Part) -> int:
    """Return the number of *part* as a font of *file*."""
    outlines = file.stream(part.outlines, f"/Filter/FlateDecode/Length1 {part.length}")
    descriptor = file.add(f"<</Type/FontDescriptor/FontName/{part.name}/FontFile2 {outlines} 0 R{part.descriptor}>>")
    glyphs = file.stream(part.glyphs, "/Filter/FlateDecode")
    system = "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    descendant = file.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{part.name}/CIDSystemInfo{system}/FontDescriptor {descriptor} 0 R"
        f"/CIDToGIDMap {glyphs} 0 R/W[{part.widths}]>>"
    )
    characters = file.stream(part.characters, "/Filter/FlateDecode")
    return file.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{part.name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]"
        f"/ToUnicode {characters} 0 R>>"
    )


@lru_cache(maxsize=64)
def _part(glyphs: Glyphs, shelves: frozenset[int]) -> Part:
    """Return what stands on *shelves* of the font of *glyphs*."""
    face = uharfbuzz.Face(glyphs.data)
    taken = [character for character in glyphs.codes if _shelf(character) in shelves]
    try:
        outlines = _outlines(face, [glyphs.numbers[character] for character in taken])
    except RuntimeError as error:
        raise useless(glyphs.house, error) from error
    codes = {glyphs.codes[character]: character for character in taken}
    return Part(
        f"{_tag(outlines)}+{_name(face)}",
        pack(outlines),
        len(outlines),
        pack(_numbers({code: glyphs.numbers[character] for code, character in codes.items()})),
        pack(_characters(codes).encode()),
        _widths({code: glyphs.widths[character] for code, character in codes.items()}),
        _descriptor(face, glyphs),
    )


def _outlines(face: uharfbuzz.Face, numbers: Iterable[int]) -> bytes:
    """Return the file of the glyphs of *face* that *numbers* names; they keep their numbers."""
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(numbers)
    wanted.drop_table_tag_set.update(int.from_bytes(name.encode()) for name in DROPPED)
    wanted.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
    data: bytes = uharfbuzz.subset(face, wanted).blob.data
    return data


def _name(face: uharfbuzz.Face) -> str:
    """Return what *face* calls itself, as a name in a file may be."""
    called: str = face.get_name(uharfbuzz.OTNameIdPredefined.POSTSCRIPT_NAME) or "Font"
    return UNNAMABLE.sub("-", called)


def _tag(outlines: bytes) -> str:
    """Return six letters that tell the part with these *outlines* from other parts of its font."""
    digest = hashlib.sha256(outlines).digest()
    return "".join(string.ascii_uppercase[byte % 26] for byte in digest[:6])


def _numbers(numbers: Mapping[int, int]) -> bytes:
    """Return what leads from codes to the *numbers* of glyphs."""
    found = [0] * (max(numbers, default=0) + 1)
    for code, number in numbers.items():
        found[code] = number
    return struct.pack(f">{len(found)}H", *found)


def _runs(codes: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield *codes* in runs without a gap, none over the end of 256 codes."""
    breaks = [index for index, (one, other) in enumerate(pairwise(codes), 1) if other != one + 1 or not other % 256]
    for start, end in pairwise([0, *breaks, len(codes)]):
        yield codes[start:end]


def _widths(widths: Mapping[int, float]) -> str:
    """Return the *widths* of codes as a font has them."""
    runs = (f"{run[0]}[{' '.join([f'{widths[code] * UNITS:g}' for code in run])}]" for run in _runs(sorted(widths)))
    return "".join(runs)


def _characters(codes: Mapping[int, str]) -> str:
    """Return the CMap that leads from *codes* to characters; what is copied has plain spaces alone."""
    found = [f"<{code:04X}> <{_utf_16(codes[code].replace(NO_BREAK, SPACE))}>\n" for code in sorted(codes)]
    sections = [found[start : start + SECTION] for start in range(0, len(found), SECTION)]
    return CMAP.format("".join(f"{len(each)} beginbfchar\n{''.join(each)}endbfchar\n" for each in sections))


def _utf_16(text: str) -> str:
    """Return *text* as a CMap wants it."""
    return text.encode("utf-16-be").hex().upper()


def _descriptor(face: uharfbuzz.Face, glyphs: Glyphs) -> str:
    """Return what a file says of *face* as a whole."""
    head, post, os2 = (face.reference_table(name).data or b"" for name in ("head", "post", "OS/2"))
    scale = UNITS / face.upem
    box = " ".join(f"{edge * scale:g}" for edge in struct.unpack_from(">4h", head, 36))
    angle, _, _, fixed = struct.unpack_from(">lhhL", post, 4) if len(post) >= POST else (0, 0, 0, 0)
    weight = struct.unpack_from(">H", os2, 4)[0] if os2 else 0
    capitals = struct.unpack_from(">h", os2, 88)[0] * scale if len(os2) >= CAPITALS else glyphs.ascent * UNITS
    flags = SYMBOLIC | ITALIC * bool(angle) | BOLD * (weight >= SEMIBOLD) | FIXED * bool(fixed)
    return (
        f"/Flags {flags}/FontBBox[{box}]/ItalicAngle {angle / 65536:g}/Ascent {glyphs.ascent * UNITS:g}"
        f"/Descent {glyphs.descent * UNITS:g}/CapHeight {capitals:g}/StemV {50 + int((weight / 65) ** 2)}"
    )
