"""Reads and writes the lines of register.csv: what was really posted, said or paid.

A line's `document` says what it is: an event's name (``replied``), ``payment``, or else the name of a letter. A cell
that a spreadsheet would take for a formula has an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import field
from datetime import date
from functools import cached_property
from itertools import islice

from docgen import gate, source
from docgen.frozen import dataclass, replace
from docgen.problem import Mark, Problem
from docgen.records import typed
from docgen.records.book import Event, Posted, What
from docgen.records.typed import Most
from docgen.source import Text

COLUMNS = (
    "date", "client", "project", "subject", "document", "channel", "tracking", "sha256", "amount", "note",
)  # fmt: skip
LONGEST = dict.fromkeys(COLUMNS, Most.LINE) | {"subject": Most.NOTE, "note": Most.NOTE}
SHORT = min(LONGEST.values())  # what no cell is too long for
HEAD = f"{','.join(COLUMNS)}\n"
PAYMENT = "payment"
EVENTS = frozenset(What)
FORMULA = "'*[=+\\-@\t\uff1d\uff0b\uff0d\uff20]"
BREAK = re.compile("\r\n|[\r\n]")
QUOTED = '[,;"\r\n]'
TORN = "if it was torn by a crash, complete it with a line end, or delete it and record again what it was to say"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the register as it stands, and where; *subject* may hold several invoice numbers."""

    on: date
    client: str
    project: str = ""
    subject: str = ""
    document: str = ""
    channel: str = ""
    tracking: str = ""
    sha256: str = ""
    amount: str = ""
    note: str = ""
    mark: Mark = field(default=Mark(""), compare=False)

    @property
    def subjects(self) -> tuple[str, ...]:
        """Return what it is about: invoice numbers, or a project."""
        return tuple(re.split(r"[\s;,]+", self.subject))

    @property
    def posted(self) -> Posted:
        """Return the line as a document that went out."""
        return Posted(
            self.on, self.client, self.project, self.subjects, self.document, self.channel, self.tracking, self.mark
        )

    @property
    def event(self) -> Event:
        """Return the line as something that happened."""
        return Event(self.on, What(self.document), self.note, self.mark)


@dataclass(frozen=True)
class Register:
    """The lines of the register, each kind in the order of its dates; *separator* parts the cells of a line."""

    letters: tuple[Row, ...] = ()
    events: tuple[Row, ...] = ()
    payments: tuple[Row, ...] = ()
    separator: str = ","

    @cached_property
    def sent(self) -> dict[tuple[str, str], list[Row]]:
        """Return the letters by client and name."""
        return grouped((row.client, row.document, row) for row in self.letters)

    @cached_property
    def happened(self) -> dict[tuple[str, str], list[Row]]:
        """Return the events by client and project."""
        return grouped((row.client, row.project, row) for row in self.events)

    @cached_property
    def paid(self) -> dict[tuple[str, str], list[Row]]:
        """Return the payments by client and invoice number."""
        return grouped((row.client, row.subject, row) for row in self.payments)

    @cached_property
    def clients(self) -> frozenset[str]:
        """Return the ids of all clients that it is about."""
        return frozenset(row.client for row in (*self.letters, *self.events, *self.payments))

    def about(self, clients: Container[str]) -> Register:
        """Return its lines about *clients*."""
        kinds = (self.letters, self.events, self.payments)
        letters, events, payments = (tuple(row for row in rows if row.client in clients) for rows in kinds)
        return Register(letters, events, payments, self.separator)


def grouped(rows: Iterable[tuple[str, str, Row]]) -> dict[tuple[str, str], list[Row]]:
    """Return *rows* by the two names before each."""
    found: dict[tuple[str, str], list[Row]] = {}
    for first, second, row in rows:
        found.setdefault((first, second), []).append(row)
    return found


def read(data: bytes, name: str) -> tuple[Register, list[Problem]]:
    """Return the register in *data*, and what is wrong with it."""
    cut = torn(data)
    text = source.decode(data[:cut], name)
    lines = BREAK.split(text)
    if cut < len(data):
        return Register(), [Problem(Mark(name, len(lines), 1, lines[-1]), f"the line ends within a character; {TORN}")]
    separator = parting(lines[0])
    problems: list[Problem] = []
    found = parsed(text, lines, name, separator, problems)
    head = [cell.lower() for first in islice(found, 1) for cell in first.cells]
    if tuple(head) != COLUMNS:
        return Register(), [Problem(Mark(name, 1, 1, lines[0]), heading(head))]
    rows: list[Row] = []
    for line in found:
        rows += understood(line, separator, problems)
        if len(problems) >= source.MISTAKES:
            break
    rows.sort(key=lambda row: row.on)
    return Register(
        tuple(row for row in rows if row.document not in EVENTS and row.document != PAYMENT),
        tuple(row for row in rows if row.document in EVENTS),
        tuple(row for row in rows if row.document == PAYMENT),
        separator,
    ), problems


def parting(head: str) -> str:
    """Return what parts the cells of a table whose first line is *head*; some spreadsheets put a semicolon."""
    return ";" if head.count(";") > head.count(",") else ","


