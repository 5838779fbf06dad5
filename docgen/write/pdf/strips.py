"""Strips: the pieces that pages are filled with, as high as a line of text or a row of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from itertools import zip_longest

from docgen.frozen import NamedTuple, dataclass
from docgen.look import Look
from docgen.look.style import Style
from docgen.write.pdf.lines import Fonts, Line, Span, ink, lines
from docgen.write.pdf.page import Ink, Item, Link, Node, Rule, Text

SLACK = {"right": 1.0, "center": 0.5}  # the share of what is left of a line that stands before it


class Strip(NamedTuple):
    """What is printed across the page at one height; no page breaks inside it.

    The y of *items* counts from the strip's top. *before* falls away at the top of a page. A *bound* strip stays
    on the page of the next one. *head* is repeated above a strip that opens a page.
    """

    height: float
    items: tuple[Item, ...] = ()
    before: float = 0
    after: float = 0
    bound: bool = False
    head: tuple[Strip, ...] = ()


class Frame(NamedTuple):
    """The room for a paragraph: where its left edge is and how wide it is."""

    x: float
    width: float

    def inset(self, left: float, right: float) -> Frame:
        """Return the room inside indents."""
        return Frame(self.x + left, self.width - left - right)


class Manner(NamedTuple):
    """How text of a *style* is set: its *ink*, how far below the top of a line its *baseline* is, and its *slack*."""

    style: Style
    ink: Ink
    baseline: float
    slack: float


def manner(style: Style, fonts: Fonts) -> Manner:
    """Return how text of *style* is set in *fonts*."""
    color = ink(style)
    return Manner(style, color, fonts.baseline(color, style.leading), SLACK.get(style.align, 0.0))


def paragraph(
    text: tuple[Span, ...], manner: Manner, node: Node | None, frame: Frame, fonts: Fonts, *, first: float = 0
) -> list[Strip]:
    """Return *text* as a paragraph set in this *manner* in *frame*, a strip a line; *first* is taken of the first."""
    style, slack = manner.style, manner.slack
    left, width = frame.x + style.left, frame.width - style.left - style.right
    first = max(style.first, first)
    found = lines(text, width, fonts, first)
    if len(found) == 1 and style.border_bottom is None:  # as most are
        x = left + first + slack * (width - first - found[0].width)
        items = _line(found[0], manner, node, x)
        return [Strip(style.leading, items, style.before, style.after, style.keep_next)]
    strips, before, last = [], style.before, found[-1]
    for bound, line in zip(_bound(len(found), style), found, strict=True):
        x = left + first + slack * (width - first - line.width)
        after = style.after if line is last else 0
        strips.append(Strip(style.leading, _line(line, manner, node, x), before, after, bound))
        before = first = 0
    if style.border_bottom is not None:
        rule = Rule(left, style.leading, width, style.border_bottom.width, style.border_bottom.color)
        strips[-1] = strips[-1]._replace(items=(*strips[-1].items, rule))
    return strips


def _bound(count: int, style: Style) -> list[bool]:
    """Return which of a paragraph's *count* lines stay with the next, so that none is left alone on a page."""
    bound = [style.keep_lines] * count
    if count > 1:
        bound[0] = bound[-2] = True
    bound[-1] = style.keep_next
    return bound


def _line(line: Line, manner: Manner, node: Node | None, x: float) -> tuple[Item, ...]:
    """Return the texts of *line*, side by side from *x* on."""
    items: list[Item] = []
    y = manner.baseline
    for text, colored, link, start, width in line.texts:
        if link and node is not None:
            part = Node("Link", node)
            items.append(Text(x + start, y, text, colored, part))
            items.append(Link(x + start, 0, width, manner.style.leading, part, link))
        else:
            items.append(Text(x + start, y, text, colored, node))
    return tuple(items) or (Text(x, y, "", manner.ink, node),)


def spaced(strips: list[Strip], before: float, after: float) -> list[Strip]:
    """Return *strips* with room around them."""
    strips[0] = strips[0]._replace(before=before)
    strips[-1] = strips[-1]._replace(after=after)
    return strips


@dataclass(frozen=True, slots=True)
class Setting:
    """What blocks are set with: looks, fonts, the room between the margins, and the height of a page's text.

    *goals* are the ids of the clauses that references can lead to, *manners* those of the styles used so far.
    """

    look: Look
    fonts: Fonts
    frame: Frame
    limit: float
    goals: frozenset[str]
    manners: dict[str, Manner] = field(default_factory=dict)

    def style(self, name: str) -> Style:
        """Return the style called *name*."""
        return self.look.styles[name]

    def manner(self, name: str) -> Manner:
        """Return how text of the style called *name* is set."""
        found = self.manners.get(name)
        if found is None:
            found = self.manners[name] = manner(self.look.styles[name], self.fonts)
        return found

    def plain(self, text: str, style: str | Style, node: Node | None, frame: Frame | None = None) -> list[Strip]:
        """Return *text* as a paragraph of *style*, between the margins if no *frame* is given."""
        found = self.manner(style) if isinstance(style, str) else manner(style, self.fonts)
        return paragraph((Span(text, found.ink),), found, node, frame or self.frame, self.fonts)

    def hung(self, text: tuple[Span, ...], style: str, sign: str, label: Node, body: Node) -> list[Strip]:
        """Return *text* as a paragraph of *style* with *sign*, its number or bullet, hanging on its left."""
        look, color, y, _ = found = self.manner(style)
        start = min(look.first, 0)
        taken = self.fonts.width(sign, color) + 2 * self.fonts.space(color) + start
        first, *others = paragraph(text, found, body, self.frame, self.fonts, first=max(taken, 0))
        hanging = Text(self.frame.x + look.left + start, y, sign, color, label)
        return [first._replace(items=(hanging, *first.items)), *others]


def height(strips: Iterable[Strip]) -> float:
    """Return the height of *strips* on top of each other, with the room around them."""
    return sum([strip.before + strip.height + strip.after for strip in strips])


def stacked(strips: Sequence[Strip]) -> Strip:
    """Return *strips* on top of each other as one."""
    items: list[Item] = []
    y = 0.0
    for height, found, before, after, _, _ in strips:
        y += before
        items += [item.lowered(y) for item in found] if y else found
        y += height + after
    return Strip(y, tuple(items))


def abreast(stacks: Sequence[Sequence[Strip]], limit: float, head: tuple[Strip, ...] = ()) -> list[Strip]:
    """Return *stacks* side by side in one strip with this *head*, or in several if it would be higher than *limit*."""
    whole = _merged([stacked(stack) for stack in stacks], head)
    if whole.height <= limit:
        return [whole]
    layers = zip_longest(*stacks, fillvalue=Strip(0))
    return [_merged([stacked([strip]) for strip in layer], head) for layer in layers]


def _merged(strips: Sequence[Strip], head: tuple[Strip, ...]) -> Strip:
    """Return *strips* side by side as one with this *head*."""
    items = tuple([item for strip in strips for item in strip.items])
    return Strip(max([strip.height for strip in strips]), items, head=head)


def bind(strips: list[Strip], count: int) -> None:
    """Keep the last *count* of *strips* on the page of what follows."""
    for index in range(max(0, len(strips) - count), len(strips)):
        if not strips[index].bound:
            strips[index] = strips[index]._replace(bound=True)
