"""Laying out a document: blocks become strips, strips fill pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from docgen.document import Address, Block, Break, Clause, Document, Paper, Paragraph, Role
from docgen.frozen import dataclass
from docgen.look import Look
from docgen.problem import Mark, stop
from docgen.write.pdf import stationery, window
from docgen.write.pdf.blocks import Flow, heading_tag
from docgen.write.pdf.lines import Fonts, ink
from docgen.write.pdf.page import MM, Item, Node, Page, Rule
from docgen.write.pdf.stationery import Put, Sheet
from docgen.write.pdf.strips import Frame, Setting, Strip, height, stacked

BELOW_LETTERHEAD = 10 * MM
FOLD = Rule(x=3.5 * MM, y=0, length=2.5 * MM, width=0.25, color="#595959")
HOLE = FOLD._replace(length=4 * MM)
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
    """What a page begins with, and where the text below it starts and ends."""

    items: tuple[Item, ...]
    start: float
    end: float


def pages(document: Document, look: Look, fonts: Fonts) -> tuple[Page, ...]:
    """Return the pages of *document*, set in the *fonts* of *look*."""
    setting = _setting(document, look, fonts)
    feet = Feet(document, setting)
    following = _following(document, setting, feet[False, 1, 1].top)
    setting = replace(setting, limit=following.end - following.start)
    root = Node("Document")
    heading = heading_tag(document.blocks)
    filled: list[Filled] = []
    parts = sections(document.blocks)
    for section in parts:
        opening = following
        if section.letterhead:
            opening = _opening(section, document, root, setting, feet[True, 1, 1].top)
        clauses = any(isinstance(block, Clause) and block.level == 1 for block in section.blocks)
        flow = Flow(setting, root, heading, clauses=clauses)
        for block in section.blocks:
            flow.add(block)
        if section is parts[-1]:
            flow.end()
        found = _fill(flow.strips, opening, following)
        filled += [Filled(items, first=section.letterhead and not number) for number, items in enumerate(found)]
    if any(isinstance(block, Address) for block in document.blocks):
        filled[0].items.extend(_marks(document.paper))
    return tuple(
        Page(
            document.paper.width * MM,
            document.paper.height * MM,
            (*page.items, *feet[page.first, number, len(filled)].items),
        )
        for number, page in enumerate(filled, start=1)
    )


class Feet(dict[tuple[bool, int, int], Put]):
    """The feet of pages, each set once: by whether a page is the first of a letter, its number, and how many there are.

    They end at the footer's distance from the edge.
    """

    def __init__(self, document: Document, setting: Setting) -> None:
        """Set the feet of *document*."""
        super().__init__()
        self._document = document
        self._sheet = _sheet(document, setting)
        self._alike = setting.look.stationery.first_footer == setting.look.stationery.footer

    def __missing__(self, key: tuple[bool, int, int]) -> Put:
        """Return the foot of the page that *key* says."""
        first, number, count = key
        if first and self._alike:
            return self[False, number, count]
        look = self._sheet.setting.look
        footer = look.stationery.first_footer if first else look.stationery.footer
        passages = footer.filled(self._document, number, count)
        found = self[key] = stationery.above(passages, self._sheet.height - look.footer, self._sheet)
        return found


def _marks(paper: Paper) -> list[Rule]:
    """Return the marks at the edge of *paper*: where it is folded, and a longer one where it is punched."""
    places = [(fold, FOLD) for fold in paper.folds if fold != paper.hole]
    places += [(paper.hole, HOLE)] if paper.hole else []
    return [mark.lowered(place * MM) for place, mark in sorted(places, key=lambda found: found[0])]


@dataclass(frozen=True, slots=True)
class Filled:
    """What is on a page, and whether it is the *first* of a letter."""

    items: list[Item]
    first: bool


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
    goals = frozenset(block.id for block in document.blocks if isinstance(block, Clause))
    return Setting(look, fonts, Frame(look.left, look.measure), 0, goals)


def _sheet(document: Document, setting: Setting, root: Node | None = None) -> Sheet:
    """Return the sheet that headers and footers of *document* are put on, as part of *root* if they are read."""
    return Sheet(document.paper.width * MM, document.paper.height * MM, setting, root, document.author)


def _opening(section: Section, document: Document, root: Node, setting: Setting, foot: float) -> Opening:
    """Return letterhead and address of *section*; the *foot* of its page begins where it says."""
    look, paper = setting.look, document.paper
    passages = look.stationery.first_header.filled(document)
    head = max(look.header, paper.sender.top * MM) if paper.sender else look.header
    letterhead = stationery.put(passages, head, _sheet(document, setting, root))
    end = min(paper.height * MM - look.bottom, foot)
    if section.address is None:
        return Opening(letterhead.items, max(letterhead.bottom, look.top) + BELOW_LETTERHEAD, end)
    start = (paper.window_top + paper.window_height + paper.below) * MM
    address = _address(section.address, document, root, setting)
    window.check(letterhead.items, address, paper, setting)
    return Opening((*letterhead.items, *address), start, end)


def _following(document: Document, setting: Setting, foot: float) -> Opening:
    """Return what a page that goes on begins with, which is read on none; its *foot* begins where it says."""
    look = setting.look
    head = stationery.put(look.stationery.header.filled(document), look.header, _sheet(document, setting))
    start = max(head.bottom if head.items else 0, look.top)
    return Opening(head.items, start, min(document.paper.height * MM - look.bottom, foot))


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
    return setting.plain(text, replace(style, size=size), node, frame)


def _lines(address: Address, paper: Paper, frame: Frame, setting: Setting, node: Node, room: float) -> list[Strip]:
    """Return the lines of *address* as close as the window asks; raises Problems if they do not fit it so either."""
    text, style = "\n".join(address.lines), setting.style("Address")
    found = setting.plain(text, style, node, frame)
    if height(found) <= room + TOLERANCE:
        return found
    leading = min(style.leading, max(paper.least_leading * MM, room / len(found)))
    found = setting.plain(text, replace(style, leading=leading, size=min(style.size, leading * SOLID)), node, frame)
    if height(found) > room + TOLERANCE:
        fit = f"the window of the envelope {paper.envelope} shows {paper.address_lines}"
        raise stop(f"the address takes {len(found)} lines, and {fit}; shorten the longest line", Mark(address.lines[0]))
    return found


def _lowered(strip: Strip, by: float) -> tuple[Item, ...]:
    """Return the items of *strip*, put *by* below the top of the page."""
    return tuple([item.lowered(by) for item in strip.items])


def _fill(strips: Sequence[Strip], opening: Opening, following: Opening) -> list[list[Item]]:
    """Return the pages that *strips* fill, the first of them below its *opening* and the others as *following*."""
    filled: list[list[Item]] = [list(opening.items)]
    y, bottom = opening.start, opening.end
    start = y
    for group in _groups(strips, following.end - following.start):
        if y > start and y + _needed(group) > bottom:
            filled.append(list(following.items))
            y = start = following.start
            bottom = following.end
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
