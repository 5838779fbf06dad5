"""The styles that documents are written in, and how each looks."""

from __future__ import annotations

from docgen.frozen import dataclass
from docgen.look.fonts import FAMILY

SUMMARY = "Clause Summary"  # the one style of characters: what follows a clause's title on its line
STYLES = (
    "Normal",
    "Letterhead Name",
    "Letterhead",
    "Service",
    "Return Address",
    "Address",
    "Date",
    "Subject",
    "Body Text",
    "Note",
    "Mark",
    "Title",
    "Subtitle",
    "Heading 1",
    "Clause 1",
    SUMMARY,
    "Clause 2",
    "Clause 3",
    "List Bullet",
    "Writing Line",
    "Fact Label",
    "Fact Value",
    "Fact Value Strong",
    "Table Head",
    "Table Head Number",
    "Table Cell",
    "Table Number",
    "Table Total",
    "Table Total Number",
    "Table Total Strong",
    "Table Total Strong Number",
    "Pair Label",
    "Pair Value",
    "Closing",
    "Signature Name",
    "Signature Role",
    "Signature Label",
    "Footer",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A rule's width in points and its color, #rrggbb."""

    width: float
    color: str


@dataclass(frozen=True, slots=True)
class TableRules:
    """The rules of a table, and the room left and right of the text in a cell, in points."""

    head: Line
    foot: Line
    padding: float


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks; lengths in points, *first* against *left*, *leading* absolute."""

    font: str = FAMILY
    size: float = 11
    bold: bool = False
    italic: bool = False
    color: str = "#000000"
    leading: float = 15
    before: float = 0
    after: float = 0
    align: str = "left"
    left: float = 0
    right: float = 0
    first: float = 0
    keep_next: bool = False
    keep_lines: bool = False
    border_bottom: Line | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A numbering of Word's: its format, its text such as ``%1.%2``, the text's indent and how far the sign hangs."""

    format: str
    text: str
    indent: float
    hanging: float


def kind(name: str) -> str:
    """Return what the style called *name* is for: paragraphs, or the characters of some."""
    return "character" if name == SUMMARY else "paragraph"
