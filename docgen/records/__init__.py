"""What is so: reads the owner's files into a Book, or says everything that is wrong with them."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from docgen import reach, source
from docgen.frozen import dataclass
from docgen.problem import Mark, Problem, Problems, meant, stop
from docgen.records import register, schema
from docgen.records.book import Book, Business, Client, Invoice
from docgen.records.register import Register, Row
from docgen.records.schema import Known

if TYPE_CHECKING:
    from pathlib import Path

Parts: TypeAlias = tuple[Register, Business, tuple[Client, ...]]

FILE = "clients.yaml"
REGISTER = "register.csv"
MUCH = 1 << 20  # bytes, of which looking through what they say takes a quarter of the time


@dataclass(frozen=True)
class Files:
    """The owner's files in *home*, each read once, when it is asked for; raises Problems if that cannot be done."""

    home: Path

    @cached_property
    def facts(self) -> bytes:
        """Return the content of clients.yaml."""
        return content(self.home, FILE)

    @cached_property
    def register(self) -> bytes | None:
        """Return the content of register.csv, None if there is none."""
        return content(self.home, REGISTER) if (self.home / REGISTER).exists() else None


def read(files: Files, known: Known) -> Book:
    """Return what *files* say; raises Problems with every mistake in them."""
    return built(files.facts, files, known, ())


def some(files: Files, known: Known, facts: bytes, clients: Collection[str]) -> Book:
    """Return what *files* say of these *clients*, whose lines alone are in *facts*; raises Problems like `read`."""
    return built(facts, files, known, clients)


def built(facts: bytes, files: Files, known: Known, clients: Collection[str]) -> Book:
    """Return the book of *facts*, and of what the register says, where there are any of these *clients* alone."""
    with growing(len(facts)):
        lines, business, people = parts(facts, files, known, clients)
    book = Book(business, people, tuple(row.posted for row in lines.letters))
    wrong = [*credits_of(book), *islice(strangers(book, lines, known), source.MISTAKES)]
    if wrong:
        raise Problems(wrong)
    return book


def parts(facts: bytes, files: Files, known: Known, clients: Collection[str]) -> Parts:
    """Return what is said, each client kept and its lines forgotten at once; raises Problems with every mistake.

    A mistake in a client behind others has all read once more, and held, as a mistake may follow from another's lines.
    """
    try:
        lines, problems = rows(files, clients)
    except Problems:
        source.read(facts, FILE)  # where that cannot be read at all, it comes first
        raise
    stream = schema.Stream(known, lines)
    try:
        found = source.read(facts, FILE, "clients", stream.take)
    except Problems:
        if not stream.clients:
            raise
        found = None
    if found is None or not stream.whole(found):
        stream, found = schema.Stream(known, lines), source.read(facts, FILE)
    business, people = schema.build(found, known, lines, stream.clients)
    if found.problems or problems:
        raise Problems(found.problems + problems)
    return lines, business, people


@contextmanager
def growing(size: int = 0) -> Iterator[None]:
    """Do not look for waste while so many bytes are read, nor later in what much was read of: it is kept."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
        if was and size > MUCH:
            gc.freeze()
    finally:
        if was:
            gc.enable()


def posted(home: Path) -> tuple[Register, list[Problem]]:
    """Return the register in *home*, empty where there is none, and what is wrong with it."""
    return rows(Files(home))


def rows(files: Files, clients: Collection[str] = ()) -> tuple[Register, list[Problem]]:
    """Return the register among *files*, where there are any the lines of these *clients* alone, and what is wrong."""
    return (Register(), []) if files.register is None else register.read(files.register, REGISTER, clients)


def content(home: Path, name: str) -> bytes:
    """Return the bytes of the file called *name* in *home*; raises Problems if they cannot be read."""
    found = reach.read(home, name)
    if found is None:
        hint = "`docgen init` makes a workspace, --home names another folder"
        raise stop(f"there is no such file; {hint}", Mark(name))
    return found


def credits_of(book: Book) -> list[Problem]:
    """Return what is wrong with credit notes: they are of no invoice of their client, or of more than it asks for."""
    found: list[Problem] = []
    for number, notes in book.credited.items():
        if number not in book.invoices:
            found.append(Problem(notes[-1].mark, f"credits invoice {number}, which is not in the file"))
            continue
        client, _, bill = book.invoices[number]
        astray = [*amiss(book, client, bill)]
        if astray:
            found += astray
        elif bill.payable < book.credit(bill, max(note.issued for note in notes)):
            found.append(Problem(notes[-1].mark, f"credits more than invoice {number} of {bill.payable} asks for"))
    return found


def amiss(book: Book, client: Client, bill: Invoice) -> Iterator[Problem]:
    """Yield each credit note of *bill*, an invoice to *client*, that goes to another or is in another currency."""
    for note in book.credited[bill.number]:
        if book.invoices[note.number][0].id != client.id:
            yield Problem(note.mark, f"credits invoice {bill.number}, which is of the client `{client.id}`")
        elif note.currency != bill.currency:
            yield Problem(
                note.mark, f"is in {note.currency}, and invoice {bill.number} that it credits in {bill.currency}"
            )


def strangers(book: Book, lines: Register, known: Known) -> Iterator[Problem]:
    """Yield what the register names and the file, or the folder of letters, does not have."""
    clients = {client.id: client for client in book.clients}
    for row in (*lines.letters, *lines.events, *lines.payments):
        if row.client not in clients:
            yield Problem(row.mark, unknown("client", row.client, clients))
        else:
            yield from about(row, clients[row.client])
    for row in lines.letters:
        if row.document not in known.documents:
            yield Problem(row.mark, unknown("letter", row.document, [*known.documents, *register.EVENTS]))


def about(row: Row, client: Client) -> Iterator[Problem]:
    """Yield what a line of the register is about that *client* does not have: a project, an invoice."""
    projects = [project.id for project in client.projects]
    numbers = [bill.number for project in client.projects for bill in project.invoices]
    if row.project and row.project not in projects:
        yield Problem(row.mark, unknown(f"project of `{client.id}`", row.project, projects))
    subjects = numbers if row.document == register.PAYMENT else [*numbers, *projects, client.id]
    what = "invoice" if row.document == register.PAYMENT else "invoice or project"
    for subject in row.subjects:
        if subject not in subjects:
            yield Problem(row.mark, unknown(f"{what} of `{client.id}`", subject, subjects))


def unknown(what: str, name: str, names: Iterable[str]) -> str:
    """Return the message for a *name* that is none of *names*."""
    near = meant(name, names)
    return f"there is no {what} `{name}`{f'; did you mean `{near}`?' if near else ''}"


def later(book: Book, day: date) -> list[Problem]:
    """Return what the files say happened after *day*."""
    return [
        Problem(mark, f"{what} on {on}, after today, {day}; a fact is noted once it is one")
        for on, mark, what in happened(book)
        if on > day
    ]


def last(book: Book) -> date:
    """Return the day of the last fact in *book*."""
    return max((on for on, _, _ in happened(book)), default=date.min)


def happened(book: Book) -> Iterator[tuple[date, Mark, str]]:
    """Yield what happened, when, and where that stands."""
    for row in book.posted:
        yield row.on, row.mark, f"the {row.document} was posted"
    for project in (project for client in book.clients for project in client.projects):
        for event in project.history:
            yield event.on, event.mark, f"`{event.what}` happened"
        for bill in project.invoices:
            for payment in bill.payments:
                yield payment.on, payment.mark, f"invoice {bill.number} was paid"
