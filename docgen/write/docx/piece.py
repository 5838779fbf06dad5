"""A filled house in pieces: the paragraphs and tables of its text, each with what it is to be besides."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docgen.write.docx import heads
from docgen.write.docx.heads import END, Form

# Where paragraphs and tables begin, the rows and cells of those, and the paragraphs in cells; no text can hold these.
BEGIN, ROW, CELL, PARAGRAPH = "<?b?>", "<?r?>", "<?c?>", "<?p?>"
TAG = re.compile("<[^>]*>")


@dataclass(slots=True, eq=False)
class Piece:
    """A paragraph or a table: its *head*, the *rest* of its XML, and what its head is yet to say.

    Of a table, *keep* is said of its last row, *turns* of its first paragraph.
    """

    space: str
    head: str
    rest: str
    keep: bool = False
    turns: bool = False
    before: int | None = None
    section: str = ""

    @property
    def is_table(self) -> bool:
        """Return whether it is a table."""
        return self.head.startswith("<w:tbl")

    @property
    def floats(self) -> bool:
        """Return whether it is a table that stands on the page and not in the text, as an address does."""
        return self.is_table and "<w:tblpPr" in self.head

    @property
    def is_break(self) -> bool:
        """Return whether it is a paragraph that is nothing but a page break."""
        return 'w:type="page"' in self.rest and not self.is_table and not TAG.sub("", self.rest)

    @property
    def style(self) -> str:
        """Return the id of the style that its head names."""
        return "" if self.is_table else heads.known(self.space, self.head).style

    @property
    def begins_page(self) -> bool:
        """Return whether it is a paragraph that begins a page."""
        return self.turns or heads.known(self.space, self.head).turns

    def set(self, xml: str) -> None:
        """Let *xml* be all it is."""
        self.head, self.rest, self.keep, self.turns = "", xml, False, False

    def xml(self) -> str:
        """Return its XML, that of a table once it is set."""
        if self.keep or self.turns or self.before is not None or self.section:
            wanted = Form(self.keep, self.turns, self.before, self.section)
            return heads.paragraph(self.space, self.head, wanted) + self.rest
        return self.head + self.rest


def parted(text: str, space: str) -> list[Piece]:
    """Return the pieces of the filled *text*; *space* declares its namespaces."""
    found = []
    for part in text.split(BEGIN)[1:]:
        head, _, rest = part.partition(END)
        found.append(Piece(space, head, rest))
    return found


def hair(space: str, before: int = 0) -> Piece:
    """Return an empty paragraph that takes next to no room besides *before* above it."""
    return Piece(space, heads.hair(before), "</w:p>")
