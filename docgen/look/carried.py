"""The fonts that house.docx carries, and which of them a PDF can carry on."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from functools import cache

from lxml import etree

from docgen.frozen import dataclass
from docgen.look import word
from docgen.look.fonts import FAMILY, Face, completed, own_fonts
from docgen.look.word import NAMESPACES, Parts, find, value

# The bits of OS/2.fsType (OpenType 1.9): only one of the first four is set, and 8 and 9 narrow it.
RESTRICTED, PREVIEW, EDITABLE = 0x0002, 0x0004, 0x0008
NO_SUBSETTING, BITMAPS_ONLY = 0x0100, 0x0200


@dataclass(frozen=True, slots=True)
class Fonts:
    """The families that pages may be set in, and why those are not among them that the file carries as well."""

    families: Mapping[str, Mapping[Face, bytes]]
    refused: Mapping[str, str]

    def leading(self, family: str) -> float:
        """Return the height of a line that Word gives *family* of itself, for a size of 1 point."""
        return leading(self.families.get(family, self.families[FAMILY])[Face.REGULAR])


def read(parts: Parts) -> Fonts:
    """Return the fonts of the Word file of *parts*, and our own."""
    table, links = parts.get("word/fontTable.xml"), word.links(parts, "word/fontTable.xml")
    families: dict[str, Mapping[Face, bytes]] = {FAMILY: own_fonts()}
    refused: dict[str, str] = {}
    for font in [] if table is None else word.xml(table).iterfind("w:font", NAMESPACES):
        name = value(font, "name") or ""
        faces = dict(_embedded(font, {key: link.target for key, link in links.items()}, parts))
        flaws = [flaw for flaw in map(_flaw, faces.values()) if flaw]
        if flaws:
            refused[name] = flaws[0]
        elif Face.REGULAR in faces:
            families[name] = completed(faces)
    return Fonts(families, refused)


def _embedded(font: etree._Element, targets: Mapping[str, str], parts: Parts) -> Iterator[tuple[Face, bytes]]:
    """Yield the faces of *font* that lie in the file."""
    for cut in Face:
        element = find(font, f"w:embed{cut}")
        if element is not None:
            target = targets[element.get(word.tag("r:id")) or ""]
            yield cut, _clear(parts[target], value(element, "fontKey") or "")


def _clear(data: bytes, key: str) -> bytes:
    """Return the font in *data*, whose first 32 bytes Word hides with the GUID *key* (ISO/IEC 29500-4, 9.1)."""
    mask = bytes.fromhex(re.sub("[^0-9A-Fa-f]", "", key))[::-1] * 2
    return bytes(a ^ b for a, b in zip(data[:32], mask, strict=False)) + data[32:]


def _flaw(data: bytes) -> str:
    """Return why a PDF cannot have the font in the file *data*, empty if it can."""
    try:
        tables = _tables(data)
        if "glyf" not in tables:
            return "its outlines are PostScript's (CFF) and not TrueType's"
        (rights,) = struct.unpack_from(">H", tables["OS/2"], 8) if "OS/2" in tables else (0,)
        leading(data)
    except (struct.error, KeyError, ZeroDivisionError):
        return "it is damaged"
    if rights & RESTRICTED and not rights & (PREVIEW | EDITABLE):
        return "its maker forbids embedding it (fsType)"
    if rights & (NO_SUBSETTING | BITMAPS_ONLY):
        return "its maker forbids embedding a part of it (fsType)"
    return ""


def _tables(data: bytes) -> dict[str, bytes]:
    """Return the tables of the font in the file *data* by their names."""
    count = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">4sIII", data, 12 + 16 * index) for index in range(count))
    return {name.decode("latin-1"): data[start : start + size] for name, _, start, size in entries}


@cache
def leading(data: bytes) -> float:
    """Return the height of a line that the font in the file *data* asks for, for a size of 1 point."""
    tables = _tables(data)
    ascent, descent, gap = struct.unpack_from(">3h", tables["hhea"], 4)
    (units,) = struct.unpack_from(">H", tables["head"], 18)
    return float((ascent - descent + gap) / units)
