"""Breaking text into lines."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import add, attrgetter

from docgen.document import Inlines, Ref
from docgen.frozen import NamedTuple, dataclass
from docgen.look.fonts import face
from docgen.look.style import Style
from docgen.write.pdf.glyphs import Glyphs
from docgen.write.pdf.page import Font, Ink

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
NO_BREAK = "\N{NO-BREAK SPACE}"
WORD = re.compile(r"[^ \n]*[ \n]?")
AFTER_DASH = re.compile(r"(?<=[^\W\d_]{2}-)(?=[^\W\d_]{2})|(?<=—)(?=\w)")  # never inside numbers such as 2026-014
TOLERANCE = 0.01
KEPT = 20_000  # texts whose widths are kept


class Widths(dict[str, float]):
    """The widths of texts in one font at a size of 1 point, each added up once, without a space at its end."""

    def __init__(self, glyphs: Glyphs) -> None:
        """Begin without a text."""
        super().__init__()
        self.glyphs = glyphs
        self._characters = defaultdict(float, glyphs.widths)

    def __missing__(self, text: str) -> float:
        """Return the width of *text*; a character that the font lacks has none, and is refused when drawn."""
        if len(self) == KEPT:
            self.clear()
        seen = text.rstrip(" \n")
        kerns = map(self.glyphs.kerns.__getitem__, map(add, seen, seen[1:]))
        total = self[text] = sum(map(self._characters.__getitem__, seen)) + sum(kerns)
        return total


@lru_cache(maxsize=16)
def _widths(glyphs: Glyphs) -> Widths:
    """Return the widths of texts in the font of *glyphs*, the same for every document."""
    return Widths(glyphs)


class Fonts:
    """What is known of the fonts that documents are set in: their *glyphs*, by family and face."""

    def __init__(self, glyphs: Mapping[Font, Glyphs]) -> None:
        """Measure with *glyphs*."""
        self.glyphs = glyphs
        self._widths: dict[Ink, Widths] = {}

    def widths(self, ink: Ink) -> Widths:
        """Return the widths of texts in the font of *ink*."""
        if ink not in self._widths:
            self._widths[ink] = _widths(self.glyphs[ink.font])
        return self._widths[ink]

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
    """Text in one ink; *link* is the id of the clause it leads to, if any."""

    text: str
    ink: Ink
    link: str = ""


class Piece(NamedTuple):
    """Text of a span that stays on one line.

    Its *width* is that at a line's end, its *advance* that before more of its span; a line may end where it *ends*.
    """

    text: str
    span: Span
    width: float
    advance: float
    ends: bool


class Placed(NamedTuple):
    """Text in one ink, how far from the beginning of its line it begins, and how wide it is."""

    text: str
    ink: Ink
    link: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """The texts of a line and the width of what is seen of them; the last ends in a space if words end with it."""

    texts: tuple[Placed, ...]
    width: float


def ink(style: Style, *, bold: bool = False, italic: bool = False) -> Ink:
    """Return what text of *style* is set in, the same for all that are set alike."""
    return _ink(style.font, style.size, style.color, style.bold or bold, style.italic or italic)


@lru_cache(maxsize=1024)
def _ink(family: str, size: float, color: str, bold: bool, italic: bool) -> Ink:  # noqa: FBT001 - a key
    """Return the ink of these values."""
    return Ink((family, face(bold=bold, italic=italic)), size, color)


def spans(inlines: Inlines, style: Style, goals: Collection[str]) -> tuple[Span, ...]:
    """Return *inlines* in the inks of *style*; *goals* are the ids of the clauses that references can lead to."""
    return tuple(
        Span(inline.text, ink(style), inline.clause if inline.clause in goals else "")
        if isinstance(inline, Ref)
        else Span(inline.text, ink(style, bold=inline.bold, italic=inline.italic))
        for inline in inlines
    )


@lru_cache(maxsize=4096)
def lines(text: tuple[Span, ...], room: float, fonts: Fonts, first: float = 0) -> tuple[Line, ...]:
    """Return *text* in lines no wider than *room*, the first of them narrower by *first*.

    What many documents say is broken into lines once: the clauses of contracts, the sentences of letters, the footers.
    """
    pieces = [piece for span in _joined(text) for piece in _pieces(span, room - first, fonts)]
    return tuple(_line(pieces[start:end], last=end == len(pieces)) for start, end in _ranges(pieces, room, first))


def _joined(text: Sequence[Span]) -> list[Span]:
    """Return *text* with neighbours in one span that nothing parts, as they are kerned with each other."""
    if len(text) == 1:
        return list(text)
    grouped = groupby(text, lambda span: (span.ink, span.link))
    return [Span("".join([span.text for span in group]), *alike) for alike, group in grouped]


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
    for span, group in groupby(pieces, attrgetter("span")):
        run = list(group)
        advance = sum([piece.advance for piece in run])
        width = advance - run[-1].advance + run[-1].width
        texts.append(Placed("".join([piece.text for piece in run]), span.ink, span.link, x, width))
        x += advance
    end = texts[-1]
    text = end.text.rstrip(" \n") if last else end.text.replace("\n", " ")
    texts[-1] = end._replace(text=text)
    return Line(tuple(texts), end.x + end.width)


def _pieces(span: Span, room: float, fonts: Fonts) -> list[Piece]:
    """Return the pieces of *span*; one that is wider than *room* is broken at its no-break spaces, or anywhere."""
    widths, size, space = fonts.widths(span.ink), span.ink.size, fonts.space(span.ink)
    pieces: list[Piece] = []
    texts = list(_texts(clean(span.text)))
    for number, text in enumerate(texts, start=1):
        width = widths[text] * size
        if text[-1] == " ":
            more = space
        elif number < len(texts):
            more = widths.glyphs.kerns[text[-1] + texts[number][0]] * size
        else:
            more = 0.0
        if width > room and NO_BREAK in text.strip(NO_BREAK):
            pieces += _pieces(span._replace(text=text.replace(NO_BREAK, " ")), room, fonts)
        elif width > room:
            pieces += _broken(text, more, span, room, widths)
        else:
            pieces.append(Piece(text, span, width, width + more, ends=True))
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


def _broken(text: str, more: float, span: Span, room: float, widths: Widths) -> Iterator[Piece]:
    """Yield *text* in pieces that are no wider than *room*, the last followed by *more* room."""
    start, width, size = 0, 0.0, span.ink.size
    for place, character in enumerate(text):
        kern = widths.glyphs.kerns[text[place - 1] + character] * size if place > start else 0.0
        step = widths[character] * size
        if width + kern + step > room and place > start:
            yield Piece(text[start:place], span, width, width + kern, ends=True)
            start, width, kern = place, 0.0, 0.0
        width += kern + step
    yield Piece(text[start:], span, width, width + more, ends=True)


def clean(text: str) -> str:
    """Return *text* as it is set: letters with their accents in one, no soft hyphens, as nothing is hyphenated."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).replace(SOFT_HYPHEN, "")
