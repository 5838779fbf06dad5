"""What an owner puts into the headers and footers of house.docx: words, blanks, counters and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from functools import lru_cache
from typing import Any, TypeAlias

from docgen.document import Document
from docgen.frozen import dataclass
from docgen.look import tags
from docgen.look.picture import Picture
from docgen.look.style import Style

# Signs that stand for what is no text, none of them a character (Unicode 16, 23.7).
PARAGRAPH, RUN, DRAWING, END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
FEED, PAGE, PAGES = "\ufdd4", "\ufdd5", "\ufdd6"
TABS = {"\t": "", "\ufdd7": "left", "\ufdd8": "center", "\ufdd9": "right"}
MARKER = re.compile(f"[{RUN}{DRAWING}]\\d+{END}|[{''.join(TABS)}]")


@dataclass(frozen=True, slots=True)
class Offset:
    """A place along one side of the page: *align* or else *by* points, from the side of *base*."""

    base: str
    align: str
    by: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a picture stands that is no part of a line; text keeps away from it if it is *apart*."""

    across: Offset
    down: Offset
    apart: bool
    behind: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as large as Word shows it, and what it is to those who cannot see it; without *anchor* in its line."""

    picture: Picture
    width: float
    height: float
    alt: str
    decorative: bool
    anchor: Anchor | None


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a tab leads to, in points from the left margin."""

    at: float
    align: str


@dataclass(frozen=True, slots=True)
class Form:
    """How a paragraph looks, and its tab stops."""

    style: Style
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text and its looks."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Tab:
    """What follows stands at the next stop, or where *align* says."""

    align: str


Piece: TypeAlias = Words | Drawing | Tab


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, filled."""

    form: Form
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Return its words."""
        return "".join(
            piece.text if isinstance(piece, Words) else " " for piece in self.pieces if not isinstance(piece, Drawing)
        )


@dataclass(frozen=True, slots=True)
class Furniture:
    """A header or footer: *source* is its template, in which signs stand for what the other fields hold."""

    source: str = ""
    forms: tuple[Form, ...] = ()
    styles: tuple[Style, ...] = ()
    drawings: tuple[Drawing, ...] = ()

    def filled(self, document: Document, page: int = 1, pages: int = 1) -> tuple[Passage, ...]:
        """Return its paragraphs on *page* of the *pages* of *document*."""
        text = self._filled(document, page, pages)
        return tuple(self._passage(part) for part in text.split(PARAGRAPH)[1:])

    def texts(self, document: Document, page: int = 1, pages: int = 1) -> tuple[str, ...]:
        """Return what the paragraphs of the same say."""
        return _texts(self._filled(document, page, pages))

    def _filled(self, document: Document, page: int, pages: int) -> str:
        """Return *source* as it is filled on *page* of the *pages* of *document*."""
        counted = document.page_of.replace("{pages}", str(pages)).replace("{page}", str(page))
        values = {"title": document.title, "letterhead": document.letterhead, "footer": document.footer}
        known = [(name, value) for name, value in (*values.items(), ("page_of", counted)) if name in self.source]
        return _rendered(self.source, tuple(known)).replace(PAGES, str(pages)).replace(PAGE, str(page))

    def _passage(self, text: str) -> Passage:
        """Return the paragraph that *text* is, its number first."""
        number, _, rest = text.partition(END)
        return Passage(self.forms[int(number)], tuple(self._pieces(rest.rstrip("\n"))))

    def _pieces(self, text: str) -> Iterator[Piece]:
        """Yield what the *text* of a paragraph stands for."""
        style = self.styles[0]
        at = 0
        for hit in [*MARKER.finditer(text), None]:
            words = text[at : hit.start() if hit else None]
            if words:
                yield Words(words.replace(FEED, "\n"), style)
            if hit is None:
                return
            at = hit.end()
            if hit[0] in TABS:
                yield Tab(TABS[hit[0]])
            elif hit[0][0] == DRAWING:
                yield self.drawings[int(hit[0][1:-1])]
            else:
                style = self.styles[int(hit[0][1:-1])]


@lru_cache(maxsize=256)
def _rendered(source: str, values: tuple[tuple[str, object], ...]) -> str:
    """Return *source* filled with *values*, which the pages of a document and its formats have in common."""
    try:
        return tags.filled(source, dict(values))
    except tags.Other:
        return str(_template(source).render(dict(values)))


@lru_cache(maxsize=256)
def _texts(filled: str) -> tuple[str, ...]:
    """Return the text of each paragraph of what was *filled*."""
    parts = [part.partition(END)[2].rstrip("\n") for part in filled.split(PARAGRAPH)[1:]]
    return tuple(MARKER.sub(lambda hit: " " * (hit[0] in TABS), part).replace(FEED, "\n") for part in parts)


@lru_cache(maxsize=64)
def _template(source: str) -> Any:  # noqa: ANN401 - a template of Jinja's
    """Return *source*, made ready to be filled by Jinja."""
    from docgen.look import template  # noqa: PLC0415 - few houses need Jinja, which takes a while to load

    return template.environment().from_string(source)


@dataclass(frozen=True, slots=True)
class Stationery:
    """What stands at the head and at the foot of the pages that begin a letter, and of those that go on."""

    first_header: Furniture = field(default_factory=Furniture)
    header: Furniture = field(default_factory=Furniture)
    first_footer: Furniture = field(default_factory=Furniture)
    footer: Furniture = field(default_factory=Furniture)
