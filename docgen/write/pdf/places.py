"""Where in a document one can go: the places of its clauses and headlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.frozen import NamedTuple
from docgen.write.pdf.objects import File, number, string
from docgen.write.pdf.page import Node, Page, Text


class Place(NamedTuple):
    """A page, counted from 0, and a height on it in points above its lower edge."""

    page: int
    top: float

    def destination(self, sheets: Sequence[int]) -> str:
        """Return the place as a destination in a file with the pages *sheets*; its size is left to the reader."""
        return f"[{sheets[self.page]} 0 R/XYZ 0 {number(self.top)} 0]"


def places(pages: Sequence[Page]) -> dict[Node, Place]:
    """Return the upper edges of the nodes on *pages* that one can go to."""
    found: dict[Node, Place] = {}
    for count, page in enumerate(pages):
        for item in page.items:
            if isinstance(item, Text) and item.node and (item.node.anchor or item.node.entry):
                found.setdefault(item.node, Place(count, page.height - item.y + item.ink.size))
    return found


def outline(file: File, sheets: Sequence[int], places: Mapping[Node, Place], elements: Mapping[Node, int]) -> str:
    """Return the catalog's entry for the outline of *file*, whose structure has *elements*; empty if it has none."""
    entries = [node for node in places if node.entry]
    if not entries:
        return ""
    root = file.reserve()
    numbers = [file.reserve() for _ in entries]
    for at, (own, node) in enumerate(zip(numbers, entries, strict=True)):
        before = f"/Prev {numbers[at - 1]} 0 R" if at else ""
        after = f"/Next {numbers[at + 1]} 0 R" if own != numbers[-1] else ""
        goal = f"/Dest{places[node].destination(sheets)}/SE {elements[node]} 0 R"
        file.put(own, f"<</Title{string(node.entry)}/Parent {root} 0 R{before}{after}{goal}>>")
    file.put(root, f"<</Type/Outlines/First {numbers[0]} 0 R/Last {numbers[-1]} 0 R/Count {len(numbers)}>>")
    return f"/Outlines {root} 0 R"
