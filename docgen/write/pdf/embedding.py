"""The part of a font that goes into a file: made once for all documents that need no more of it.

A font's characters stand on shelves of 128, and a document takes those that are COMMON and others as a whole, so that
most take the same: its bytes follow from the characters in it, and not from the documents made before. A code is its
own character, so a page can be read without the font.
"""

from __future__ import annotations

import hashlib
import string
import struct
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from docgen.frozen import dataclass
from docgen.write.pdf import ready
from docgen.write.pdf.glyphs import Glyphs, useless
from docgen.write.pdf.objects import File, pack

SHELF = 7  # bits of a character that say where on its shelf it stands
COMMON = frozenset({0x0000, 0x0080, 0x2000, 0x2080, 0x2200})  # western letters, dashes, the euro, the minus sign
SINGLE = 0x2E80  # from here on are the scripts of East Asia, whose characters are too many to take a shelf of
UNITS = 1000
SPACE, NO_BREAK = " ", "\N{NO-BREAK SPACE}"
SECTION = 100  # the most lines that a section of a CMap may hold
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
    return _part(glyphs, COMMON.union(map(_shelf, characters)))


def common(character: str) -> bool:
    """Return whether *character* is one of those that every part has."""
    return _shelf(character) in COMMON


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
    known = ready.find(glyphs.data)
    return Part(**known.part) if known and shelves == COMMON else made(glyphs, shelves)


def made(glyphs: Glyphs, shelves: Collection[int]) -> Part:
    """Return what stands on *shelves* of the font of *glyphs*, made of its file."""
    from docgen.write.pdf import fontfile  # noqa: PLC0415 - the parts that most documents need are ready

    taken = [character for character in glyphs.codes if _shelf(character) in shelves]
    try:
        outlines = fontfile.outlines(glyphs.data, [glyphs.numbers[character] for character in taken])
    except RuntimeError as error:
        raise useless(glyphs.house, error) from error
    codes = {glyphs.codes[character]: character for character in taken}
    return Part(
        f"{_tag(outlines)}+{fontfile.name(glyphs.data)}",
        pack(outlines),
        len(outlines),
        pack(_numbers({code: glyphs.numbers[character] for code, character in codes.items()})),
        pack(_characters(codes).encode()),
        _widths({code: glyphs.widths[character] for code, character in codes.items()}),
        fontfile.descriptor(glyphs.data, glyphs.ascent, glyphs.descent),
    )


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
