"""What is so: reads the owner's files into a Book, or says everything that is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen import source
from docgen.problem import Mark, Problem, Problems, stop
from docgen.records import register, schema
from docgen.records.book import Book, Posted
from docgen.records.schema import Known

if TYPE_CHECKING:
    from pathlib import Path

FILE = "clients.yaml"
REGISTER = "register.csv"


def read(home: Path, known: Known) -> Book:
    """Return what the files in *home* say; raises Problems with every mistake in them."""
    found = source.read(content(home / FILE, FILE), FILE)
    business, clients = schema.build(found, known)
    posted: tuple[Posted, ...] = ()
    problems: list[Problem] = []
    if (home / REGISTER).exists():
        posted, problems = register.read(content(home / REGISTER, REGISTER), REGISTER)
    if found.problems or problems:
        raise Problems(found.problems + problems)
    book = Book(business, clients, posted)
    wrong = [*credits_of(book)]
    if wrong:
        raise Problems(wrong)
    return book


def content(path: Path, name: str) -> bytes:
    """Return the bytes of the file at *path*, called *name* in messages; raises Problems if they cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        hint = "`docgen init` makes a workspace, --home names another folder"
        raise stop(f"there is no such file; {hint}", Mark(name)) from None
    except OSError as error:
        raise stop(f"cannot be read: {error.strerror}", Mark(name)) from None


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
