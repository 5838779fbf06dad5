"""Reads all of a workspace, where nothing of it was read before."""

from __future__ import annotations

from datetime import date

from docgen import charge, jurisdiction, language, schedule
from docgen.compose.texts import LETTERS
from docgen.jurisdiction import Laws
from docgen.problem import Problems
from docgen.records import facts, intake
from docgen.records.book import Book
from docgen.records.files import Files
from docgen.records.schema import Known
from docgen.shelf import Shelf

ALSO = ("contract",)  # what may be posted besides letters


def read(files: Files, shelf: Shelf, until: date) -> Book:
    """Return what *files* say; raises Problems with every mistake in them, a fact after *until* among them."""
    ladders = schedule.read(shelf)
    documents = shelf.stems(LETTERS) | set(ladders.rungs) | set(ALSO)
    known = Known(shelf.names(language.FOLDER), shelf.names(jurisdiction.FOLDER), documents, ladders.last_notice)
    book = intake.read(files, known)
    wrong = [*facts.later(book, until), *charge.overpaid(book, Laws(shelf))]
    if wrong:
        raise Problems(wrong)
    return book
