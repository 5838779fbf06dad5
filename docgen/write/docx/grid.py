"""A filled table of a house: its rows and cells, set to the widths they are to have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from docgen.write.docx import heads, runs
from docgen.write.docx.heads import END, Fit, Form
from docgen.write.docx.piece import CELL, PARAGRAPH, ROW, Piece

ROW_ENDS = "</w:tr>"
RUN = re.compile(r"<w:r(?: [^>]*)?>(?:<w:rPr>.*?</w:rPr>|<w:rPr/>)?", re.DOTALL)
KEPT = Form(keep=True)
CAPTION = '<w:tblCaption w:val="{}"/>'


@dataclass(slots=True)
class Cell:
    """A cell: its *head*, the *rest* of its XML, how many columns it spans, and the XML of *borders* it is to have.

    *tab* is where its tab stops are to be; its last paragraph is to have room *before* it, and to be *bold*, and its
    first *turns* to a new page.
    """

    head: str
    rest: str
    span: int = 1
    borders: str = ""
    tab: int | None = None
    before: int | None = None
    bold: bool = False
    turns: bool = False


@dataclass(slots=True)
class Row:
    """A row: its *head*, its *cells*, how many *columns* they span, and the *rest* of its XML.

    *keep* is to be on the page of the next one, *changes* is whether paragraphs in its cells are to be changed besides.
    """

    head: str
    cells: list[Cell]
    columns: int
    rest: str = ROW_ENDS
    keep: bool = False
    changes: bool = False
    height: int | None = None

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
            self.rows[0].changes = self.rows[0].cells[0].turns = True
        parts = [heads.table(space, self.piece.head, tuple(self.widths), self.place)]
        if self.caption:
            caption = CAPTION.format(runs.attribute(self.caption))
            parts = [parts[0].replace("</w:tblPr>", f"{caption}</w:tblPr>", 1)]
        edges = (*accumulate(self.widths, initial=0),)
        known = _known(space, edges, self.left, self.right)
        if len(known) > heads.SIZE:  # as where a cell has a color that a record says
            known.clear()
        for row in self.rows:
            free = len(self.widths) - row.columns
            as_it_is = not free and row.height is None
            parts.append(row.head if as_it_is else heads.row(space, row.head, free, row.height))
            start = 0
            for cell in row.cells:
                key = (cell.head, start, cell.span, cell.borders)
                if key not in known:
                    known[key] = heads.cell(space, cell.head, self._fit(cell, start, edges))
                parts.append(known[key])
                if row.keep or row.changes:
                    parts += _paragraphs(cell, space, KEPT if row.keep else Form())
                else:
                    parts.append(cell.rest)
                start += cell.span
            parts.append(row.rest)
        self.piece.set("".join(parts).replace(PARAGRAPH, "").replace(END, ""))

    def _fit(self, cell: Cell, start: int, edges: Sequence[int]) -> Fit:
        """Return how *cell* fits its row, where it begins at column *start*; columns begin and end at *edges*."""
        end = start + cell.span
        margins = (None if start else self.left, self.right if end == len(self.widths) else None)
        return Fit(edges[end] - edges[start], cell.span, *margins, cell.borders)


@lru_cache(maxsize=256)
def _known(*_: object) -> dict[tuple[str, int, int, str], str]:
    """Return where the heads of cells are kept that fit rows of one kind, which is all that is asked by.

    They are found by what they were, the column they begin at, how many they span, and the borders they are to have.
    """
    return {}


def opened(piece: Piece) -> Grid:
    """Return the table that *piece* is."""
    return Grid(piece, [_row(part) for part in piece.rest.split(ROW)[1:]])


def _row(text: str) -> Row:
    """Return the row that *text* is."""
    text, ends, rest = text.rpartition(ROW_ENDS)
    start, *parts = text.split(CELL)
    cells = [Cell(head, rest) for head, rest in (part.split(END, 1) for part in parts)]
    if "w:gridSpan" in text:
        for cell in cells:
            cell.span = heads.span(cell.head)
    return Row(start.removesuffix(END), cells, sum([cell.span for cell in cells]), ends + rest)


def _paragraphs(cell: Cell, space: str, wanted: Form) -> Iterator[str]:
    """Yield what is in *cell*, whose paragraphs are *wanted* so at least; *space* declares their namespaces."""
    first, *parts = cell.rest.split(PARAGRAPH)
    wanted = wanted if cell.tab is None else wanted._replace(tab=cell.tab)
    last = len(parts) - 1
    yield first
    for number, part in enumerate(parts):
        head, rest = part.split(END, 1)
        form = wanted
        if cell.turns and number == 0:
            form = form._replace(turns=True)
        if cell.before is not None and number == last:
            form = form._replace(before=cell.before)
        yield heads.paragraph(space, head, form)
        yield RUN.sub(lambda hit: heads.bold(space, hit[0]), rest) if cell.bold and number == last else rest
