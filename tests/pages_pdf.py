"""The pages of a PDF as they are set: lines of text, lines that are drawn, and colors."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import pikepdf
from words_pdf import Shown, shown

JOINED = 0.6  # of the size is the widest gap inside one line of text
Color = tuple[float, ...]


@dataclass(frozen=True)
class Line:
    """A line of text as it is set: points from the left and upper edges, *y* of its baseline.

    *element* is the number of the structure element, 0 for furniture of the page.
    """

    page: int
    tag: str
    element: int
    x: float
    y: float
    right: float
    text: str
    sizes: frozenset[float]
    fonts: frozenset[str]

    @property
    def size(self) -> float:
        """Return the size of the line's largest text."""
        return max(self.sizes)

    @property
    def bold(self) -> bool:
        """Return whether all of the line is bold."""
        return all("Bold" in font for font in self.fonts)


@dataclass(frozen=True)
class Stroke:
    """A drawn line: points from the left and upper edges."""

    x: float
    y: float
    length: float
    rise: float
    width: float


@dataclass(frozen=True)
class Sheet:
    """A page: its paper in points, and all that is on it."""

    width: float
    height: float
    lines: tuple[Line, ...]
    strokes: tuple[Stroke, ...]
    colors: frozenset[Color]

    @property
    def content(self) -> list[Line]:
        """Return the lines that are read, without the furniture of the page."""
        return [line for line in self.lines if line.element]


def sheets(data: bytes) -> tuple[Sheet, ...]:
    """Return the pages of the PDF *data*."""
    found = shown(data)
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        return tuple(
            _sheet(page, [item for item in found if item.page == number]) for number, page in enumerate(pdf.pages)
        )


def _sheet(page: pikepdf.Page, items: Sequence[Shown]) -> Sheet:
    """Return *page*, whose texts are *items*."""
    width, height = (float(page.mediabox[side]) for side in (2, 3))
    strokes, colors = _painted(page, height)
    return Sheet(width, height, tuple(_lines(items)), tuple(strokes), frozenset(colors))


def _lines(items: Sequence[Shown]) -> Iterator[Line]:
    """Yield *items* put together to lines."""
    for (page, element, y), group in groupby(items, lambda one: (one.page, one.element, one.y)):
        texts: list[Shown] = []
        tag = ""
        for item in group:
            tag = item.tag if tag in ("", "Link") else tag  # a link is part of the text around it
            if texts and item.x - (texts[-1].x + texts[-1].width) > JOINED * item.size:
                yield _line(page, tag, element, y, texts)
                texts = []
            texts.append(item)
        yield _line(page, tag, element, y, texts)


def _line(page: int, tag: str, element: int, y: float, texts: Sequence[Shown]) -> Line:
    """Return *texts* as one line."""
    inked = [text for text in texts if text.text.strip()] or list(texts)
    return Line(
        page,
        tag,
        element,
        inked[0].x,
        y,
        max(text.x + text.width for text in inked),
        "".join(text.text for text in texts),
        frozenset(text.size for text in inked),
        frozenset(text.font.split("+")[-1] for text in inked),
    )


def _painted(page: pikepdf.Page, height: float) -> tuple[list[Stroke], set[Color]]:
    """Return the lines drawn on *page*, and the colors of its texts and lines; shapes that are filled are left out."""
    strokes: list[Stroke] = []
    colors: set[Color] = set()
    fill: Color = (0.0,)
    pen: Color = (0.0,)
    width, points = 1.0, list[tuple[str, float, float]]()
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "rg" | "g":
                fill = tuple(map(float, operands))
            case "RG" | "G":
                pen = tuple(map(float, operands))
            case "w":
                width = float(operands[0])
            case "m" | "l" as drawn:
                points.append((drawn, float(operands[0]), height - float(operands[1])))
            case "Tj" | "TJ":
                colors.add(fill)
            case "S" | "s":
                colors.add(pen)
                strokes += _segments(points, width)
                points = []
            case "f" | "f*" | "F" | "n" | "B" | "b":
                points = []
    return strokes, colors


def _segments(points: Sequence[tuple[str, float, float]], width: float) -> Iterator[Stroke]:
    """Yield the segments of the path of *points*."""
    for (_, x, y), (drawn, to_x, to_y) in pairwise(points):
        if drawn == "l":
            yield Stroke(x, y, to_x - x, to_y - y, width)
