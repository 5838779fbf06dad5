"""Where in a document one can go: the places of its clauses and headlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pikepdf import Array, Name, Object, OutlineItem, Pdf

from docgen.write.pdf.page import Node, Page, Text


class Place(NamedTuple):
    """A page, counted from 0, and a height on it in points above its lower edge."""

    page: int
    top: float

    def destination(self, pdf: Pdf) -> Array:
        """Return the place as a destination in *pdf*; how large it is shown is left to the reader."""
        return Array([pdf.pages[self.page].obj, Name.XYZ, 0, round(self.top, 2), 0])


def anchors(pages: Sequence[Page]) -> dict[str, Place]:
    """Return the places of clauses by their ids."""
    found: dict[str, Place] = {}
    for node, place in _nodes(pages):
        if node.anchor:
            found.setdefault(node.anchor, place)
    return found


def outline(pdf: Pdf, pages: Sequence[Page], elements: dict[Node, Object]) -> None:
    """Add to *pdf* the outline of its *pages*, if it has any; *elements* is its structure tree."""
    places: dict[Node, Place] = {}
    for node, place in _nodes(pages):
        if node.entry:
            places.setdefault(node, place)
    if places:
        with pdf.open_outline() as found:
            for node, place in places.items():
                goal = place.destination(pdf)
                found.root.append(OutlineItem(node.entry, goal, structure_element=elements[node]))


def _nodes(pages: Sequence[Page]) -> Iterator[tuple[Node, Place]]:
    """Yield the node of each text on *pages*, and the upper edge of that text."""
    for number, page in enumerate(pages):
        for item in page.items:
            if isinstance(item, Text) and item.node is not None:
                yield item.node, Place(number, page.height - item.y + item.ink.size)
