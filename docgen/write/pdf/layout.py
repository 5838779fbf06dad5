"""Laying out a document: blocks become strips, strips fill pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docgen.document import Address, Block, Break, Document, Paper, Paragraph, Role
from docgen.look import Look
from docgen.problem import Mark, stop
from docgen.write.pdf.blocks import MM, Flow, heading_tag
from docgen.write.pdf.lines import Fonts, Glyphs, ink
from docgen.write.pdf.page import Font, Item, Node, Page, Rule, Text
from docgen.write.pdf.strips import Frame, Setting, Strip, height, stacked

BELOW_LETTERHEAD = 10 * MM
FOLD = Rule(x=3.5 * MM, y=0, length=2.5 * MM, width=0.25, color="#595959")
FOOT_GAP = 5 * MM
TOLERANCE = 0.1
LEAST_SENDER = 6.5  # points; a smaller return address takes two lines
SOLID = 0.95  # of its leading, the largest an address is set in


@dataclass(frozen=True, slots=True)
class Section:
    """What begins on a page of its own; *letterhead* says whether that page has one."""

    address: Address | None
    blocks: tuple[Block, ...]
    letterhead: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """What a section's first page begins with, and where the text below it starts."""

    items: tuple[Item, ...]
    start: float


def pages(document: Document, look: Look, glyphs: Mapping[Font, Glyphs]) -> tuple[Page, ...]:
    """Return the pages of *document*; *glyphs* are the metrics of the fonts of *look*."""
    setting = _setting(document, look, Fonts(glyphs))
    root = Node("Document")
    heading = heading_tag(document.blocks)
    filled: list[list[Item]] = []
    for section in sections(document.blocks):
        opening = _opening(section, document, root, setting)
        flow = Flow(setting, root, heading)
        for block in section.blocks:
            flow.add(block)
        filled += _fill(flow.strips, opening, look.top, look.top + setting.limit)
    if any(isinstance(block, Address) for block in document.blocks):
        filled[0] += [replace(FOLD, y=fold * MM) for fold in document.paper.folds]
    return tuple(
        Page(
            document.paper.width * MM,
            document.paper.height * MM,
            (*items, *_foot(document, number, len(filled), setting)),
        )
        for number, items in enumerate(filled, start=1)
    )


