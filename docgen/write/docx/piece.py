"""A filled house in pieces: the paragraphs and tables of its text, each with what it is to be besides."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.write.docx import heads
from docgen.write.docx.heads import END, Form, Known

# Where paragraphs and tables begin, and the rows of those; no text can hold these. In a row there is the sign of an end
# where the head of a cell or of a paragraph in one begins as well, so that heads and what is between them take turns.
BEGIN, ROW = "<?b?>", "<?r?>"
BLOCK = "<?l?>"  # before what is shown of the first block, and behind that of each


@dataclass(slots=True, eq=False)
class Piece:
    """A paragraph or a table: its *head*, which says what is *known*, and the *rest* of its XML.

    *keep* and all below is what its head is yet to say; of a table, *keep* is said of its last row, *turns* of its
    first paragraph.
    """

    known: Known
    head: str
    rest: str
    keep: bool = False
    turns: bool = False
    before: int | None = None
    section: str = ""

    @property
    def begins_page(self) -> bool:
        """Return whether it is a paragraph that begins a page."""
        return self.turns or self.known.turns

    def set(self, xml: str) -> None:
        """Let *xml* be all it is."""
        self.head, self.rest, self.keep, self.turns = "", xml, False, False

    def xml(self, space: str) -> str:
        """Return its XML, that of a table once it is set; *space* declares its namespaces."""
        if self.keep or self.turns or self.before is not None or self.section:
            wanted = Form(self.keep, self.turns, self.before, self.section)
            return heads.paragraph(space, self.head, wanted) + self.rest
        return self.head + self.rest


def parted(text: str, space: str) -> list[Piece]:
    """Return the pieces of the filled *text*; *space* declares its namespaces."""
    return [Piece(*part) for part in parts(text, space)]


def parts(text: str, space: str) -> list[tuple[Known, str, str]]:
    """Return what is known of each piece of the same, its head and its rest."""
    found = (part.partition(END) for part in text.split(BEGIN)[1:])
    return [(heads.known(space, head), head, rest) for head, _, rest in found]


def hair(before: int = 0) -> Piece:
    """Return an empty paragraph that takes next to no room besides *before* above it."""
    return Piece(Known(), heads.hair(before), "</w:p>")
