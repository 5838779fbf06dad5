"""Reads all of a workspace, where nothing of it was read before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import TYPE_CHECKING

from docgen import charge, jurisdiction, language, schedule
from docgen.compose.texts import LETTERS
from docgen.jurisdiction import Laws
from docgen.problem import Problems
from docgen.records import facts, intake
from docgen.records.book import Book
from docgen.records.files import Files
from docgen.records.schema import Known
from docgen.shelf import Shelf

if TYPE_CHECKING:
    from concurrent.futures import Executor

ALSO = ("contract",)  # what may be posted besides letters
PIECE = 1 << 19  # bytes, for which it is worth to start a process


def read(files: Files, shelf: Shelf, until: date, jobs: int = 1) -> Book:
    """Return what *files* say, read by up to so many *jobs*, which are processes.

    Raises Problems with every mistake in them, a fact after *until* among them.
    """
    ladders = schedule.read(shelf)
    documents = shelf.stems(LETTERS) | set(ladders.rungs) | set(ALSO)
    known = Known(shelf.names(language.FOLDER), shelf.names(jurisdiction.FOLDER), documents, ladders.last_notice)
    hands = min(jobs, len(files.facts) // PIECE)
    with helpers(hands - 1) as found:
        book = intake.read(files, known, found, hands)
    wrong = [*facts.later(book, until), *charge.overpaid(book, Laws(shelf))]
    if wrong:
        raise Problems(wrong)
    return book


@contextmanager
def helpers(number: int) -> Iterator[Executor | None]:
    """Give so many processes, or None for none, and where the system has no room for them."""
    if number < 1:
        yield None
        return
    from docgen.cli import hands  # noqa: PLC0415 - only many clients are worth them

    with ExitStack() as stack:
        try:
            found = stack.enter_context(hands.processes(number)).executor
        except Problems:
            found = None
        yield found
