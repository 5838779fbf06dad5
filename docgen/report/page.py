"""Lines as a terminal shows them: wrapped to its width, their columns aligned, painted where it has colours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from functools import cached_property

from docgen.frozen import dataclass

WIDTH = 100  # of a page that is no terminal's
GAPS = ("  ", " ")  # between columns
MORE = 2  # how far the second line of a row is moved in
BELOW = 4  # how far a paragraph below it is
SUM = re.compile(r"\d [A-Z]{3}\b")  # no end of a line parts it


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
class Row:
    """A row of a table, its cells in as many *tones*, or none where all are plain, and the lines below it."""

    cells: tuple[str, ...]
    tones: tuple[Tone, ...] = ()
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What is written on: its width, and how a text is painted."""

    width: int = WIDTH
    paint: Paint = plain

    def text(self, text: str, indent: int = 0, tone: Tone = Tone.PLAIN, lead: str = "") -> Iterator[str]:
        """Yield the lines of *text*, moved in; *lead* stands before the first, the others begin where it ends."""
        room, before = max(self.width - indent - len(lead), 1), " " * indent + lead
        for line in wrapped(text, room):
            yield before + self.paint(line, tone)
            before = " " * len(before)

    def below(self, *texts: str, indent: int = 0) -> tuple[str, ...]:
        """Return the lines of *texts* as they stand below a row that is moved in."""
        return tuple([line for text in texts for line in self.text(text, indent + BELOW, Tone.WHY)])


def wrapped(text: str, room: int) -> Iterator[str]:
    """Yield the lines of *text*, of no more than *room* characters; nothing where it says nothing."""
    text = text.strip()
    while len(text) > room:
        end = text.rfind(" ", 0, room + 1)
        while end > 0 and bound(text, end):
            end = text.rfind(" ", 0, end)
        if end <= 0:  # no space, or none that may part it: cut all the same
            end = max(text.rfind(" ", 0, room + 1), 0) or room
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    if text:
        yield text


def bound(text: str, space: int) -> bool:
    """Return whether the *space* at that place of *text* stands within a sum, or a command between backticks."""
    if SUM.match(text, space - 1):
        return True
    return text.count("`", 0, space) % 2 == 1 and "`" in text[space:]


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
            for column, text in enumerate(row.cells):
                if len(text) > widest.get(column, -1):
                    widest[column] = len(text)
        heads = [(column, len(text)) for row in self.heads for column, text in enumerate(row.cells)]
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

    @cached_property
    def decks(self) -> list[tuple[int, list[tuple[int, int]]]]:
        """Return of each line of a row how far it is moved in, and its columns with their widths."""
        return [(self.margin(deck), [(column, self.widths[column]) for column in deck]) for deck in self.form[1]]

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
        """Yield the lines of *row*, and those below it."""
        for margin, deck in self.decks:
            yield from self.line(margin, deck, row)
        yield from row.below

    def line(self, margin: int, deck: Sequence[tuple[int, int]], row: Row) -> Iterator[str]:
        """Yield the cells of *row* in the columns of *deck* side by side; nothing if all are empty.

        More than one line only of a cell that is alone.
        """
        cells, (first, _) = row.cells, deck[0]
        filled = [column for column, _ in deck if column < len(cells) and cells[column]]
        if filled == [first]:
            yield from self.page.text(cells[first], margin, row.tones[first] if row.tones else Tone.PLAIN)
        elif filled:
            shown = [self.cell(row, column, width) for column, width in deck if column <= filled[-1]]
            yield " " * margin + self.form[0].join(shown).rstrip(" ")

    def cell(self, row: Row, column: int, width: int) -> str:
        """Return the cell of *row* in a *column* as it is shown, as wide as the column."""
        text = row.cells[column]
        if self.page.paint is plain or not row.tones:
            return text.ljust(width)
        return self.page.paint(text, row.tones[column]) + " " * (width - len(text))
