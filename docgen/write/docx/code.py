"""A code for a camera or a scanner to read, beside the pairs that say the same in words."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from docx.shared import Inches, Length, Mm

from docgen.document import Code
from docgen.write.docx import runs
from docgen.write.docx.grid import ROW_ENDS, Cell, Grid, Row

SHARPEST = 600  # dots to an inch, at least
LABEL = "Fact Label"
NAME = {True: "QR", False: "Code 128"}  # by whether it has several rows
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"
NAMESPACES = f'xmlns:wp="{DRAWN}/wordprocessingDrawing" xmlns:a="{DRAWN}/main" xmlns:pic="{DRAWN}/picture"'
# The line of the picture would be higher than it is without a size of 1 point; LibreOffice leaves room around one
# whose distances are not said.
RUN = f"""<w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:drawing><wp:inline {NAMESPACES} distT="0" distB="0" distL="0" \
distR="0"><wp:extent cx="{{width}}" cy="{{height}}"/><wp:docPr id="{{number}}" name="{{name}}" descr="{{alt}}"/>\
<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>\
<a:graphicData uri="{DRAWN}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="{{name}}" descr="{{alt}}"/>\
<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{LINKS}" r:embed="{{link}}"/><a:stretch><a:fillRect/>\
</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{{width}}" cy="{{height}}"/></a:xfrm>\
<a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""
HEAD, ENDS = '<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="0"/>{merged}</w:tcPr>', "</w:p></w:tc>"
TOP, BELOW = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
SHOWN = '<w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="right"/></w:pPr>'
LABELLED = '<w:p><w:pPr><w:pStyle w:val="{style}"/><w:ind w:right="{margin}"/><w:jc w:val="right"/></w:pPr>'
WHOLE = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
PNG = b"\x89PNG\r\n\x1a\n"
BYTE = 8  # bits
ZLIB, LAST = b"\x78\x01", b"\3\0"  # what a stream of zlib's begins with, and a last block with nothing in it
LIKE_ABOVE = b"\x02"  # a row of a PNG, followed by what it differs by


@dataclass(slots=True)
class Album:
    """The pictures of a document by their links; *shown* is how often it shows one."""

    pictures: dict[bytes, str] = field(default_factory=dict)
    shown: int = 0

    def link(self, picture: bytes) -> str:
        """Return the link by which the text shows *picture*."""
        self.shown += 1
        return self.pictures.setdefault(picture, f"code{len(self.pictures) + 1}")


def dark(code: Code) -> int:
    """Return how wide the dark part of *code* is."""
    return int(Mm(code.width)) * len(code.rows[0]) // code.across


def margin(code: Code) -> int:
    """Return how wide the light margin of *code* is."""
    return int(Mm(code.width)) * code.margin // code.across


def add(grid: Grid, code: Code, ids: Mapping[str, str], album: Album) -> None:
    """Add *code* to *grid* as a column on its right, with the label, if it has one, in a row below.

    *ids* are those of the styles; *album* takes the picture.
    """
    top, *rows = grid.rows
    top.add(_cell(TOP if rows else "", SHOWN, _drawn(code, album)))
    for row in rows:
        row.add(_cell(BELOW, "<w:p>", ""))
    if not code.label:
        return
    last = grid.rows[-1]
    paragraph = LABELLED.format(style=ids[LABEL], margin=Length(margin(code)).twips)
    label = _cell("", paragraph, runs.run(code.label), top.columns)
    grid.rows.append(Row(top.columns, head=WHOLE, opened=[label], end=last.end))
    last.end = ROW_ENDS


def _cell(merged: str, paragraph: str, text: str, span: int = 1) -> Cell:
    """Return a cell that is *merged* with others and has a *text*; *paragraph* is the head of its only one."""
    return Cell(HEAD.format(merged=merged), span, "", [(paragraph, text + ENDS)])


def _drawn(code: Code, album: Album) -> str:
    """Return the run that shows the modules of *code*, with what they say for those who cannot see them."""
    link, name = album.link(picture(code)), NAME[len(code.rows) > 1]
    width, height = int(Mm(code.width)), int(Mm(code.height))
    return RUN.format(
        number=album.shown, name=name, alt=runs.attribute(code.alt), link=link, width=width, height=height
    )


def picture(code: Code) -> bytes:
    """Return *code* as a PNG of black and white, each module as many whole dots wide as a printer can tell apart."""
    wide = -(-SHARPEST * Mm(code.width) // (Inches(code.across) * BYTE))  # bytes, so that a row has no odd bits
    light, dark = b"\xff" * wide, bytes(wide)
    edge, blank = light * code.margin, light * code.across
    rows = [edge + bytes(row).replace(b"\0", light).replace(b"\1", dark) + edge for row in code.rows]
    rows = [b"\0" + row for row in (*[blank] * code.above, *rows, *[blank] * code.above)]
    width = len(blank) * BYTE
    times = round(width * code.height / code.width / code.down)
    head = struct.pack(">2L5B", width, times * code.down, 1, 0, 0, 0, 0)  # a bit of gray a dot
    return PNG + _chunk(b"IHDR", head) + _chunk(b"IDAT", _stream(rows, times)) + _chunk(b"IEND", b"")


def _stream(rows: Sequence[bytes], times: int) -> bytes:
    """Return *rows* as zlib has them, each so many *times*: as they are (RFC 1951, 3.2.4), what repeats them packed.

    The archive packs them once more.
    """
    size = len(rows[0])
    again, packed = _again(size, times - 1)
    whole = again.join((*rows, b""))
    stored = struct.pack("<B2H", 0, size, size ^ 0xFFFF)
    return ZLIB + b"".join([stored + row + packed for row in rows]) + LAST + struct.pack(">L", zlib.adler32(whole))


@lru_cache
def _again(size: int, times: int) -> tuple[bytes, bytes]:
    """Return a row of *size* bytes that is as the one above it, so many *times*: as it is, and packed for anywhere."""
    again = (LIKE_ABOVE + bytes(size - 1)) * times
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return again, packer.compress(again) + packer.flush(zlib.Z_FULL_FLUSH)


def _chunk(name: bytes, data: bytes) -> bytes:
    """Return a part of a PNG."""
    return struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))
