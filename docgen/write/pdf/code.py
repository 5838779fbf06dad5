"""Setting a code for a camera to read, at the right edge of the text."""

from __future__ import annotations

from dataclasses import replace

from docgen.document import Code
from docgen.write.pdf.page import Modules, Node
from docgen.write.pdf.strips import Setting, Strip

SIDE = 30 * 72 / 25.4  # with its light margin
LABEL = "Fact Label"


def dark(block: Code) -> float:
    """Return how wide the dark part of *block* is."""
    return SIDE * len(block.rows) / block.across


def margin(block: Code) -> float:
    """Return how wide the light margin of *block* is."""
    return SIDE * block.margin / block.across


def code(block: Code, root: Node, setting: Setting) -> list[Strip]:
    """Return *block* with its label below; its dark part ends with the text, its margin after it."""
    figure = Node("Figure", root, alt=block.alt)
    x = setting.frame.x + setting.frame.width - dark(block)
    drawn = Modules(x, margin(block), SIDE / block.across, block.rows, figure)
    style = replace(setting.style(LABEL), align="right")
    return [Strip(SIDE, (drawn,)), *setting.plain(block.label, style, Node("P", root))]
