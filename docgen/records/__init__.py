"""What is so: reads the owner's files into a Book, or says everything that is wrong with them."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from docgen import reach, source
from docgen.problem import Mark, Problem, Problems, meant, stop
from docgen.records import register, schema
from docgen.records.book import Book, Client
from docgen.records.register import Register, Row
from docgen.records.schema import Known

if TYPE_CHECKING:
    from pathlib import Path

FILE = "clients.yaml"
REGISTER = "register.csv"


def read(home: Path, known: Known) -> Book:
    """Return what the files in *home* say; raises Problems with every mistake in them."""
    with growing():
        found = source.read(content(home, FILE), FILE)
        lines, problems = posted(home)
        business, clients = schema.build(found, known, lines)
    if found.problems or problems:
        raise Problems(found.problems + problems)
    book = Book(business, clients, tuple(row.posted for row in lines.letters))
    wrong = [*credits_of(book), *islice(strangers(book, lines, known), source.MISTAKES)]
    if wrong:
        raise Problems(wrong)
    return book


@contextmanager
def growing() -> Iterator[None]:
    """Do not look for waste meanwhile: what is read is kept, and looking takes a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def posted(home: Path) -> tuple[Register, list[Problem]]:
    """Return the register in *home*, empty where there is none, and what is wrong with it."""
    if not (home / REGISTER).exists():
        return Register(), []
    return register.read(content(home, REGISTER), REGISTER)


def content(home: Path, name: str) -> bytes:
    """Return the bytes of the file called *name* in *home*; raises Problems if they cannot be read."""
    found = reach.read(home, name)
    if found is None:
        hint = "`docgen init` makes a workspace, --home names another folder"
        raise stop(f"there is no such file; {hint}", Mark(name))
    return found


def credits_of(book: Book) -> list[Problem]:
    """Return what is wrong with credit notes: an unknown invoice, or more taken back than was asked for."""
    found = []
    for number, notes in book.credited.items():
        note = notes[-1]
        if number not in book.invoices:
            found.append(Problem(note.mark, f"credits invoice {number}, which is not in the file"))
            continue
        bill = book.invoices[number][2]
        if bill.currency == note.currency and bill.payable < book.credit(bill, max(n.issued for n in notes)):
            found.append(Problem(note.mark, f"credits more than invoice {number} of {bill.payable} asks for"))
    return found


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
    found = [(row.on, row.mark, f"the {row.document} was posted") for row in book.posted]
    for client in book.clients:
        for project in client.projects:
            found += [(event.on, event.mark, f"`{event.what}` happened") for event in project.history]
            found += [
                (payment.on, payment.mark, f"invoice {bill.number} was paid")
                for bill in project.invoices
                for payment in bill.payments
            ]
    return [
        Problem(mark, f"{what} on {on}, after today, {day}; a fact is noted once it is one")
        for on, mark, what in found
        if on > day
    ]
