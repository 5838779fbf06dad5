"""Reads all of a workspace, where nothing of it was read before: in parts by several at once where that is worth it."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from docgen import charge, jurisdiction, language, schedule, source
from docgen.compose.texts import LETTERS
from docgen.frozen import replace
from docgen.jurisdiction import Laws
from docgen.problem import Problem, Problems
from docgen.records import facts, intake
from docgen.records.book import Book, inorder
from docgen.records.files import CLIENTS, Files
from docgen.records.growing import growing
from docgen.records.intake import Outline
from docgen.records.schema import Known
from docgen.shelf import Shelf
from docgen.source.pieces import pieces

if TYPE_CHECKING:
    from concurrent.futures import Future

    from docgen.crew import Crew

T = TypeVar("T")
ALSO = ("contract",)  # what may be posted besides letters
PIECE = 1 << 18  # bytes of facts that are worth a process, and are held at once where they are not to be kept
TURN = 0.0005  # seconds, after which the thread that takes what a helper made, which waits for that, has its turn
AHEAD = 2  # pieces given to each helper, so that it has one when it is done with another


def read(files: Files, shelf: Shelf, until: date, jobs: int = 1) -> Book:
    """Return what *files* say, read by up to so many *jobs*, which are processes.

    Raises Problems with every mistake in them, a fact after *until* among them.
    """
    with growing(len(files.facts)):
        books = each(files, shelf, until, replace, jobs)
    if books:
        clients = tuple(client for book in books for client in book.clients)
        return Book(books[0].business, clients, inorder(row for book in books for row in book.posted))
    book = intake.read(files, known(shelf))
    wrong = [*amiss(book, shelf, until)]
    if wrong:
        raise Problems(wrong)
    return book


def each(files: Files, shelf: Shelf, until: date, work: Callable[[Book], T], jobs: int = 1) -> list[T] | None:
    """Return what *work* makes of books that hold some of the clients each, in their order, by up to so many *jobs*.

    None where *files* are small, or anything they say is wrong or not sure: they have to be read as a whole.
    """
    facts = files.facts
    found = pieces(facts, CLIENTS, PIECE) if len(facts) <= source.BYTES else []
    if len(found) <= 1 or not intake.sound(files.register):
        return None
    from concurrent.futures import BrokenExecutor  # noqa: PLC0415 - only many clients are worth it

    make = partial(part, shelf, known(shelf), files.register, until, work)
    try:
        with helpers(min(jobs, len(found)) - 1) as others:
            parts = spread(make, found, others)
    except (BrokenExecutor, MemoryError):  # there is no room for several
        parts = spread(make, found, None)
    if parts is None or not intake.agree([outline for outline, _ in parts], files.register):
        return None
    return [made for _, made in parts]


def part(
    shelf: Shelf, known: Known, register: bytes | None, until: date, work: Callable[[Book], T], piece: bytes
) -> tuple[Outline, T] | None:
    """Return what *work* makes of what a *piece* of the facts says, None where anything is wrong or not sure."""
    with growing():
        found = intake.part(piece, register, known)
        if found is None or any(amiss(found[0], shelf, until)):
            return None
        try:
            return found[1], work(found[0])
        except Problems:
            return None


def spread(make: Callable[[bytes], T | None], found: Sequence[bytes], helpers: Crew | None) -> list[T] | None:
    """Return what *make* makes of each of those *found*, None if it makes nothing of one.

    It is called here and by *helpers*, each of which takes the next when it is done with one; raises BrokenExecutor
    where one of these ends.
    """
    left = deque(enumerate(found))
    made: dict[int, T | None] = {}
    asked: dict[int, Future[T | None]] = {}
    while left and None not in (*made.values(), *(each.result() for each in asked.values() if each.done())):
        while helpers and left and sum(not each.done() for each in asked.values()) < AHEAD * helpers.hands:
            number, piece = left.popleft()
            asked[number] = helpers.executor.submit(make, piece)
        if left:
            number, piece = left.popleft()
            made[number] = make(piece)
    made |= {number: each.result() for number, each in asked.items()}
    every = [each for _, each in sorted(made.items()) if each is not None]
    return every if len(every) == len(found) else None


def known(shelf: Shelf) -> Known:
    """Return what files of *shelf* may be named."""
    ladders = schedule.read(shelf)
    documents = shelf.stems(LETTERS) | set(ladders.rungs) | set(ALSO)
    return Known(shelf.names(language.FOLDER), shelf.names(jurisdiction.FOLDER), documents, ladders.last_notice)


def amiss(book: Book, shelf: Shelf, until: date) -> Iterator[Problem]:
    """Yield what is wrong with facts that are well said: they come after *until*, or more was paid than was owed."""
    yield from facts.later(book, until)
    yield from charge.overpaid(book, Laws(shelf))


@contextmanager
def helpers(number: int) -> Iterator[Crew | None]:
    """Give so many processes, or None for none, and where the system has no room for them."""
    if number < 1:
        yield None
        return
    from docgen.cli import hands  # noqa: PLC0415 - only many clients are worth them

    with ExitStack() as stack:
        stack.callback(sys.setswitchinterval, sys.getswitchinterval())
        sys.setswitchinterval(TURN)
        try:
            found = stack.enter_context(hands.processes(number))
        except Problems:
            found = None
        yield found
