"""A code for a camera or a scanner to read, beside the pairs that say the same in words."""

from __future__ import annotations

import io
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Inches, Length, Mm, Pt
from docx.table import Table as Grid
from docx.text.run import Run
from PIL import Image

from docgen.document import Code

SHARPEST = 600  # dots to an inch, at least
LABEL = "Fact Label"
NAME = {True: "QR", False: "Code 128"}  # by whether it has several rows


def dark(code: Code) -> int:
    """Return how wide the dark part of *code* is."""
    return int(Mm(code.width)) * len(code.rows[0]) // code.across


def margin(code: Code) -> int:
    """Return how wide the light margin of *code* is."""
    return int(Mm(code.width)) * code.margin // code.across


def add(grid: Grid, code: Code) -> None:
    """Add *code* to *grid* as a column on its right, with the label, if it has one, in a row below."""
    column = grid.add_column(Mm(code.width))
    place = column.cells[0].merge(column.cells[-1]).paragraphs[0]
    place.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    place.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    _draw(place.add_run(), code)
    if not code.label:
        return
    below = grid.add_row()  # type: ignore[no-untyped-call]
    below._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    label = below.cells[0].merge(below.cells[-1]).paragraphs[0]
    label.text, label.style = code.label, LABEL
    label.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    label.paragraph_format.right_indent = Length(margin(code))


def _draw(run: Run, code: Code) -> None:
    """Show the modules of *code* in *run*, with what they say for those who cannot see them."""
    run.font.size = Pt(1)  # or the line would be higher than the picture
    inline: Any = run.add_picture(io.BytesIO(picture(code)), Mm(code.width), Mm(code.height))._inline
    for side in "TBLR":
        inline.set(f"dist{side}", "0")  # or LibreOffice leaves room around it
    for properties in (inline.docPr, inline.find(f".//{qn('pic:cNvPr')}")):
        properties.set("name", NAME[len(code.rows) > 1])
        properties.set("descr", code.alt)


def picture(code: Code) -> bytes:
    """Return *code* as a PNG of black and white, each module as many whole dots wide as a printer can tell apart."""
    dots = -(-SHARPEST * Mm(code.width) // Inches(code.across))
    image = Image.new("1", (code.across, code.down), 1)
    for y, row in enumerate(code.rows, start=code.above):
        for x, is_dark in enumerate(row, start=code.margin):
            image.putpixel((x, y), 0 if is_dark else 1)
    file = io.BytesIO()
    width = code.across * dots
    image.resize((width, round(width * code.height / code.width)), Image.Resampling.NEAREST).save(file, "PNG")
    return file.getvalue()
