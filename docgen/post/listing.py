"""The posting list as a table: written for the counter, filled in with article numbers, and read again.

Its columns, in posting-list.csv:

number          the piece's number on the list, from 1
id              the letter, as `docgen posted` names it: acme/2026-021-first-notice
addressee       name and address on one line
country         ISO 3166
service         certified, mail or email, as the schedule says
article_number  empty; what the postal service gives the piece is filled in here
enclosures      what is enclosed, in the business's language
pages, sheets   of the letter with its enclosures; sheets are printed on both sides
grams           estimated, with the envelope
run             how many pieces the list has and the day it is of: `5 pieces of 2026-11-23`
sha256          of the letter's file
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date

from docgen import gate, source
from docgen.frozen import dataclass
from docgen.post import numbers
from docgen.problem import Mark, Problem, Problems, stop
from docgen.records import register, typed
from docgen.source import Text

FILE = "posting-list.csv"
RUN = re.compile(r"(\d+) pieces? of (\d{4}-\d\d-\d\d)")
ROUNDED = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)
AGAIN = "run `docgen print` for a new list"


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of the posting list."""

    number: int
    id: str
    addressee: str
    country: str
    service: str
    article_number: str
    enclosures: str
    pages: int
    sheets: int
    grams: int
    run: str
    sha256: str


COLUMNS = tuple(field.name for field in fields(Piece))
GIVEN = ("id", "article_number")  # the columns of a list of numbers known before printing


@dataclass(frozen=True, slots=True)
class Given:
    """A number known before its letter is printed: of which letter, and where it says so."""

    id: str
    article: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Filled:
    """A line of a list that was filled in: which letter, which number it was given, its file's sum, and where."""

    number: int
    id: str
    service: str
    article: str
    sha256: str
    mark: Mark


def run(count: int, day: date) -> str:
    """Return what each line says of the list as a whole; no spreadsheet takes it for a date."""
    return f"{count} piece{'s' if count != 1 else ''} of {day}"


def write(pieces: Iterable[Piece]) -> Iterator[bytes]:
    """Yield the lines of the table; a cell that a spreadsheet would take for a formula has an apostrophe before it."""
    yield f"{','.join(COLUMNS)}\n".encode()
    for piece in pieces:
        yield register.joined(str(getattr(piece, name)) for name in COLUMNS).encode()


def read(data: bytes, name: str, on: date) -> list[Filled]:
    """Return the lines of a list posted on a day; raises Problems with all that is wrong in it."""
    problems: list[Problem] = []
    head, found = lines(data, name, problems, COLUMNS, AGAIN)
    filled: list[Filled] = []
    runs: list[tuple[int, date]] = []
    for line in found:
        try:
            one, of = understood(line, head)
        except ValueError as error:
            problems.append(Problem(line.mark, str(error)))
        else:
            filled.append(one)
            runs.append(of)
    problems += whole(filled, runs, Mark(name), on) if not problems else []
    if problems:
        raise Problems(problems)
    return filled


def given(data: bytes, name: str) -> list[Given]:
    """Return the numbers that a list has before its letters are printed; raises Problems with all that is wrong in it.

    Its columns are *id* and *article_number*, others are passed over; a line without a number says nothing.
    """
    problems: list[Problem] = []
    head, found = lines(data, name, problems, GIVEN, "a number is given to a letter by these two")
    known: list[Given] = []
    for line in found:
        try:
            said = cells(line, head)
            article = numbered(said["article_number"])
        except ValueError as error:
            problems.append(Problem(line.mark, str(error)))
        else:
            known += [Given(said["id"], article, line.mark)] if article else []
    problems += doubled([(one.id, one.mark) for one in known], "the letter")
    problems += doubled([(one.article, one.mark) for one in known], "the article number")
    if problems:
        raise Problems(problems)
    return known


