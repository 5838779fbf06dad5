"""The PDF writer: PDF/A-3a for archives, PDF/UA-1 for readers' software, the same bytes every time."""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from docgen.document import Document
from docgen.look import Look
from docgen.problem import Mark, stop
from docgen.write.pdf import check, draw, finish, layout
from docgen.write.pdf.kerning import Kerns
from docgen.write.pdf.lines import Glyphs

UNITS = 1000  # reportlab's widths are for this size


def write(document: Document, look: Look) -> bytes:
    """Return *document* as a PDF file that looks as *look* says."""
    files = {(family, face): data for family, faces in look.fonts.items() for face, data in faces.items()}
    fonts = {name: _font(data, look.name) for name, data in files.items()}
    glyphs = {name: _glyphs(data, look.name) for name, data in files.items()}
    pages = layout.pages(document, look, glyphs)
    check.check(document, pages, glyphs)
    drawn, marked = draw.draw(pages, check.characters(pages), fonts, glyphs)
    return finish.finish(drawn, document, pages, marked)


@lru_cache(maxsize=16)
def _font(data: bytes, house: str) -> TTFont:
    """Return the font in the file *data* of *house*, known to reportlab by a name that is its own."""
    name = hashlib.sha256(data).hexdigest()
    try:
        font = TTFont(name, io.BytesIO(data), asciiReadable=False)
    except TTFError as error:
        raise stop(f"a font in it cannot be used ({error}); embed another", Mark(house)) from error
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=16)
def _glyphs(data: bytes, house: str) -> Glyphs:
    """Return the metrics of the font in the file *data* of *house*."""
    font = _font(data, house)
    widths = {chr(code): width / UNITS for code, width in font.face.charWidths.items()}
    return Glyphs(widths, Kerns(data), font.face.ascent / UNITS, font.face.descent / UNITS)
