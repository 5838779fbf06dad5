"""Reads the owner's files into a Book, or says everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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

if TYPE_CHECKING:
    from pathlib import Path

Parts: TypeAlias = tuple[Register, Business, tuple[Client, ...]]


def read(files: Files, known: Known) -> Book:
    """Return what *files* say; raises Problems with every mistake in them."""
    with growing(len(files.facts)):
        lines, business, people = parts(files, known)
    book = Book(business, people, tuple(row.posted for row in lines.letters))
    wrong = [*credits_of(book), *islice(strangers(book, lines, known), source.MISTAKES)]
    if wrong:
        raise Problems(wrong)
    return book


def parts(files: Files, known: Known) -> Parts:
    """Return what is said, each client kept and its lines forgotten at once; raises Problems with every mistake.

    A mistake in a client behind others has all read once more, and held, as a mistake may follow from another's lines.
    """
    facts = files.facts
    try:
        lines, problems = rows(files)
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


def posted(home: Path) -> tuple[Register, list[Problem]]:
    """Return the register in *home*, empty where there is none, and what is wrong with it."""
    return rows(Files(home))


def rows(files: Files) -> tuple[Register, list[Problem]]:
    """Return the register among *files*, and what is wrong with it."""
    return (Register(), []) if files.register is None else register.read(files.register, REGISTER)


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
