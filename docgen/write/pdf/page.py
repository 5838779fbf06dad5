"""A laid-out page: what is printed where, and which place in the document's structure it has.

Lengths are points; x runs from the left edge of the paper, y from the top edge down. A page holds hundreds of these
values and each is moved to its place once or twice, so what is made most often is a plain tuple.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Self, TypeAlias

from docgen.frozen import NamedTuple, dataclass
from docgen.look.fonts import Face
from docgen.look.picture import Picture

MM = 72 / 25.4  # points

Font: TypeAlias = tuple[str, Face]
Box: TypeAlias = tuple[float, float, float, float]  # left, lower, right and upper edge; y runs up, as in a file


@dataclass(slots=True, eq=False)
class Node:
    """An element of the structure tree; its children are those that name it, in the order of the pages.

    *tag* is a standard structure type of PDF 1.7, the rest its attributes there; *alt* stands for what has no text.
    *anchor* is the id of the clause that begins with it, *entry* the line that leads to it in the document's outline.
    """

    tag: str
    parent: Node | None = None
    scope: str = ""
    span: int = 1
    summary: str = ""
    numbering: str = ""
    alt: str = ""
    anchor: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """What text is set in."""

    font: Font
    size: float
    color: str


class Text(NamedTuple):
    """A stretch of text on its baseline; without *node* it is furniture of the page, such as a footer.

    Empty text holds the place of its node, as an empty cell does.
    """

    x: float
    y: float
    text: str
    ink: Ink
    node: Node | None

    def lowered(self, by: float) -> Text:
        """Return the same text *by* further down."""
        x, y, text, ink, node = self
        return tuple.__new__(Text, (x, y + by, text, ink, node))  # as its own way takes twice as long


class Rule(NamedTuple):
    """A horizontal line; always furniture."""

    x: float
    y: float
    length: float
    width: float
    color: str

    def lowered(self, by: float) -> Rule:
        """Return the same rule *by* further down."""
        x, y, length, width, color = self
        return Rule(x, y + by, length, width, color)


class Image(NamedTuple):
    """A picture, its upper left corner at x and y; without *node* it is furniture."""

    x: float
    y: float
    width: float
    height: float
    picture: Picture
    node: Node | None

    def lowered(self, by: float) -> Image:
        """Return the same picture *by* further down."""
        return self._replace(y=self.y + by)


class Modules(NamedTuple):
    """Rows of modules, each *across* wide and *down* high, and dark where its row says so."""

    x: float
    y: float
    across: float
    down: float
    rows: tuple[tuple[bool, ...], ...]
    node: Node | None

    def lowered(self, by: float) -> Modules:
        """Return the same modules *by* further down."""
        return self._replace(y=self.y + by)


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """A rectangle that does something, and its element in the structure tree."""

    x: float
    y: float
    width: float
    height: float
    node: Node

    def lowered(self, by: float) -> Self:
        """Return the same area *by* further down."""
        return replace(self, y=self.y + by)


@dataclass(frozen=True, slots=True, eq=False)
class Link(Area):
    """What leads to the clause whose id is *clause*."""

    clause: str


@dataclass(frozen=True, slots=True, eq=False)
class Field(Area):
    """Room for a signature on the screen; *name* says whose."""

    name: str


Item: TypeAlias = Text | Rule | Modules | Image | Area


@dataclass(frozen=True, slots=True)
class Page:
    """A page and all that is printed on it, in reading order."""

    width: float
    height: float
    items: tuple[Item, ...]

    def boxes(self) -> Iterator[tuple[Node, Box]]:
        """Yield what is drawn and not written, with the room it takes."""
        for item in self.items:
            if isinstance(item, Modules) and item.node:
                y = self.height - item.y
                yield item.node, (item.x, y - item.down * len(item.rows), item.x + item.across * len(item.rows[0]), y)
            elif isinstance(item, Image) and item.node:
                y = self.height - item.y
                yield item.node, (item.x, y - item.height, item.x + item.width, y)
