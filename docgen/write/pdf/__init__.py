"""The PDF writer: PDF/A-3a for archives, PDF/UA-1 for readers' software, the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from docgen.document import Document
from docgen.look import Look
from docgen.look.fonts import own_fonts
from docgen.write.pdf import assembly, check, glyphs, layout
from docgen.write.pdf.glyphs import Glyphs
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
    return Fonts(Cuts(files, house))


class Cuts(dict[Font, Glyphs]):
    """The fonts of a house: ours, which are sound, are read when text is set in them, and all others at once."""

    def __init__(self, files: Sequence[tuple[Font, bytes]], house: str) -> None:
        """Take the *files* of *house*; raises Problems if one of them is damaged."""
        ours = own_fonts().values()
        super().__init__({font: glyphs.read(data, house) for font, data in files if data not in ours})
        self._files, self._house = dict(files), house

    def __missing__(self, font: Font) -> Glyphs:
        """Return the measures of *font*."""
        found = self[font] = glyphs.read(self._files[font], self._house)
        return found