def torn(data: bytes) -> int:
    """Return where the last character of *data* begins if the end of it is missing, or else where *data* ends."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start if error.reason == "unexpected end of data" else len(data)
    return len(data)


def heading(head: list[str]) -> str:
    """Return the message for a first line that is not the register's."""
    if tuple(head[: len(COLUMNS)]) == COLUMNS:
        more = ", ".join(head[len(COLUMNS) :])
        return f"a newer docgen has written this register, with columns unknown to this one ({more}): update docgen"
    return f"the first line must be {','.join(COLUMNS)}"


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of a line, where it begins, and whether there is a line end behind it."""

    cells: list[str]
    mark: Mark
    ended: bool


def parsed(text: str, lines: list[str], name: str, separator: str, problems: list[Problem]) -> Iterator[Line]:
    """Yield the lines that have anything in them, the first always; a quote that is not closed is a problem."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 1
    try:
        for cells in reader:
            if number == 1 or any(map(str.strip, cells)):
                mark = Mark(name, number, 1, lines[number - 1])
                yield Line([cell.strip() for cell in cells], mark, reader.line_num < len(lines))
            number = reader.line_num + 1
    except csv.Error:
        message = f"a quote is opened on this line and not closed as it should be; {TORN}"
        problems.append(Problem(Mark(name, number, 1, lines[number - 1]), message))


def understood(line: Line, separator: str, problems: list[Problem]) -> Iterator[Row]:
    """Yield what *line* says; what is wrong with it is added to *problems* instead."""
    wrong = misshapen(line, separator)
    if wrong:
        problems.append(Problem(line.mark, wrong))
        return
    unseen = list(unprintable(line))
    if unseen:
        problems += unseen
        return
    whole = "".join(line.cells)
    usual = whole.isascii() and "'" not in whole
    said = dict(zip(COLUMNS, line.cells if usual else map(plain, line.cells), strict=True))
    if said["document"] in EVENTS:
        said["subject"] = said["project"] = said["project"] or said["subject"]
    missing = [column for column in ("client", "subject", "document") if not said[column]]
    if missing:
        problems.append(Problem(line.mark, f"the line has no {missing[0]}"))
        return
    try:
        yield Row(typed.day(Text(said.pop("date"))), **said, mark=line.mark)
    except ValueError as error:
        problems.append(Problem(line.mark, str(error)))


def unprintable(line: Line) -> Iterator[Problem]:
    """Yield the problem with each cell of *line* that cannot be printed, or is too long."""
    whole = "".join(line.cells)
    if len(whole) <= SHORT and whole.isascii() and whole.isprintable():  # as most are
        return
    for column, cell in zip(COLUMNS, line.cells, strict=True):
        found = gate.search(cell)
        if found:
            place = line.mark.source.find(found[0])
            mark = replace(line.mark, column=place + 1) if place >= 0 else line.mark
            yield Problem(mark, f"`{column}`: {gate.reason(found[0])}")
        elif "\n" in cell:
            yield Problem(line.mark, f"`{column}` {typed.ONE_LINE}")
        elif len(cell) > LONGEST[column]:
            yield Problem(line.mark, f"`{column}` has {len(cell):,} characters; {LONGEST[column]:,} are the most here")


def misshapen(line: Line, separator: str) -> str:
    """Return what is wrong with the cells of *line*, empty if nothing is."""
    count, text = len(line.cells), "".join(line.cells)
    if count != len(COLUMNS):
        found = f"the line has {count} cell{'s' if count > 1 else ''} where {len(COLUMNS)} belong"
        other = ",;".replace(separator, "")
        if text.count(other) == len(COLUMNS) - 1:
            return f"{found}: its cells are parted by `{other}`, and those of the first line by `{separator}`"
        return found if line.ended else f"{found}; {TORN}"
    if not line.ended and line.mark.source.startswith('"'):
        return f"the line has no end, and may be less than what was written; {TORN}"
    return ""


def plain(cell: str) -> str:
    """Return *cell* in NFC and without the apostrophe that keeps a spreadsheet from computing it."""
    found = cell[1:] if cell.startswith("'") and re.match(FORMULA, cell) else cell
    return found if found.isascii() else unicodedata.normalize("NFC", found)


def line(row: Row, separator: str = ",") -> str:
    """Return the line that says *row*, its end included.

    All cells have quotes if the last has anything in it: cut off within that cell, such a line could look whole.
    """
    cells = [row.on.isoformat(), *(getattr(row, name) for name in COLUMNS[1:])]
    return joined(cells, separator, quotes=bool(row.note))


def joined(cells: Iterable[str], separator: str = ",", *, quotes: bool = False) -> str:
    """Return *cells* as a line, none of them a formula to a spreadsheet; with *quotes* around all."""
    safe = (f"'{cell}" if re.match(FORMULA, cell) else cell for cell in cells)
    return f"{separator.join(quoted(cell) if quotes or re.search(QUOTED, cell) else cell for cell in safe)}\n"


def quoted(cell: str) -> str:
    """Return *cell* in quotes, those in it doubled."""
    return '"{}"'.format(cell.replace('"', '""'))
