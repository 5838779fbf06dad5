"""A code for a camera to read, beside the pairs that say the same in words."""

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

SIDE = Mm(30)  # with its light margin
SHARPEST = 600  # dots to an inch, at least
LABEL = "Fact Label"
NAME = "QR"


def dark(code: Code) -> int:
    """Return how wide the dark part of *code* is."""
    return SIDE * len(code.rows) // code.across


def margin(code: Code) -> int:
    """Return how wide the light margin of *code* is."""
    return SIDE * code.margin // code.across


def add(grid: Grid, code: Code) -> None:
    """Add *code* to *grid* as a column on its right, with the label in a row below."""
    column = grid.add_column(SIDE)
    place = column.cells[0].merge(column.cells[-1]).paragraphs[0]
    place.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    place.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    _draw(place.add_run(), code)
    below = grid.add_row()  # type: ignore[no-untyped-call]
    below._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    label = below.cells[0].merge(below.cells[-1]).paragraphs[0]
    label.text, label.style = code.label, LABEL
    label.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    label.paragraph_format.right_indent = Length(margin(code))


def _draw(run: Run, code: Code) -> None:
    """Show the modules of *code* in *run*, with what they say for those who cannot see them."""
    run.font.size = Pt(1)  # or the line would be higher than the picture
    inline: Any = run.add_picture(io.BytesIO(picture(code)), SIDE, SIDE)._inline
    for side in "TBLR":
        inline.set(f"dist{side}", "0")  # or LibreOffice leaves room around it
    for properties in (inline.docPr, inline.find(f".//{qn('pic:cNvPr')}")):
        properties.set("name", NAME)
        properties.set("descr", code.alt)


def picture(code: Code) -> bytes:
    """Return *code* as a PNG of black and white, each module as many whole dots wide as a printer can tell apart."""
    dots = -(-SHARPEST * SIDE // Inches(code.across))
    image = Image.new("1", (code.across, code.across), 1)
    for y, row in enumerate(code.rows, start=code.margin):
        for x, is_dark in enumerate(row, start=code.margin):
            image.putpixel((x, y), 0 if is_dark else 1)
    file = io.BytesIO()
    image.resize((code.across * dots,) * 2, Image.Resampling.NEAREST).save(file, "PNG")
    return file.getvalue()
