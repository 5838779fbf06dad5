"""A mistake that the person who wrote the file can mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import Protocol

from docgen.frozen import dataclass
from docgen.visible import visible

WIDEST, LONGEST = 160, 800  # characters shown of a line, and of a message
SHORT, UNSEEN = "\N{HORIZONTAL ELLIPSIS}", "\N{REPLACEMENT CHARACTER}"


class Numbered(Protocol):
    """Lines of a file by their numbers, counted from 0."""

    def __getitem__(self, number: int, /) -> str:
        """Return the line of this *number*."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file: name as the owner would type it, line and column counted from 1.

    *text* is that of its line, or all lines: few marks are ever shown, and what is read has many.
    """

    file: str
    line: int = 0
    column: int = 0
    text: str | Numbered = field(default="", compare=False, repr=False)

    @property
    def source(self) -> str:
        """Return the line on which it is, empty if that is not known."""
        return self.text if isinstance(self.text, str) else self.text[self.line - 1]

    def __reduce__(self) -> tuple[type[Mark], tuple[str, int, int, str]]:
        """Return how to make it again, where there are no lines."""
        return Mark, (self.file, self.line, self.column, self.source)

    def __str__(self) -> str:
        """Return ``file:line:column``, leaving out what is not known."""
        numbers = [str(n) for n in (self.line, self.column) if n]
        return ":".join([self.file, *numbers])


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: where it is, what was found and what would be right; the *character* it is about, if it is one."""

    mark: Mark
    message: str
    character: str = ""

    def __str__(self) -> str:
        """Return the line for a person, with the source line and a caret where they are known."""
        head = f"{visible(str(self.mark))}: {visible(brief(self.message))}"
        if not self.mark.source:
            return head
        gutter = f"{self.mark.line:5d} | "
        shown, column = around(self.mark.source, self.mark.column - 1)
        caret = " " * (len(gutter) + column) + "^"
        return f"{head}\n{gutter}{shown}\n{caret}"


def around(line: str, column: int) -> tuple[str, int]:
    """Return what of *line* is shown for a mistake at *column*, and the column there; controls are made visible."""
    start = max(0, column - WIDEST // 2) if len(line) > WIDEST else 0
    seen = line[start : start + WIDEST].replace("\t", " ")
    part = "".join(sign if sign.isprintable() else UNSEEN for sign in seen)
    before, after = (SHORT * cut for cut in (start > 0, start + WIDEST < len(line)))
    return f"{before}{part}{after}", column - start + len(before)


def brief(message: str) -> str:
    """Return *message* with its middle left out if it quotes too much to be read."""
    half = LONGEST // 2
    return message if len(message) <= LONGEST else f"{message[:half]} {SHORT} {message[-half:]}"


class Problems(Exception):  # noqa: N818 - it carries mistakes of the owner's, it is none of ours
    """Everything wrong that was found in one go; never empty. *done* is what was written all the same."""

    def __init__(self, problems: Iterable[Problem], done: str = "nothing was written") -> None:
        """Keep *problems* in the order of their places."""
        self.problems = tuple(sorted(set(problems)))
        self.done = done
        super().__init__("\n".join(str(problem) for problem in self.problems))


def stop(message: str, mark: Mark) -> Problems:
    """Return the exception for a single problem, to be raised by the caller."""
    return Problems([Problem(mark, message)])


def meant(name: str, known: Iterable[str]) -> str:
    """Return the one of the *known* names that was probably meant by *name*, empty if none comes near."""
    import difflib  # noqa: PLC0415 - only a mistake needs it

    return next(iter(difflib.get_close_matches(name, list(known), 1)), "")
