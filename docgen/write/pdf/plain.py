"""Addresses and frames where they are wanted, to be printed: envelopes, labels, a sheet to try a window with."""

from __future__ import annotations

import io
from collections.abc import Iterable

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from docgen.document import Box
from docgen.frozen import dataclass
from docgen.look.fonts import Face, own_fonts
from docgen.problem import Mark, stop
from docgen.write.pdf.page import MM

SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
LEADING = 1.2
RISE = 0.75  # of its size, the height of a letter above the baseline


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text in a *box*, as large as they fit, none larger than *most* points; *name* is whose they are."""

    box: Box
    lines: tuple[str, ...]
    name: str
    most: float = 11.0
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A box drawn, *dashed* for one that may shift, or a line where it has no width or height."""

    box: Box
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of *width* and *height* in millimetres."""

    width: float
    height: float
    words: tuple[Words, ...]
    frames: tuple[Frame, ...] = ()


def write(sheets: Iterable[Sheet], title: str) -> bytes:
    """Return *sheets* as a file called *title*; raises Problems for an address that does not fit its box."""
    file = io.BytesIO()
    font = TTFont("DocgenPlain", io.BytesIO(own_fonts()[Face.REGULAR]), asciiReadable=False)
    pdfmetrics.registerFont(font)
    canvas = Canvas(file, initialFontName=font.fontName, pageCompression=1, invariant=1)  # type: ignore[arg-type] # a file
    canvas.setTitle(title)
    canvas.setCreator("docgen")
    canvas.setViewerPreference("PrintScaling", "None")
    for sheet in sheets:
        canvas.setPageSize((sheet.width * MM, sheet.height * MM))
        for frame in sheet.frames:
            _draw(canvas, frame, sheet.height)
        for words in sheet.words:
            _print(canvas, words, sheet.height, font)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, frame: Frame, height: float) -> None:
    """Draw *frame* on a page of *height*."""
    box = frame.box
    canvas.setLineWidth(0.4)
    canvas.setDash([2, 2] if frame.dashed else [])
    canvas.rect(box.left * MM, (height - box.top - box.height) * MM, box.width * MM, box.height * MM)


def _print(canvas: Canvas, words: Words, height: float, font: TTFont) -> None:
    """Print *words* on a page of *height*."""
    size = _size(words, font)
    leading = size * LEADING
    spare = words.box.height * MM - len(words.lines) * leading if words.centred else 0.0
    y = (height - words.box.top) * MM - spare / 2 - size * (RISE + (LEADING - 1) / 2)
    canvas.setFont(font.fontName, size)
    for line in words.lines:
        canvas.drawString(words.box.left * MM, y, line)
        y -= leading


def _size(words: Words, font: TTFont) -> float:
    """Return the size in which *words* fit; raises Problems that say how many lines do, or which line is too long."""
    missing = sorted({letter for line in words.lines for letter in line if ord(letter) not in font.face.charToGlyph})
    if missing:
        raise stop(f"U+{ord(missing[0]):04X} cannot be printed: the font has no glyph for it", Mark(words.name))
    width, room = words.box.width * MM, words.box.height * MM
    for size in SIZES:
        longest = max((font.stringWidth(line, size) for line in words.lines), default=0.0)
        if size <= words.most and longest <= width and len(words.lines) * size * LEADING <= room:
            return size
    fit = int(room / (SIZES[-1] * LEADING))
    if len(words.lines) > fit:
        message = f"the address has {len(words.lines)} lines, and {fit} fit"
    else:
        long = max(words.lines, key=lambda line: font.stringWidth(line, 1))
        message = f"the line “{long}” is too long for a width of {words.box.width:g} mm"
    raise stop(message, Mark(words.name))
