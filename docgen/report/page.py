"""Lines as a terminal shows them: wrapped to its width, their columns aligned, painted where it has colours."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from functools import cached_property

from docgen.frozen import dataclass

WIDTH = 100  # of a page that is no terminal's
GAPS = ("  ", " ")  # between columns
MORE = 2  # how far the second line of a row is moved in
BELOW = 4  # how far a paragraph below it is
BOUND = re.compile(r"`[^`]*`|\d [A-Z]{3}\b")  # a command, a sum: no end of a line parts them
GLUE = "\0"  # stands in no text


class Tone(Enum):
    """What a text is to the reader, and so how it is painted."""

    PLAIN = auto()
    HEADING = auto()
    ALARM = auto()
    HELD = auto()
    WHY = auto()


Paint = Callable[[str, Tone], str]


def plain(text: str, _: Tone) -> str:
    """Return *text* as it is."""
    return text


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, and the paragraphs below it."""

    cells: tuple[Cell, ...]
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What is written on: its width, and how a text is painted."""

    width: int = WIDTH
    paint: Paint = plain

    def text(self, text: str, indent: int = 0, tone: Tone = Tone.PLAIN, lead: str = "") -> Iterator[str]:
        """Yield the lines of *text*, moved in; *lead* stands before the first, the others begin where it ends."""
        bound = BOUND.sub(lambda found: found[0].replace(" ", GLUE), text)
        room = max(self.width - indent - len(lead), 1)
        for number, line in enumerate(textwrap.wrap(bound, room, break_on_hyphens=False)):
            before = " " * len(lead) if number else lead
            yield " " * indent + before + self.paint(line.replace(GLUE, " ").strip(), tone)


@dataclass(frozen=True)
class Table:
    """Columns that all *rows* and *heads* share; one that no row has anything in is left out."""

    page: Page
    rows: Sequence[Row]
    heads: Sequence[Row] = ()
    indent: int = 0

    @cached_property
    def widths(self) -> dict[int, int]:
        """Return how wide each column is."""
        widest: dict[int, int] = {}
        for row in self.rows:
            for column, cell in enumerate(row.cells):
                widest[column] = max(widest.get(column, 0), len(cell.text))
        heads = [(column, len(cell.text)) for row in self.heads for column, cell in enumerate(row.cells)]
        return {
            column: max([width, *(long for at, long in heads if at == column)])
            for column, width in sorted(widest.items())
            if width
        }

    @cached_property
    def form(self) -> tuple[str, list[list[int]]]:
        """Return the gap between columns and the columns of each line of a row, the roomiest that fits."""
        forms = [(gap, self.split(lines)) for lines in range(1, len(self.widths) + 1) for gap in GAPS]
        fitting = (form for form in forms if all(self.fits(deck, form[0]) for deck in form[1]))
        return next(fitting, forms[-1] if forms else ("", []))

    def split(self, lines: int) -> list[list[int]]:
        """Return the columns in so many lines."""
        columns = list(self.widths)
        size = -(-len(columns) // lines)
        return [columns[at : at + size] for at in range(0, len(columns), size)]

    def fits(self, deck: Sequence[int], gap: str) -> bool:
        """Return whether there is room for some columns side by side."""
        wide = sum(self.widths[column] for column in deck) + len(gap) * (len(deck) - 1)
        return wide <= self.page.width - self.margin(deck)

    def margin(self, deck: Sequence[int]) -> int:
        """Return how far a line of a row is moved in: those after the first a little more."""
        return self.indent + (0 if deck[0] == next(iter(self.widths)) else MORE)

    def lines(self, row: Row) -> Iterator[str]:
        """Yield the lines of *row*, and below them its paragraphs."""
        gap, decks = self.form
        for deck in decks:
            yield from self.line(deck, [row.cells[column] for column in deck if column < len(row.cells)], gap)
        for text in row.below:
            yield from self.page.text(text, self.indent + BELOW, Tone.WHY)

    def line(self, deck: Sequence[int], cells: Sequence[Cell], gap: str) -> Iterator[str]:
        """Yield *cells* side by side; nothing if all are empty, more than one line only of a cell that is alone."""
        while cells and not cells[-1].text:
            cells = cells[:-1]
        if len(cells) == 1:
            yield from self.page.text(cells[0].text, self.margin(deck), cells[0].tone)
        elif cells:
            *before, last = cells
            padded = [
                self.page.paint(cell.text, cell.tone) + " " * (self.widths[column] - len(cell.text))
                for column, cell in zip(deck, before, strict=False)
            ]
            yield " " * self.margin(deck) + gap.join([*padded, self.page.paint(last.text, last.tone)])
