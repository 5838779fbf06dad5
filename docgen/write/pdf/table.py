"""Setting tables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from docgen.document import Align, Table, Total
from docgen.look.style import Line
from docgen.write.pdf.lines import ink
from docgen.write.pdf.page import Node, Rule, Text
from docgen.write.pdf.strips import Frame, Setting, Strip, abreast, bind

GAP = 4.0  # points left and right of a cell's text, where house.docx leaves none
AFTER = 12.0
STYLES = {Align.LEFT: "Table Cell", Align.RIGHT: "Table Number"}
HEAD_STYLES = {Align.LEFT: "Table Head", Align.RIGHT: "Table Head Number"}


def table(block: Table, root: Node, setting: Setting) -> list[Strip]:
    """Return *block* with its head repeated on each page, and its totals on the page of the last row."""
    node = Node("Table", root, summary=block.caption)
    frames = _frames(block, setting)
    rules = setting.look.table
    head = [_ruled(strip, rules.head, setting) for strip in _head(block, Node("THead", node), frames, setting)]
    repeated = tuple(_as_furniture(strip) for strip in head)
    body = Node("TBody", node)
    strips = [strip._replace(bound=True) for strip in head]
    for number, row in enumerate(block.rows):
        strips += _row(block, row, body, frames, setting, repeated if number else ())
    strips[-1] = _ruled(strips[-1], rules.foot, setting)
    if block.totals:
        bind(strips, 1)
        for total in block.totals:
            strips += [strip._replace(bound=True) for strip in _total(total, body, frames, setting)]
    strips[-1] = strips[-1]._replace(bound=False, after=AFTER)
    return strips


def _frames(block: Table, setting: Setting) -> list[Frame]:
    """Return the room for the text of each column; the outer edges are those of the text."""
    whole = sum(column.share for column in block.columns)
    widths = [column.share / whole * setting.frame.width for column in block.columns]
    starts = [setting.frame.x, *(setting.frame.x + width for width in accumulate(widths))]
    padding = _padding(setting)
    last = len(widths) - 1
    return [
        Frame(x, width).inset(padding if index else 0, padding if index < last else 0)
        for index, (x, width) in enumerate(zip(starts, widths, strict=False))
    ]


def _head(block: Table, parent: Node, frames: Sequence[Frame], setting: Setting) -> list[Strip]:
    """Return the row of the columns' heads."""
    row = Node("TR", parent)
    cells = zip(block.columns, frames, strict=True)
    return abreast(
        [
            setting.plain(column.head, HEAD_STYLES[column.align], Node("TH", row, scope="Column"), frame)
            for column, frame in cells
        ],
        setting.limit,
    )


def _row(
    block: Table, row: Sequence[str], body: Node, frames: Sequence[Frame], setting: Setting, head: tuple[Strip, ...]
) -> list[Strip]:
    """Return a *row* of *block*, above which *head* is repeated where it opens a page."""
    node = Node("TR", body)
    cells = zip(row, block.columns, frames, strict=True)
    return abreast(
        [setting.plain(text, STYLES[column.align], Node("TD", node), frame) for text, column, frame in cells],
        setting.limit,
        head,
    )


def _total(total: Total, body: Node, frames: Sequence[Frame], setting: Setting) -> list[Strip]:
    """Return the row of *total*: its label across all columns but the last, its amount below that one."""
    node = Node("TR", body)
    style = "Table Total Strong" if total.strong else "Table Total"
    label, amount = _total_frames(total, f"{style} Number", frames, setting)
    strips = abreast(
        [
            setting.plain(total.label, style, Node("TH", node, scope="Row", span=max(1, len(frames) - 1)), label),
            setting.plain(total.amount, f"{style} Number", Node("TD", node), amount),
        ],
        setting.limit,
    )
    if total.strong:
        line = setting.look.table.head
        rule = Rule(setting.frame.x, 0, setting.frame.width, line.width, line.color)
        strips[0] = strips[0]._replace(items=(*strips[0].items, rule))
    return strips


def _total_frames(total: Total, style: str, frames: Sequence[Frame], setting: Setting) -> tuple[Frame, Frame]:
    """Return the room for the label of *total* and for its amount, which takes from the label's what it needs."""
    whole, last = setting.frame, frames[-1]
    needed = setting.fonts.width(total.amount, ink(setting.style(style)))
    width = min(max(last.width, needed), whole.width / 2)
    return Frame(whole.x, whole.width - width - 2 * _padding(setting)), Frame(last.x + last.width - width, width)


def _padding(setting: Setting) -> float:
    """Return the room left and right of a cell's text."""
    return setting.look.table.padding or GAP


def _ruled(strip: Strip, line: Line, setting: Setting) -> Strip:
    """Return *strip* with a rule along its lower edge."""
    rule = Rule(setting.frame.x, strip.height, setting.frame.width, line.width, line.color)
    return strip._replace(items=(*strip.items, rule))


def _as_furniture(strip: Strip) -> Strip:
    """Return *strip* as it is repeated: read once, it is not read again."""
    return strip._replace(
        items=tuple(item._replace(node=None) if isinstance(item, Text) else item for item in strip.items)
    )
