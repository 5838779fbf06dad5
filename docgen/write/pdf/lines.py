"""Breaking text into lines."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from docgen.document import Inlines, Ref
from docgen.look.fonts import face
from docgen.look.style import Style
from docgen.write.pdf.page import Font, Ink

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
NO_BREAK = "\N{NO-BREAK SPACE}"
WORD = re.compile(r"[^ \n]*[ \n]?")
AFTER_DASH = re.compile(r"(?<=[^\W\d_]{2}-)(?=[^\W\d_]{2})|(?<=—)(?=\w)")  # never inside numbers such as 2026-014
TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The widths of a font's characters and its height above and below the baseline, for a size of 1 point."""

    widths: Mapping[str, float]
    ascent: float
    descent: float


class Widths(dict[str, float]):
    """The widths of texts in one font at a size of 1 point, each added up once, without a space at its end."""

    def __init__(self, glyphs: Glyphs) -> None:
        """Begin without a text."""
        super().__init__()
        self.glyphs = glyphs
        self._characters = defaultdict(float, glyphs.widths)

    def __missing__(self, text: str) -> float:
        """Return the width of *text*; a character that the font lacks has none, and is refused when drawn."""
        total = self[text] = sum(map(self._characters.__getitem__, text.rstrip(" \n")))
        return total


class Fonts:
    """What is known of the fonts that a document is set in."""

    def __init__(self, glyphs: Mapping[Font, Glyphs]) -> None:
        """Measure with *glyphs*, by family and face."""
        self._widths = {font: Widths(metrics) for font, metrics in glyphs.items()}

    def widths(self, ink: Ink) -> Widths:
        """Return the widths of texts in the font of *ink*."""
        return self._widths[ink.font]

    def width(self, text: str, ink: Ink) -> float:
        """Return the width of *text*, without a space at its end."""
        return self.widths(ink)[text] * ink.size

    def space(self, ink: Ink) -> float:
        """Return the width of a space."""
        return self.widths(ink).glyphs.widths.get(" ", 0.0) * ink.size

    def baseline(self, ink: Ink, leading: float) -> float:
        """Return how far below the top of a line of *leading* its baseline is."""
        glyphs = self.widths(ink).glyphs
        return leading / 2 + (glyphs.ascent + glyphs.descent) * ink.size / 2

    def extent(self, ink: Ink) -> tuple[float, float]:
        """Return how far text in *ink* reaches above and below its baseline."""
        glyphs = self.widths(ink).glyphs
        return glyphs.ascent * ink.size, -glyphs.descent * ink.size


class Span(NamedTuple):
    """Text in one ink."""

    text: str
    ink: Ink


class Piece(NamedTuple):
    """Text that stays on one line, its width without and with the space at its end; a line may end where it *ends*."""

    text: str
    ink: Ink
    width: float
    advance: float
    ends: bool


class Placed(NamedTuple):
    """Text in one ink, and how far from the beginning of its line it begins."""

    text: str
    ink: Ink
    x: float


@dataclass(frozen=True, slots=True)
class Line:
    """The texts of a line and the width of what is seen of them; the last ends in a space if words end with it."""

    texts: tuple[Placed, ...]
    width: float


def ink(style: Style, *, bold: bool = False, italic: bool = False) -> Ink:
    """Return what text of *style* is set in."""
    cut = face(bold=style.bold or bold, italic=style.italic or italic)
    return Ink(style.font, cut, style.size, style.color)


def spans(inlines: Inlines, style: Style) -> tuple[Span, ...]:
    """Return *inlines* in the inks of *style*."""
    return tuple(
        Span(inline.text, ink(style))
        if isinstance(inline, Ref)
        else Span(inline.text, ink(style, bold=inline.bold, italic=inline.italic))
        for inline in inlines
    )


def lines(text: Sequence[Span], room: float, fonts: Fonts, first: float = 0) -> list[Line]:
    """Return *text* in lines no wider than *room*, the first of them narrower by *first*."""
    pieces = [piece for span in text for piece in _pieces(span, room, fonts)]
    return [_line(pieces[start:end], last=end == len(pieces)) for start, end in _ranges(pieces, room, first)]


def _ranges(pieces: Sequence[Piece], room: float, first: float) -> Iterator[tuple[int, int]]:
    """Yield where each line of *pieces* starts and ends; where nothing allows a break, one is made anywhere."""
    start = end = at = 0  # the line's first piece, the last place it may end at, and the piece looked at
    used = first - TOLERANCE
    while at < len(pieces):
        piece = pieces[at]
        if piece.width and used + piece.width > room and at > start:
            at = end = end if end > start else at
            yield start, end
            start, used = end, -TOLERANCE
            continue
        at += 1
        used += piece.advance
        if piece.ends:
            end = at
            if piece.text[-1] == "\n":
                yield start, end
                start, used = end, -TOLERANCE
    if start < len(pieces) or not pieces:
        yield start, len(pieces)


def _line(pieces: Sequence[Piece], *, last: bool) -> Line:
    """Return *pieces* as a line; unless it is the *last*, a space at its end keeps words apart in copied text."""
    if not pieces:
        return Line((), 0)
    texts: list[Placed] = []
    x = 0.0
    for used, group in groupby(pieces, attrgetter("ink")):
        run = list(group)
        texts.append(Placed("".join([piece.text for piece in run]), used, x))
        x += sum([piece.advance for piece in run])
    end = texts[-1]
    text = end.text.rstrip(" \n") if last else end.text.replace("\n", " ")
    texts[-1] = Placed(text, end.ink, end.x)
    return Line(tuple(texts), x - pieces[-1].advance + pieces[-1].width)


def _pieces(span: Span, room: float, fonts: Fonts) -> list[Piece]:
    """Return the pieces of *span*; one that is wider than *room* is broken at its no-break spaces, or anywhere."""
    used, widths, space = span.ink, fonts.widths(span.ink), fonts.space(span.ink)
    pieces: list[Piece] = []
    for text in _texts(clean(span.text)):
        width = widths[text] * used.size
        if width > room and NO_BREAK in text.strip(NO_BREAK):
            pieces += _pieces(Span(text.replace(NO_BREAK, " "), used), room, fonts)
        elif width > room:
            pieces += _broken(text, used, room, fonts)
        else:
            pieces.append(Piece(text, used, width, width + space if text[-1] == " " else width, ends=True))
    if pieces and pieces[-1].text[-1] not in " \n":
        pieces[-1] = pieces[-1]._replace(ends=False)
    return pieces


def _texts(text: str) -> Iterator[str]:
    """Yield the parts of *text* between which a line may end."""
    for word in WORD.findall(text):
        if "-" in word or "—" in word:
            yield from AFTER_DASH.split(word)
        elif word:
            yield word


def _broken(text: str, used: Ink, room: float, fonts: Fonts) -> Iterator[Piece]:
    """Yield *text* in pieces that are no wider than *room*."""
    start, width = 0, 0.0
    for place, character in enumerate(text):
        more = fonts.width(character, used)
        if width + more > room and place > start:
            yield Piece(text[start:place], used, width, width, ends=True)
            start, width = place, 0.0
        width += more
    yield Piece(text[start:], used, width, width + (fonts.space(used) if text[-1] == " " else 0), ends=True)


def clean(text: str) -> str:
    """Return *text* as it is set: letters with their accents in one, no soft hyphens, as nothing is hyphenated."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).replace(SOFT_HYPHEN, "")
