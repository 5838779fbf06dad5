"""Reads the owner's files into a Book, or says everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from docgen import source
from docgen.problem import Problem, Problems, meant
from docgen.records import register, schema
from docgen.records.book import Book, Business, Client, Invoice
from docgen.records.files import FILE, REGISTER, Files
from docgen.records.growing import growing
from docgen.records.register import Register, Row
from docgen.records.schema import Known
from docgen.source.pieces import pieces

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from pathlib import Path

CLIENTS = "clients"  # the mapping of all of them
Parts: TypeAlias = tuple[Register, Business, tuple[Client, ...]]


def read(files: Files, known: Known, helpers: Executor | None = None, hands: int = 1) -> Book:
    """Return what *files* say; raises Problems with every mistake in them.

    With *helpers* as many *hands* read at once, one of them here; what comes of it is the same.
    """
    with growing(len(files.facts)):
        lines, business, people = parts(files, known, helpers, hands)
    book = Book(business, people, tuple(row.posted for row in lines.letters))
    wrong = [*credits_of(book), *islice(strangers(book, lines, known), source.MISTAKES)]
    if wrong:
        raise Problems(wrong)
    return book


def parts(files: Files, known: Known, helpers: Executor | None, hands: int) -> Parts:
    """Return what is said, each client kept and its lines forgotten at once; raises Problems with every mistake.

    A mistake in a client behind others has all read once more, and held, as a mistake may follow from another's lines.
    """
    facts = files.facts
    try:
        lines, problems = rows(files.register)
    except Problems:
        source.read(facts, FILE)  # where that cannot be read at all, it comes first
        raise
    if helpers and len(facts) <= source.BYTES and not problems:
        found = together(pieces(facts, CLIENTS, hands), files.register, lines, known, helpers)
        if found:
            return found
    stream = schema.Stream(known, lines)
    try:
        whole = source.read(facts, FILE, CLIENTS, stream.take)
    except Problems:
        if not stream.clients:
            raise
        whole = None
    if whole is None or not stream.whole(whole):
        stream, whole = schema.Stream(known, lines), source.read(facts, FILE)
    business, people = schema.build(whole, known, lines, stream.clients)
    if whole.problems or problems:
        raise Problems(whole.problems + problems)
    return lines, business, people


def together(
    parted: Sequence[bytes], rows_: bytes | None, lines: Register, known: Known, helpers: Executor
) -> Parts | None:
    """Return what a file says that is *parted*, of which *helpers* read all pieces but the first, with its register.

    None where there is but one piece, or anything is wrong: the file as a whole then has to say what.
    """
    from concurrent.futures import BrokenExecutor  # noqa: PLC0415 - who has helpers has it

    first, *others = parted
    if not others:
        return None
    try:
        asked = [helpers.submit(some, piece, rows_, known) for piece in others]
        stream = schema.Stream(known, lines)
        found = source.read(first, FILE, CLIENTS, stream.take)
        answers = [stream.taken(found), *(each.result() for each in asked)]
    except (Problems, BrokenExecutor, MemoryError):
        return None
    clients: dict[str, Client] = {}
    for answer in answers:
        if answer is None or not clients.keys().isdisjoint(answer):
            return None
        clients |= answer
    business, people = schema.build(found, known, lines, clients)
    return None if found.problems else (lines, business, people)


def some(piece: bytes, rows_: bytes | None, known: Known) -> dict[str, Client] | None:
    """Return the clients that a *piece* of the file says, with its register; None where anything is wrong."""
    with growing():
        try:
            stream = schema.Stream(known, rows(rows_)[0])
            return stream.taken(source.read(piece, FILE, CLIENTS, stream.take))
        except Problems:
            return None


def posted(home: Path) -> tuple[Register, list[Problem]]:
    """Return the register in *home*, empty where there is none, and what is wrong with it."""
    return rows(Files(home).register)


def rows(data: bytes | None) -> tuple[Register, list[Problem]]:
    """Return the register of which this is the *data*, empty for none, and what is wrong with it."""
    return (Register(), []) if data is None else register.read(data, REGISTER)


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
