"""A filled table of a house: its rows and cells, set to the widths they are to have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from docgen.write.docx import heads, runs
from docgen.write.docx.heads import END, Fit, Form
from docgen.write.docx.piece import ROW, Piece

CELL, ROW_ENDS = "<w:tc", "</w:tr>"  # a cell begins, a row ends
RUN = re.compile(r"<w:r(?: [^>]*)?>(?:<w:rPr>.*?</w:rPr>|<w:rPr/>)?", re.DOTALL)
PLAIN, KEPT = Form(), Form(keep=True)
GAP = "<?g?>"  # in the place of a text
CAPTION = '<w:tblCaption w:val="{}"/>'


class Sides(NamedTuple):
    """Where columns begin and end, in EMU, and the room at the ends of rows; *space* declares the namespaces."""

    space: str
    edges: tuple[int, ...]
    left: int
    right: int


@dataclass(slots=True)
class Cell:
    """A cell: its *head*, its *span* of columns, what is *inside* before its *paragraphs*, the head and rest of each.

    *tab* is where its tab stops are to be; its last paragraph is to have room *before* it, and to be *bold*, and its
    first *turns* to a new page.
    """

    head: str
    span: int
    inside: str
    paragraphs: list[tuple[str, str]]
    tab: int | None = None
    before: int | None = None
    bold: bool = False
    turns: bool = False


@dataclass(slots=True)
class Row:
    """A row of so many *columns*: its *parts* as it was filled are heads and what is between them in turns.

    Once it is *opened* there are its *head*, what is *inside* before its cells, these and its *end*. *keep* is to be on
    the page of the next one; *borders* is the XML of those its cells are to have besides their own.
    """

    columns: int
    parts: list[str] = field(default_factory=list)
    head: str = ""
    inside: str = ""
    opened: list[Cell] = field(default_factory=list)
    end: str = ROW_ENDS
    keep: bool = False
    height: int | None = None
    borders: str = ""

    @property
    def cells(self) -> list[Cell]:
        """Return its cells, as one of them is to be changed."""
        if self.parts:
            self.parts[-1], ends, after = self.parts[-1].rpartition(ROW_ENDS)
            self.head, self.inside, *parts = self.parts
            for head, rest in zip(parts[::2], parts[1::2], strict=True):
                if head.startswith(CELL):
                    self.opened.append(Cell(head, heads.span(head), rest, []))
                else:
                    self.opened[-1].paragraphs.append((head, rest))
            self.parts, self.end = [], ends + after
        return self.opened

    def add(self, cell: Cell) -> None:
        """Put *cell* at its end."""
        self.cells.append(cell)
        self.columns += cell.span


@dataclass(slots=True)
class Grid:
    """A table; lengths in EMU, *left* and *right* are the room at the ends of rows, *place* where it is on its page.

    Its *caption* is for those who cannot see it.
    """

    piece: Piece
    rows: list[Row]
    widths: Sequence[int] = ()
    left: int = 0
    right: int = 0
    place: tuple[int, int] | None = None
    caption: str = ""

    @property
    def columns(self) -> int:
        """Return how many columns its rows span, at the most."""
        return max([row.columns for row in self.rows], default=0)

    def fit(self, count: int) -> None:
        """Let no row span more than *count* columns: LibreOffice stretches the last cell over all that a house has."""
        for row in self.rows:
            if row.columns > count:
                last = row.cells[-1]
                over = min(row.columns - count, last.span - 1)
                last.span, row.columns = last.span - over, row.columns - over

    def set(self, space: str) -> None:
        """Set its piece to its widths, the last change of it; *space* declares its namespaces."""
        self.rows[-1].keep |= self.piece.keep
        if self.piece.turns:
            self.rows[0].cells[0].turns = True
        parts = [heads.table(space, self.piece.head, tuple(self.widths), self.place)]
        if self.caption:
            caption = CAPTION.format(runs.attribute(self.caption))
            parts = [parts[0].replace("</w:tblPr>", f"{caption}</w:tblPr>", 1)]
        sides = Sides(space, (*accumulate(self.widths, initial=0),), self.left, self.right)
        for row in self.rows:
            parts += _filled(row, sides) if row.parts and row.height is None else _set(row, sides)
        self.piece.set("".join(parts))


def _filled(row: Row, sides: Sides) -> list[str]:
    """Return the XML of a *row* that was not opened, and is as many others but for its texts, as it fits *sides*."""
    row.parts[::2] = _heads(sides, row.keep, row.borders, row.columns, *row.parts[::2])
    return row.parts


@lru_cache(maxsize=1024)
def _heads(sides: Sides, keep: bool, borders: str, columns: int, *found: str) -> list[str]:  # noqa: FBT001 - a key
    """Return the heads *found* in a row, of the row itself, its cells and their paragraphs, as they fit *sides*."""
    parts = [part for head in found for part in (head, GAP)]
    row = Row(columns, [*parts[:-1], GAP + ROW_ENDS], keep=keep, borders=borders)
    return "".join(_set(row, sides)).split(GAP)[:-1]


def _set(row: Row, sides: Sides) -> list[str]:
    """Return the XML of *row* as it fits *sides*."""
    cells, space = row.cells, sides.space
    free, last = len(sides.edges) - 1 - row.columns, len(sides.edges) - 1
    parts = [heads.row(space, row.head, free, row.height) if free or row.height is not None else row.head, row.inside]
    start = 0
    for cell in cells:
        end = start + cell.span
        margins = (None if start else sides.left, sides.right if end == last else None)
        fit = Fit(sides.edges[end] - sides.edges[start], cell.span, *margins, row.borders)
        parts += heads.cell(space, cell.head, fit), cell.inside, *_paragraphs(cell, space, KEPT if row.keep else PLAIN)
        start = end
    return [*parts, row.end]


def opened(piece: Piece) -> Grid:
    """Return the table that *piece* is."""
    return Grid(piece, [_row(part) for part in piece.rest.split(ROW)[1:]])


def _row(text: str) -> Row:
    """Return the row that *text* is."""
    parts = text.split(END)
    return Row(_columns(*parts[::2]), parts)


@lru_cache(maxsize=1024)
def _columns(*found: str) -> int:
    """Return how many columns a row spans in which these heads are *found*."""
    return sum(heads.span(head) for head in found if head.startswith(CELL))


def _paragraphs(cell: Cell, space: str, wanted: Form) -> Iterator[str]:
    """Yield what is in *cell*, whose paragraphs are *wanted* so at least; *space* declares their namespaces."""
    wanted = wanted if cell.tab is None else wanted._replace(tab=cell.tab)
    last = len(cell.paragraphs) - 1
    for number, (head, rest) in enumerate(cell.paragraphs):
        form = wanted
        if cell.turns and number == 0:
            form = form._replace(turns=True)
        if cell.before is not None and number == last:
            form = form._replace(before=cell.before)
        yield heads.paragraph(space, head, form) if form != PLAIN else head
        yield RUN.sub(lambda hit: heads.bold(space, hit[0]), rest) if cell.bold and number == last else rest
