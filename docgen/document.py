"""The one model of a document, made by compose and read by every writer.

Everything in it is finished text: dates, sums and names are strings in the document's language. No
string holds markup, and no writer adds a word of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from docgen.frozen import NamedTuple, dataclass


class Run(NamedTuple):  # as it is made by the thousand
    """A stretch of text in one face; a line feed in it is a line break."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to the clause whose id is *clause*, shown as its number, *text*."""

    clause: str
    text: str


Inline: TypeAlias = Run | Ref
Inlines: TypeAlias = tuple[Inline, ...]

BEFORE_SUMMARY = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE} "  # between a clause's title and what sums it up


class Role(StrEnum):
    """What a paragraph is for; the value is the name of its style in house.docx."""

    BODY = "Body Text"
    DATE = "Date"
    SUBJECT = "Subject"
    MARK = "Mark"
    CLOSING = "Closing"
    NOTE = "Note"


class Align(StrEnum):
    """Where a column's text stands: words left, sums right."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Title:
    """The document's title, and the line under it if there is one."""

    text: str
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading above paragraphs that are not numbered."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    inlines: Inlines
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause: level 1 is a clause's title, 2 its paragraphs (1.1), 3 a list in them (1.1.1).

    *number* is what the writer of a page prints; Word counts for itself and comes to the same. *summary* is what a
    title is followed by on its line, smaller.
    """

    level: int
    number: str
    inlines: Inlines
    id: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without numbers."""

    items: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A small label with its value below it, and its *share* of the width.

    *strong* is the one a reader looks for; a *bold* one belongs to it.
    """

    label: str
    value: str
    strong: bool = False
    bold: bool = False
    share: float = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts side by side across the page."""

    items: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Modules for a camera or a scanner to read, true for a dark one; *margin* is how many stay light around it.

    One row alone is a row of bars, and its margin only beside them. *label* stands below it if there is one, *alt* says
    what it is to those who cannot see it. *width* and *height* are in millimetres, with the margin.
    """

    rows: tuple[tuple[bool, ...], ...]
    margin: int
    label: str
    alt: str
    width: float = 30
    height: float = 30

    @property
    def across(self) -> int:
        """Return how many modules it is wide, with its margin."""
        return len(self.rows[0]) + 2 * self.margin

    @property
    def above(self) -> int:
        """Return how many modules its margin is high."""
        return self.margin if len(self.rows) > 1 else 0

    @property
    def down(self) -> int:
        """Return how many modules it is high, with its margin."""
        return len(self.rows) + 2 * self.above


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels on the left, their values on the right, a row each; a *code* that says the same stands beside them."""

    rows: tuple[tuple[str, str], ...]
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: its head, its side, its share of the width against the others', and a name for templates."""

    head: str
    align: Align
    share: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """A line below a table, its amount under the last column; *strong* for the sum that counts."""

    label: str
    amount: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head that repeats on each page; a row has as many cells as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[Total, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """Who the letter is for, where the window of an envelope shows it.

    *sender* is the small line above it, *service* the postal service asked for, if any.
    """

    lines: tuple[str, ...]
    sender: str
    service: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """One party's place to sign: who signs as what, then labels, each with a line to write on."""

    party: str
    name: str
    role: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatures:
    """The places where the parties sign, side by side."""

    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of a letter: the words, room for a signature, and who signs."""

    words: str
    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Room to write by hand: *count* empty lines."""

    count: int


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins on a new page, as an enclosure does."""


Block: TypeAlias = (
    Title
    | Heading
    | Paragraph
    | Clause
    | Bullets
    | Facts
    | Pairs
    | Table
    | Address
    | Signatures
    | Closing
    | Lines
    | Break
)
Blank: TypeAlias = "str | Ref | tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a sheet, in millimetres from its left and upper edges."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, and where the window of its *envelope* shows an address at every position; all in millimetres.

    The return address stands above the other, but for a *sender* window of its own that shows the letterhead, or
    where it is *sender_printed* on the envelope; *above* is the room for it in the window, over the address.
    *reach* is what shows at one position or another; nothing but addresses stands in it. Text begins so far *below* the
    window. *least_leading* is how close the lines of an address may be set. *hole* is where the middle of a punch is
    put, 0 for nowhere.
    """

    name: str
    width: float
    height: float
    window_left: float
    window_top: float
    window_width: float
    window_height: float
    folds: tuple[float, ...] = ()
    hole: float = 0
    envelope: str = ""
    reach: Box | None = None
    sender: Box | None = None
    sender_printed: bool = False
    above: float = 0
    below: float = 8.5
    least_leading: float = 12 * 25.4 / 72

    @property
    def address_lines(self) -> int:
        """Return how many lines of an address the window shows."""
        return int(self.window_height / self.least_leading + 0.01)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    *language* is a BCP 47 tag. *letterhead* has the sender's name first. *footer* stands at the left of
    each page's foot and *page_of* at the right, with ``{page}`` and ``{pages}`` for the numbers. *blanks*
    are the values its text was filled with, by their names, for a template of the owner's.
    """

    title: str
    author: str
    subject: str
    language: str
    date: date
    paper: Paper
    letterhead: tuple[str, ...]
    footer: str
    page_of: str
    blocks: tuple[Block, ...]
    blanks: Mapping[str, Blank] = field(default_factory=dict)