def lines(
    data: bytes, name: str, problems: list[Problem], columns: Sequence[str], hint: str
) -> tuple[list[str], list[register.Line]]:
    """Return the names of the columns of a table and its lines; raises Problems if it lacks one of *columns*."""
    text = source.decode(data, name)
    found = register.BREAK.split(text)
    table = list(register.parsed(text, found, name, register.parting(found[0]), problems))
    head = [cell.lower() for cell in table[0].cells] if table else []
    missing = [column for column in columns if column not in head]
    if missing:
        raise stop(f"the first line has no {', '.join(missing)}; {hint}", Mark(name, 1, 1, found[0]))
    return head, table[1:]


def cells(line: register.Line, head: Sequence[str]) -> dict[str, str]:
    """Return the cells of *line* by their columns; raises ValueError if they are not as many, or not to be printed."""
    if len(line.cells) != len(head):
        raise ValueError(f"the line has {len(line.cells)} cells where {len(head)} belong")
    for key, cell in zip(head, line.cells, strict=True):
        if why := gate.refused(cell):
            raise ValueError(f"`{key}`: {why}")
    return {key: register.plain(cell) for key, cell in zip(head, line.cells, strict=True)}


def understood(line: register.Line, head: Sequence[str]) -> tuple[Filled, tuple[int, date]]:
    """Return what *line* says, and how many pieces its list has and of which day; raises ValueError if it is wrong."""
    said = cells(line, head)
    of = RUN.fullmatch(said["run"])
    if of is None:
        raise ValueError(f"`run` is {said['run']!r}, and would be as in `{run(5, date(2026, 11, 23))}`; {AGAIN}")
    if not said["number"].isdecimal():
        raise ValueError(f"`number` is {said['number']!r}, and would be the piece's number on the list")
    article = numbered(said["article_number"])
    one = Filled(int(said["number"]), said["id"], said["service"], article, said["sha256"], line.mark)
    return one, (int(of[1]), typed.day(Text(of[2])))


def numbered(text: str) -> str:
    """Return an article number that was filled in; raises ValueError for one that is mistyped."""
    text = text.removeprefix("'").strip()
    if ROUNDED.fullmatch(text):
        raise ValueError(
            f"a spreadsheet has rounded the article number to {text}; type it again, with an apostrophe before it"
        )
    return numbers.check(text) if text else ""


def whole(filled: Sequence[Filled], runs: Sequence[tuple[int, date]], mark: Mark, on: date) -> Iterator[Problem]:
    """Yield what of a list is missing, doubled or of another day."""
    if not runs:
        yield Problem(mark, f"the list has no pieces; {AGAIN}")
        return
    usual = max(set(runs), key=runs.count)
    for one, of in zip(filled, runs, strict=True):
        if of != usual:
            yield Problem(one.mark, f"the line is of another list, {run(*of)}; the others are of {run(*usual)}")
    if usual[1] != on:
        hint = f"say --on {usual[1]} if they were posted then, or {AGAIN}"
        yield Problem(mark, f"the list is of {usual[1]}, and what is recorded is of {on}; {hint}")
    yield from doubled([(one.id, one.mark) for one in filled], "the letter")
    yield from doubled([(one.article, one.mark) for one in filled if one.article], "the article number")
    yield from doubled([(str(one.number), one.mark) for one in filled], "the number")
    lost = sorted(set(range(1, usual[0] + 1)) - {one.number for one in filled})
    if lost:
        names = ", ".join(map(str, lost))
        hint = "put the line back, or record what was posted with `docgen posted LETTER`"
        yield Problem(mark, f"the list had {usual[0]} pieces, and number {names} is missing; {hint}")
    for one in filled:
        if one.number > usual[0] or not one.number:
            yield Problem(one.mark, f"number {one.number} is not on a list of {usual[0]}")


def doubled(names: Iterable[tuple[str, Mark]], what: str) -> Iterator[Problem]:
    """Yield each of *names* that was there before."""
    seen: dict[str, Mark] = {}
    for name, mark in names:
        if name in seen:
            yield Problem(mark, f"{what} {name} is there already, in {seen[name]}")
        seen.setdefault(name, mark)
