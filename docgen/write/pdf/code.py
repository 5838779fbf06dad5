"""Setting a code for a camera or a scanner to read, at the right edge of the text."""

from __future__ import annotations

from dataclasses import replace

from docgen.document import Code
from docgen.write.pdf.page import MM, Modules, Node
from docgen.write.pdf.strips import Setting, Strip

LABEL = "Fact Label"


def dark(block: Code) -> float:
    """Return how wide the dark part of *block* is."""
    return block.width * MM * len(block.rows[0]) / block.across


def margin(block: Code) -> float:
    """Return how wide the light margin of *block* is."""
    return block.width * MM * block.margin / block.across


def code(block: Code, root: Node, setting: Setting) -> list[Strip]:
    """Return *block* with its label, if it has one, below; its dark part ends with the text, its margin after it."""
    figure = Node("Figure", root, alt=block.alt)
    x = setting.frame.x + setting.frame.width - dark(block)
    across, down = block.width * MM / block.across, block.height * MM / block.down
    strip = Strip(block.height * MM, (Modules(x, block.above * down, across, down, block.rows, figure),))
    if not block.label:
        return [strip]
    style = replace(setting.style(LABEL), align="right")
    return [strip, *setting.plain(block.label, style, Node("P", root))]
