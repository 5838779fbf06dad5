"""The window of an envelope, in which nothing but the address may be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docgen.document import Paper
from docgen.frozen import NamedTuple
from docgen.problem import Mark, stop
from docgen.write.pdf.page import MM, Image, Item, Text
from docgen.write.pdf.strips import Setting

LOOSE = 1.5  # millimetres by which type may reach into what shows at one position only: its letters end above


class Box(NamedTuple):
    """An area of a page, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether it has something in common with the *other*."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def check(letterhead: Sequence[Item], address: Sequence[Item], paper: Paper, setting: Setting) -> None:
    """Raise Problems if the *letterhead* reaches into the window of *paper*, or the *address* into the text."""
    window = Box(
        paper.window_left * MM,
        min((box.top for box in _boxes(address, setting)), default=paper.window_top * MM),
        (paper.window_left + paper.window_width) * MM,
        (paper.window_top + paper.window_height) * MM,
    )
    reach = paper.reach
    if reach:
        right, bottom = reach.left + reach.width, reach.top + reach.height
        window = Box(reach.left * MM, min((reach.top + LOOSE) * MM, window.top), right * MM, bottom * MM)
    below = [box.bottom for box in _boxes(letterhead, setting) if box.meets(window)]
    if below:
        millimetres = (max(below) - window.top) / MM
        raise stop(
            f"the letterhead reaches {millimetres:.0f} mm into the window for the address, which begins"
            f" {window.top / MM:.0f} mm below the upper edge; make it smaller, move it to the right, or say less in it",
            Mark(setting.look.name),
        )
    end = max((box.bottom for box in _boxes(address, setting)), default=0) / MM
    spilt = end - paper.window_top - paper.window_height
    if spilt > paper.below:
        message = f"the address ends {spilt:.0f} mm below the window of {paper.window_height:g} mm, in the text"
        raise stop(f"{message}; shorten its longest lines, or leave one out", Mark("address"))


def _boxes(items: Iterable[Item], setting: Setting) -> Iterator[Box]:
    """Yield the areas of *items*; a picture that fills the page is its background."""
    for item in items:
        if isinstance(item, Image):
            if item.height < setting.look.height / 2:
                yield Box(item.x, item.y, item.x + item.width, item.y + item.height)
        elif isinstance(item, Text) and item.text:
            above, below = setting.fonts.extent(item.ink)
            width = setting.fonts.width(item.text, item.ink)
            yield Box(item.x, item.y - above, item.x + width, item.y + below)
