"""Fills the blanks of a text; a value is finished text or whole blocks, so nothing in it can become markup."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from docgen.compose.text import Paragraph, Piece
from docgen.document import Blank, Block, Inline, Inlines, Ref, Run
from docgen.frozen import dataclass
from docgen.problem import Mark, Problem, Problems, meant, stop

Value: TypeAlias = Blank


CLAUSE = "clause."  # blanks for the number of a clause


def bound(inline: Inline) -> Inline:
    """Return *inline*, a space at its end made one at which no line ends: a clause's number stays with its word."""
    if isinstance(inline, Run) and inline.text.endswith(" "):
        return inline._replace(text=f"{inline.text[:-1]}\N{NO-BREAK SPACE}")
    return inline


@dataclass(frozen=True, slots=True)
class Values:
    """What the blanks of a document stand for; *marks* says for a blank's first word where its record stands."""

    found: Mapping[str, Value]
    marks: Mapping[str, Mark]

    def plus(self, more: Mapping[str, Value]) -> Values:
        """Return these values and *more*."""
        return Values({**self.found, **more}, self.marks)

    def value(self, piece: Piece) -> Value:
        """Return what the blank *piece* stands for; raises Problems if it is unknown or its record does not say."""
        name = piece.text
        if name not in self.found:
            near = meant(name, self.found)
            hint = f"did you mean {{{near}}}?" if near else f"there are {', '.join(sorted(self.found))}"
            raise stop(f"{{{name}}} is no blank that can be filled here; {hint}", piece.mark)
        value = self.found[name]
        if value == "":
            record, field = name.split(".", 1)
            where = f"{piece.mark.file}:{piece.mark.line}"
            if record == "clause":
                raise stop(f"the clause `{field}` is left out, but {where} refers to it", self.marks[record])
            raise stop(
                f"nothing is given for `{field}`, which {where} prints as {{{name}}}",
                self.marks.get(record, piece.mark),
            )
        return value

    def blocks(self, piece: Piece) -> tuple[Block, ...] | None:
        """Return the blocks that the blank *piece* stands for, None if it stands for words."""
        value = self.value(piece)
        return value if isinstance(value, tuple) else None

    def inlines(self, paragraph: Paragraph) -> Inlines:
        """Return the words of *paragraph*, its blanks filled; raises Problems with every blank that cannot be."""
        if paragraph.whole:
            return paragraph.whole
        found: list[Inline] = []
        problems: list[Problem] = []
        for piece in paragraph.printed:
            if isinstance(piece, Run):
                found.append(piece)
                continue
            try:
                inline = self.inline(piece)
            except Problems as wrong:
                problems += wrong.problems
                continue
            if piece.text.startswith(CLAUSE) and found:
                found[-1] = bound(found[-1])
            found.append(inline)
        if problems:
            raise Problems(problems)
        return tuple(found)

    def inline(self, piece: Piece) -> Inline:
        """Return what is printed of the blank *piece*."""
        value = self.value(piece)
        if isinstance(value, tuple):
            raise stop(f"{{{piece.text}}} is a whole block; it needs a paragraph of its own", piece.mark)
        return value if isinstance(value, Ref) else Run(value, piece.bold, piece.italic)

    def words(self, paragraph: Paragraph) -> str:
        """Return the words of *paragraph* without their faces, for a title."""
        return "".join(inline.text for inline in self.inlines(paragraph))
