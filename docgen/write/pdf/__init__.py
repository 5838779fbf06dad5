"""The PDF writer: PDF/A-3a for archives, PDF/UA-1 for readers' software, the same bytes every time."""

from __future__ import annotations

from functools import lru_cache

from docgen.document import Document
from docgen.look import Look
from docgen.write.pdf import assembly, check, glyphs, layout
from docgen.write.pdf.lines import Fonts
from docgen.write.pdf.page import Font


def write(document: Document, look: Look) -> bytes:
    """Return *document* as a PDF file that looks as *look* says."""
    files = tuple(((family, face), data) for family, faces in look.fonts.items() for face, data in faces.items())
    fonts = _fonts(files, look.name)
    pages = layout.pages(document, look, fonts)
    used = check.characters(pages)
    check.check(document, pages, used, fonts)
    return assembly.assemble(document, pages, used, fonts)


@lru_cache(maxsize=16)
def _fonts(files: tuple[tuple[Font, bytes], ...], house: str) -> Fonts:
    """Return what is known of the fonts in the *files* of *house*."""
    return Fonts({name: glyphs.read(data, house) for name, data in files})
