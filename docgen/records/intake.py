"""Reads the owner's files into a Book, or says everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from docgen import source
from docgen.frozen import NamedTuple
from docgen.problem import Problem, Problems, meant
from docgen.records import register, schema
from docgen.records.book import Book, Client, Invoice
from docgen.records.files import CLIENTS, FILE, REGISTER, Files
from docgen.records.growing import growing
from docgen.records.register import Register, Row
from docgen.records.schema import Known
from docgen.source import Map, Source

if TYPE_CHECKING:
    from pathlib import Path


class Outline(NamedTuple):
    """What a part of a file has: its *keys* with their lines, the *names* of its clients and *numbers* of invoices."""

    keys: tuple[tuple[str, int], ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]


def read(files: Files, known: Known) -> Book:
    """Return what *files* say; raises Problems with every mistake in them."""
    with growing(len(files.facts)):
        try:
            lines, problems = rows(files.register)
        except Problems:
            source.read(files.facts, FILE)  # where that cannot be read at all, it comes first
            raise
        whole = source.read(files.facts, FILE)
        book = built(whole, known, lines)
    if whole.problems or problems:
        raise Problems(whole.problems + problems)
    wrong = [*credits_of(book), *islice(strangers(book, lines, known), source.MISTAKES)]
    if wrong:
        raise Problems(wrong)
    return book


def built(said: Source, known: Known, lines: Register) -> Book:
    """Return the book of what is *said*, and of *lines* of the register; what is wrong is noted in the former."""
    business, people = schema.build(said, known, lines)
    return Book(business, people, tuple(row.posted for row in lines.letters))


def part(piece: bytes, register_: bytes | None, known: Known) -> tuple[Book, Outline] | None:
    """Return what a *piece* of the file says, with the lines of its register that are about its clients.

    None where anything is wrong, or not sure: the file as a whole then has to say what. The register is `sound`.
    """
    try:
        lines, _ = rows(register_)
        said = source.read(piece, FILE)
        names = said.root.get(CLIENTS)
        mine = lines.about(names if isinstance(names, Map) else ())
        book = built(said, known, mine)
    except Problems:
        return None
    if said.problems or credits_of(book) or any(strangers(book, mine, known)):
        return None
    keys = tuple((str(key), key.line) for key, _ in said.root.placed())
    return book, Outline(keys, tuple(client.id for client in book.clients), tuple(book.invoices))


def sound(register_: bytes | None) -> bool:
    """Return whether nothing is wrong with the register of which this is the data; processes begun then have it."""
    try:
        return not rows(register_)[1]
    except Problems:
        return False


def agree(parts: Sequence[Outline], register_: bytes | None) -> bool:
    """Return whether *parts* of a file say together what it says: nothing twice, and all that its register is about."""
    names = [name for part in parts for name in part.names]
    numbers = [number for part in parts for number in part.numbers]
    apart = all(len({*map(str.casefold, each)}) == len(each) for each in (names, numbers))
    same = all(part.keys == parts[0].keys for part in parts)
    return same and apart and rows(register_)[0].clients <= {*names}


def posted(home: Path) -> tuple[Register, list[Problem]]:
    """Return the register in *home*, empty where there is none, and what is wrong with it."""
    return rows(Files(home).register)


@lru_cache(maxsize=1)
def rows(data: bytes | None) -> tuple[Register, list[Problem]]:
    """Return the register of which this is the *data*, empty for none, and what is wrong with it.

    It is kept, as each part of a file asks for it.
    """
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
