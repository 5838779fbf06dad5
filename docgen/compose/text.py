"""Reads the text of a letter or a clause: plain paragraphs with blanks.

A line that begins with ``#`` is a title, ``##`` a heading, ``-`` a line of a list, ``>`` a note; paragraphs are parted
by an empty line; ``**bold**`` and ``*italic*``; ``{invoice.balance}`` is a blank; ``<!-- … -->`` is for the people who
keep the text. A backslash takes the meaning from the sign behind it. There is nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from itertools import islice

from docgen import gate, source
from docgen.document import Run
from docgen.frozen import Kept, dataclass
from docgen.problem import Mark, Problem, Problems, stop

TOKEN = re.compile(r"\\(?P<escaped>[\\*{}#<>-])|(?P<bold>\*\*)|(?P<italic>\*)|\{(?P<blank>[^{}\n]*)\}|(?P<bad>[{}])")
BYTES = 256 << 10  # a hundred pages
BLANKS, PARAGRAPHS, MISTAKES = 500, 3000, 100
NOTE_END = "-->"
NAME = re.compile(r"[a-z][\w-]*(\.[\w-]+)+")


class Part(StrEnum):
    """What a paragraph of a text is."""

    TITLE = "# "
    HEADING = "## "
    ITEM = "- "
    NOTE = "> "
    PROSE = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one face, or the name of a blank."""

    text: str
    bold: bool
    italic: bool
    blank: bool
    mark: Mark


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a text."""

    part: Part
    pieces: tuple[Piece, ...]

    @Kept
    def printed(self) -> tuple[Run | Piece, ...]:
        """Return its pieces as they are printed, but for its blanks."""
        return tuple(each if each.blank else Run(each.text, each.bold, each.italic) for each in self.pieces)

    @Kept
    def whole(self) -> tuple[Run, ...]:
        """Return what is printed of it where it has no blank, and nothing where it has one."""
        runs = tuple(each for each in self.printed if isinstance(each, Run))
        return runs if len(runs) == len(self.pieces) else ()

    @Kept
    def block(self) -> Piece | None:
        """Return the blank if the paragraph is nothing else, for a value that is a whole block."""
        return self.pieces[0] if len(self.pieces) == 1 and self.pieces[0].blank else None


@dataclass(frozen=True, slots=True)
class Template:
    """A text that was read: where it stands, and its paragraphs."""

    name: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def blanks(self) -> tuple[str, ...]:
        """Return the names of its blanks, in their order."""
        return tuple(piece.text for paragraph in self.paragraphs for piece in paragraph.pieces if piece.blank)


def read(data: bytes, name: str) -> Template:
    """Return the text in *data*; raises Problems with every mistake in it."""
    if len(data) > BYTES:
        raise stop(f"the text has {len(data) >> 10:,} KiB; {BYTES >> 10} KiB are the most", Mark(name))
    typed = source.decode(data, name).replace("\r\n", "\n")
    problems = list(unprintable(typed.split("\n"), name))
    if problems:
        raise Problems(problems)
    text = unicodedata.normalize("NFC", typed)
    lines = text.split("\n")
    parts = islice(chunks(bare(text)), PARAGRAPHS + 1)
    found = [paragraph(part, rows, name, lines, problems) for part, rows in parts]
    if problems:
        raise Problems(problems)
    if not found:
        raise stop("the text is empty", Mark(name, 1, 1))
    template = Template(name, tuple(found))
    if len(template.blanks) > BLANKS or len(found) > PARAGRAPHS:
        raise stop(f"the text has more than {BLANKS} blanks or {PARAGRAPHS:,} paragraphs; part it", Mark(name))
    return template


def bare(text: str) -> str:
    """Return *text* without what is for the people who keep it, its lines as many as before."""
    end = text.rfind(NOTE_END) + len(NOTE_END)
    last = end if end >= len(NOTE_END) else 0  # behind it none is closed, and none needs to be looked for
    found = re.sub(r"<!--.*?-->", lambda note: re.sub(r"[^\n]", "", note[0]) or "\0", text[:last], flags=re.DOTALL)
    return f"{found}{text[last:]}".replace("\0", "")


def unprintable(lines: list[str], name: str) -> Iterator[Problem]:
    """Yield the problem with each of *lines* that holds what no document can show."""
    for number, line in enumerate(lines, 1):
        found = gate.search(line)
        if found:
            yield Problem(Mark(name, number, found.start() + 1, line), gate.reason(found[0]))


def chunks(text: str) -> Iterator[tuple[Part, list[tuple[int, str]]]]:
    """Yield what each paragraph is, with the numbers and the words of its lines."""
    part, rows = Part.PROSE, list[tuple[int, str]]()
    for number, row in enumerate([*text.split("\n"), ""], 1):
        begins = next((p for p in Part if p.value and row.startswith(p.value)), None)
        if rows and (not row.strip() or begins):
            yield part, rows
            rows = []
        if not rows:
            part = begins or Part.PROSE
        if row.strip():
            rows.append((number, row))


def paragraph(
    part: Part, rows: list[tuple[int, str]], name: str, lines: list[str], problems: list[Problem]
) -> Paragraph:
    """Return one paragraph, its lines joined by spaces; mistakes in it are added to *problems*."""
    pieces: list[Piece] = []
    face = Face()
    for index, (number, row) in enumerate(rows):
        place = Mark(name, number, 1, lines[number - 1])
        start = len(part.value) if index == 0 else len(row) - len(row.lstrip())
        if index:
            add(pieces, face.piece(" ", place))
        scan(row.rstrip(), start, place, face, pieces, problems)
    if face.bold or face.italic:
        mark = Mark(name, rows[0][0], 1, lines[rows[0][0] - 1])
        problems.append(Problem(mark, "an asterisk opens bold or italic here that the paragraph does not close"))
    return Paragraph(part, tuple(pieces))


@dataclass(slots=True)
class Face:
    """The face the text is in at the moment."""

    bold: bool = False
    italic: bool = False

    def piece(self, text: str, mark: Mark, *, blank: bool = False) -> Piece:
        """Return *text* in this face."""
        return Piece(text, self.bold, self.italic, blank, mark)


def scan(row: str, start: int, place: Mark, face: Face, pieces: list[Piece], problems: list[Problem]) -> None:
    """Add what stands in *row* from *start* on to *pieces*, or to *problems* what is wrong with it."""
    position = start
    for token in TOKEN.finditer(row, start):
        if len(problems) > MISTAKES:
            return
        if token.start() > position:
            add(pieces, face.piece(row[position : token.start()], replace(place, column=position + 1)))
        mark = replace(place, column=token.start() + 1)
        position = token.end()
        match token.lastgroup:
            case "bold":
                face.bold = not face.bold
            case "italic":
                face.italic = not face.italic
            case "escaped":
                add(pieces, face.piece(token["escaped"], mark))
            case "blank" if NAME.fullmatch(token["blank"]):
                pieces.append(face.piece(token["blank"], mark, blank=True))
            case _:
                hint = "a blank looks like {invoice.balance}; a brace to be printed needs a backslash before it"
                problems.append(Problem(mark, f"{token[0]!r} is no blank: {hint}"))
    if row[position:]:
        add(pieces, face.piece(row[position:], replace(place, column=position + 1)))


def add(pieces: list[Piece], piece: Piece) -> None:
    """Add *piece*, to the last one if it is text in the same face."""
    last = pieces[-1] if pieces else None
    if last and not last.blank and (last.bold, last.italic) == (piece.bold, piece.italic):
        pieces[-1] = Piece(last.text + piece.text, last.bold, last.italic, blank=False, mark=last.mark)
    else:
        pieces.append(piece)
