"""A filled table of a house: its rows and cells, set to the widths they are to have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from docgen.write.docx import heads, runs
from docgen.write.docx.heads import END, Fit, Form
from docgen.write.docx.piece import CELL, PARAGRAPH, ROW, Piece

ROW_ENDS = "</w:tr>"
RUN = re.compile(r"<w:r(?: [^>]*)?>(?:<w:rPr>.*?</w:rPr>|<w:rPr/>)?", re.DOTALL)
CAPTION = '<w:tblCaption w:val="{}"/>'
AS_IT_IS = Form()


@dataclass(slots=True)
class Cell:
    """A cell: its *head*, the *rest* of its XML, how many columns it spans, and the XML of *borders* it is to have.

    *tab* is where its tab stops are to be; its last paragraph is to have room *before* it, and to be *bold*.
    """

    head: str
    rest: str
    span: int = 1
    borders: str = ""
    tab: int | None = None
    before: int | None = None
    bold: bool = False


@dataclass(slots=True)
class Row:
    """A row: its *head*, its *cells*, and the *rest* of its XML; *keep* is to be on the page of the next one."""

    head: str
    cells: list[Cell]
    rest: str = ROW_ENDS
    keep: bool = False
    height: int | None = None


@dataclass(slots=True)
class Grid:
    """A table; lengths in EMU, *right* is the room at the end of each row, *place* where it is on its page.

    Its *caption* is for those who cannot see it.
    """

    piece: Piece
    rows: list[Row]
    widths: Sequence[int] = ()
    right: int = 0
    place: tuple[int, int] | None = None
    caption: str = ""

    def fit(self, count: int) -> None:
        """Let no row span more than *count* columns: LibreOffice stretches the last cell over all that a house has."""
        for row in self.rows:
            over = sum(cell.span for cell in row.cells) - count
            if over > 0:
                row.cells[-1].span = max(row.cells[-1].span - over, 1)

    @property
    def columns(self) -> int:
        """Return how many columns its rows span, at the most."""
        return max((sum(cell.span for cell in row.cells) for row in self.rows), default=0)

    def set(self) -> None:
        """Set its piece to its widths; that is its last change."""
        self.rows[-1].keep |= self.piece.keep
        parts = [heads.table(self.piece.space, self.piece.head, tuple(self.widths), self.place)]
        if self.caption:
            caption = CAPTION.format(runs.attribute(self.caption))
            parts = [parts[0].replace("</w:tblPr>", f"{caption}</w:tblPr>", 1)]
        edges = (*accumulate(self.widths, initial=0),)
        for number, row in enumerate(self.rows):
            parts += self._row(row, edges, turns=self.piece.turns and number == 0)
        self.piece.set("".join(parts).replace(PARAGRAPH, "").replace(END, ""))

    def _row(self, row: Row, edges: Sequence[int], *, turns: bool) -> Iterator[str]:
        """Yield the XML of *row*, whose columns begin and end at *edges*."""
        space, last = self.piece.space, len(edges) - 1
        free = last - sum(cell.span for cell in row.cells)
        yield heads.row(space, row.head, free, row.height) if free or row.height is not None else row.head
        start = 0
        for cell in row.cells:
            end = start + cell.span
            margins = (None if start else 0, self.right if end == last else None)
            yield heads.cell(space, cell.head, Fit(edges[end] - edges[start], cell.span, *margins, cell.borders))
            yield from _paragraphs(cell, space, keep=row.keep, turns=turns and not start)
            start = end
        yield row.rest


def opened(piece: Piece) -> Grid:
    """Return the table that *piece* is."""
    return Grid(piece, [_row(part) for part in piece.rest.split(ROW)[1:]])


def _row(text: str) -> Row:
    """Return the row that *text* is."""
    text, ends, rest = text.rpartition(ROW_ENDS)
    head, *cells = text.split(CELL)
    return Row(head.removesuffix(END), [_cell(part) for part in cells], ends + rest)


def _cell(text: str) -> Cell:
    """Return the cell that *text* is."""
    head, _, rest = text.partition(END)
    return Cell(head, rest, heads.span(head))


def _paragraphs(cell: Cell, space: str, *, keep: bool, turns: bool) -> Iterator[str]:
    """Yield what is in *cell*; it is to *keep* with the next row, and its first paragraph *turns* to a new page."""
    if not (keep or turns or cell.bold) and cell.before is None and cell.tab is None:
        yield cell.rest
        return
    first, *parts = cell.rest.split(PARAGRAPH)
    yield first
    for number, part in enumerate(parts, start=1):
        is_last = number == len(parts)
        head, _, rest = part.partition(END)
        wanted = Form(keep, turns and number == 1, cell.before if is_last else None, "", cell.tab)
        yield head if wanted == AS_IT_IS else heads.paragraph(space, head, wanted)
        yield RUN.sub(lambda hit: heads.bold(space, hit[0]), rest) if is_last and cell.bold else rest