def sections(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """Return *blocks* divided where a page begins: at breaks and at addresses.

    A mark before an address, such as COPY, stands below the window.
    """
    found: list[tuple[Address | None, list[Block]]] = [(None, [])]
    for block in blocks:
        address, current = found[-1]
        if isinstance(block, Break):
            found.append((None, []))
        elif not isinstance(block, Address):
            current.append(block)
        elif address is None and all(isinstance(b, Paragraph) and b.role is Role.MARK for b in current):
            found[-1] = (block, current)
        else:
            found.append((block, []))
    return tuple(
        Section(address, tuple(current), letterhead=number == 0 or address is not None)
        for number, (address, current) in enumerate(found)
    )


def _setting(document: Document, look: Look, fonts: Fonts) -> Setting:
    """Return what *document* is set with: the width of the text is the house's, whatever the paper."""
    limit = document.paper.height * MM - look.top - look.bottom
    return Setting(look, fonts, Frame(look.left, look.measure), limit)


def _opening(section: Section, document: Document, root: Node, setting: Setting) -> Opening:
    """Return letterhead and address of *section*."""
    if not section.letterhead:
        return Opening((), setting.look.top)
    letterhead = _letterhead(document, root, setting)
    head = max(setting.look.header, document.paper.sender.top * MM if document.paper.sender else 0)
    items = _lowered(letterhead, head)
    if section.address is None:
        start = head + letterhead.height + BELOW_LETTERHEAD
        return Opening(items, max(start, setting.look.top))
    start = (document.paper.window_top + document.paper.window_height + document.paper.below) * MM
    return Opening((*items, *_address(section.address, document, root, setting)), start)


def _letterhead(document: Document, root: Node, setting: Setting) -> Strip:
    """Return the lines of the letterhead, the sender's name first."""
    strips: list[Strip] = []
    for number, line in enumerate(document.letterhead):
        strips += setting.plain(line, "Letterhead" if number else "Letterhead Name", Node("P", root))
    return stacked(strips)


def _address(address: Address, document: Document, root: Node, setting: Setting) -> tuple[Item, ...]:
    """Return *address* in the window, with service and sender above it."""
    paper = document.paper
    left = max(setting.look.left, paper.window_left * MM)
    frame = Frame(left, (paper.window_left + paper.window_width) * MM - left)
    above = setting.plain(address.service, "Service", Node("P", root), frame) if address.service else []
    above += _sender(address.sender, frame, setting, Node("P", root)) if address.sender else []
    over = max(height(above) - paper.above * MM, 0) if paper.above else 0
    lines = _lines(address, paper, frame, setting, Node("P", root), paper.window_height * MM - over)
    top = paper.window_top * MM + over
    return (*_lowered(stacked(above), top - height(above)), *_lowered(stacked(lines), top))


def _sender(text: str, frame: Frame, setting: Setting, node: Node) -> list[Strip]:
    """Return the return address *text*, small enough for one line where that can be read."""
    style = setting.style("Return Address")
    width = setting.fonts.width(text, ink(style))
    size = max(min(style.size, style.size * frame.width / width), LEAST_SENDER) if width else style.size
    return setting.set(text, replace(style, size=size), node, frame)


def _lines(address: Address, paper: Paper, frame: Frame, setting: Setting, node: Node, room: float) -> list[Strip]:
    """Return the lines of *address* as close as the window asks; raises Problems if they do not fit it so either."""
    text, style = "\n".join(address.lines), setting.style("Address")
    found = setting.set(text, style, node, frame)
    if height(found) <= room + TOLERANCE:
        return found
    leading = min(style.leading, max(paper.least_leading * MM, room / len(found)))
    found = setting.set(text, replace(style, leading=leading, size=min(style.size, leading * SOLID)), node, frame)
    if height(found) > room + TOLERANCE:
        fit = f"the window of the envelope {paper.envelope} shows {paper.address_lines}"
        raise stop(f"the address takes {len(found)} lines, and {fit}; shorten the longest line", Mark(address.lines[0]))
    return found


def _lowered(strip: Strip, by: float) -> tuple[Item, ...]:
    """Return the items of *strip*, put *by* below the top of the page."""
    return tuple(item.lowered(by) for item in strip.items)


def _fill(strips: Sequence[Strip], opening: Opening, top: float, bottom: float) -> list[list[Item]]:
    """Return the pages that *strips* fill between *top* and *bottom*, the first of them below its *opening*."""
    filled: list[list[Item]] = [list(opening.items)]
    y = start = opening.start
    for group in _groups(strips, bottom - top):
        if y > start and y + _needed(group) > bottom:
            filled.append([])
            y = start = top
            for strip in group[0].head:
                filled[-1] += _lowered(strip, y)
                y += strip.height + strip.after
        for strip in group:
            y += strip.before if y > start else 0
            filled[-1] += _lowered(strip, y)
            y += strip.height + strip.after
    return filled


def _needed(group: Sequence[Strip]) -> float:
    """Return the height of *group*, with the room above but not below it."""
    return height(group) - group[-1].after


def _groups(strips: Sequence[Strip], limit: float) -> Iterator[list[Strip]]:
    """Yield *strips* in groups that stay on one page; one that is higher than *limit* falls apart."""
    group: list[Strip] = []
    for number, strip in enumerate(strips, start=1):
        group.append(strip)
        if not strip.bound or number == len(strips):
            yield from [group] if _needed(group) <= limit else [[single] for single in group]
            group = []


def _foot(document: Document, number: int, count: int, setting: Setting) -> Iterator[Item]:
    """Yield the foot of page *number* of *count*; its last line ends at the footer's distance from the edge."""
    style = setting.style("Footer")
    page_of = document.page_of.replace("{pages}", str(count)).replace("{page}", str(number))
    width = setting.fonts.width(page_of, ink(style))
    frame = setting.frame
    lines = setting.plain(document.footer, "Footer", None, frame.inset(0, width + FOOT_GAP))
    top = document.paper.height * MM - setting.look.footer - height(lines)
    yield from _lowered(stacked(lines), top)
    y = top + height(lines[:-1]) + setting.fonts.baseline(ink(style), style.leading)
    yield Text(frame.x + frame.width - width, y, page_of, ink(style), None)
