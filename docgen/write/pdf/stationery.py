"""Setting headers and footers: paragraphs with tabs and pictures, and pictures that stand anywhere on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docgen.frozen import dataclass
from docgen.look.stationery import Drawing, Form, Offset, Passage, Stop, Tab, Words
from docgen.look.style import Style
from docgen.write.pdf.lines import Line, Span, ink, lines
from docgen.write.pdf.page import Image, Item, Node, Text
from docgen.write.pdf.strips import Frame, Setting, Strip, manner, paragraph, spaced

USUAL_STOP = 36.0  # points from one tab stop to the next where a paragraph has none of its own
ASIDE = 9.0  # points between a picture and text that keeps away from it
GAP = 5 * 72 / 25.4  # between the text at the left of a line and what a tab sets at its right


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper that stationery is printed on, the setting for its text, and the part of the structure it is in.

    Without *root* it is furniture, as on the pages that go on. *sender* is what a picture shows that says nothing.
    """

    width: float
    height: float
    setting: Setting
    root: Node | None
    sender: str


@dataclass(frozen=True, slots=True)
class Put:
    """Stationery on a page, and where it begins and ends."""

    items: tuple[Item, ...]
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between two tabs: pictures, then words, and how a tab sets it."""

    drawings: tuple[Drawing, ...]
    words: tuple[Words, ...]
    tab: Tab | None

    @property
    def room(self) -> float:
        """Return the width of its pictures."""
        return sum(drawing.width for drawing in self.drawings)


def put(passages: Sequence[Passage], top: float, sheet: Sheet) -> Put:
    """Return *passages* put on *sheet*, their first line *top* below its upper edge."""
    behind: list[Item] = []
    items: list[Item] = []
    apart: list[Image] = []
    y = top
    for passage in passages:
        for drawing in (piece for piece in passage.pieces if isinstance(piece, Drawing) and piece.anchor):
            image = _standing(drawing, y, sheet)
            (behind if drawing.anchor and drawing.anchor.behind else items).append(image)
            apart += [image] if drawing.anchor and drawing.anchor.apart else []
        frame, y = _beside(apart, y, passage.form.style, sheet.setting.frame)
        for strip in _strips(passage, frame, sheet):
            y += strip.before
            items += [item.lowered(y) for item in strip.items]
            y += strip.height + strip.after
    return Put((*behind, *items), top, max([y, *(image.y + image.height for image in apart)]))


def above(passages: Sequence[Passage], bottom: float, sheet: Sheet) -> Put:
    """Return *passages* put on *sheet* so that they end at *bottom*; a picture that stands anywhere stays there."""
    found = put(passages, 0, sheet)
    top = bottom - found.bottom
    if any(isinstance(piece, Drawing) and piece.anchor for passage in passages for piece in passage.pieces):
        return put(passages, top, sheet)
    return Put(tuple([item.lowered(top) for item in found.items]), top, bottom)


def _beside(apart: Iterable[Image], y: float, style: Style, frame: Frame) -> tuple[Frame, float]:
    """Return the room in *frame* that pictures set *apart* leave a paragraph of *style*, and where it begins from *y*.

    It stands on the wider side of a picture, or below it where that side is narrower than half of the frame.
    """
    for image in apart:
        if not (image.y - style.leading < y < image.y + image.height):
            continue
        left, right = image.x - ASIDE - frame.x, frame.x + frame.width - image.x - image.width - ASIDE
        if max(left, right) < frame.width / 2:
            y = image.y + image.height
        elif left < right:
            frame = frame.inset(max(frame.width - right, 0), 0)
        else:
            frame = Frame(frame.x, min(left, frame.width))
    return frame, y


def _standing(drawing: Drawing, y: float, sheet: Sheet) -> Image:
    """Return *drawing*, anchored to the paragraph at *y*, where it stands on *sheet*."""
    assert drawing.anchor is not None  # noqa: S101 - it is for the type checker
    look, setting = sheet.setting.look, sheet.setting
    edge = look.left + setting.frame.width
    across = {"page": (0.0, sheet.width), "leftMargin": (0.0, look.left), "rightMargin": (edge, sheet.width)}
    down = {"page": (0.0, sheet.height), "margin": (look.top, sheet.height - look.bottom), "topMargin": (0.0, look.top)}
    down["bottomMargin"] = (sheet.height - look.bottom, sheet.height)
    x = _place(drawing.anchor.across, drawing.width, across.get(drawing.anchor.across.base, (look.left, edge)))
    top = _place(drawing.anchor.down, drawing.height, down.get(drawing.anchor.down.base, (y, y)))
    return Image(x, top, drawing.width, drawing.height, drawing.picture, _figure(drawing, sheet))


def _place(offset: Offset, size: float, base: tuple[float, float]) -> float:
    """Return where what is *size* long begins if it is set by *offset* in *base*."""
    start, end = base
    if offset.align in {"right", "bottom", "outside"}:
        return end - size
    return (start + end - size) / 2 if offset.align == "center" else start + offset.by


def _figure(drawing: Drawing, sheet: Sheet) -> Node | None:
    """Return the place of *drawing* in the structure, if it says anything."""
    if sheet.root is None or drawing.decorative:
        return None
    return Node("Figure", sheet.root, alt=drawing.alt or sheet.sender)


def _strips(passage: Passage, frame: Frame, sheet: Sheet) -> list[Strip]:
    """Return *passage*, without what stands elsewhere, in *frame*."""
    segments = list(_segments(passage))
    form, setting = passage.form, sheet.setting
    if not any(segment.drawings or segment.words for segment in segments):
        return [Strip(form.style.leading, before=form.style.before, after=form.style.after)]
    node = Node("P", sheet.root) if sheet.root is not None else None
    if len(segments) == 1 and not segments[0].drawings:
        return paragraph(_spans(segments[0].words), manner(form.style, setting.fonts), node, frame, setting.fonts)
    return _composed(segments, form, frame.inset(form.style.left, form.style.right), node, sheet)


def _segments(passage: Passage) -> Iterator[Segment]:
    """Yield what stands between the tabs of *passage*."""
    drawings: list[Drawing] = []
    words: list[Words] = []
    tab: Tab | None = None
    for piece in passage.pieces:
        if isinstance(piece, Tab):
            yield Segment(tuple(drawings), tuple(words), tab)
            drawings, words, tab = [], [], piece
        elif isinstance(piece, Words):
            words.append(piece)
        elif piece.anchor is None:
            drawings.append(piece)
    yield Segment(tuple(drawings), tuple(words), tab)


def _spans(words: Iterable[Words]) -> tuple[Span, ...]:
    """Return *words* as they are broken into lines."""
    return tuple([Span(each.text, ink(each.style)) for each in words])


def _composed(segments: Sequence[Segment], form: Form, frame: Frame, node: Node | None, sheet: Sheet) -> list[Strip]:
    """Return *segments* as a paragraph: the first is broken into lines, the others stand at their tabs in the last."""
    first, *others = segments
    fonts, style = sheet.setting.fonts, form.style
    widths = [_width(segment, sheet) for segment in others]
    room = max(frame.width - (sum(widths) + GAP if others else 0), frame.width / 3)
    found = lines(_spans(first.words), room, fonts, first.room)
    strips = []
    for number, line in enumerate(found):
        last, drawings = number == len(found) - 1, () if number else first.drawings
        start = first.room if not number else 0.0
        shift = 0.0 if others else _slack(style.align, frame.width - start - line.width)
        row = [(drawings, line, shift)]
        if last:
            row += _tabbed(others, widths, start + line.width, form, frame, sheet)
        strips.append(_row(row, style, frame, node, sheet))
    return spaced(strips, style.before, style.after)


def _width(segment: Segment, sheet: Sheet) -> float:
    """Return how wide *segment* is in one line."""
    return segment.room + sum(sheet.setting.fonts.width(each.text, ink(each.style)) for each in segment.words)


def _slack(align: str, room: float) -> float:
    """Return how much of the *room* that is left stands before what is set at *align*."""
    return {"right": 1.0, "center": 0.5}.get(align, 0.0) * room


def _tabbed(
    segments: Sequence[Segment], widths: Sequence[float], x: float, form: Form, frame: Frame, sheet: Sheet
) -> Iterator[tuple[tuple[Drawing, ...], Line, float]]:
    """Yield the pictures and the words of *segments* and where they begin, the first behind what ends at *x*."""
    for segment, width in zip(segments, widths, strict=True):
        stop = _stop(segment.tab, x, form, frame)
        begin = max(stop.at - {"right": 1.0, "center": 0.5}.get(stop.align, 0.0) * width, x)
        line = next(iter(lines(_spans(segment.words), float("inf"), sheet.setting.fonts)))
        yield segment.drawings, line, begin
        x = begin + width


def _stop(tab: Tab | None, x: float, form: Form, frame: Frame) -> Stop:
    """Return the stop that *tab*, at *x* of *frame*, leads to."""
    if tab is not None and tab.align:
        return Stop({"center": 0.5, "right": 1.0}.get(tab.align, 0.0) * frame.width, tab.align)
    usual = Stop((x // USUAL_STOP + 1) * USUAL_STOP, "left")
    stops = (Stop(min(stop.at, frame.width), stop.align) for stop in form.stops)
    return next((stop for stop in stops if stop.at > x), usual)


def _row(
    row: Iterable[tuple[Sequence[Drawing], Line, float]], style: Style, frame: Frame, node: Node | None, sheet: Sheet
) -> Strip:
    """Return a line of pictures and words, each beginning where it says; pictures stand on the line's baseline."""
    row = list(row)
    fonts = sheet.setting.fonts
    tallest = max((drawing.height for drawings, _, _ in row for drawing in drawings), default=0.0)
    above, below = fonts.baseline(ink(style), style.leading), 0.0
    leading = style.leading
    if tallest:
        ascent, descent = fonts.extent(ink(style))
        above, below = max(tallest, ascent), descent
        leading = above + below
    items: list[Item] = []
    for number, (drawings, line, begin) in enumerate(row, start=1):
        x = frame.x + begin
        for each in drawings:
            figure = _figure(each, sheet)
            items.append(Image(x, above - each.height, each.width, each.height, each.picture, figure))
            x += each.width
        texts = [Text(x + placed.x, above, placed.text, placed.ink, node) for placed in line.texts]
        if texts and number < len(row):  # a space where a tab was keeps words apart in copied text
            texts[-1] = texts[-1]._replace(text=f"{texts[-1].text} ")
        items += texts
    return Strip(leading, tuple(items))
