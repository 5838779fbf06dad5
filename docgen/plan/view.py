"""What every decision of the plan rests on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from docgen.frozen import dataclass
from docgen.jurisdiction import Jurisdiction
from docgen.records.book import Book
from docgen.schedule import Schedule


@dataclass(frozen=True, slots=True)
class View:
    """The book, the ladders and the laws as seen at the end of a day."""

    book: Book
    schedule: Schedule
    laws: Mapping[str, Jurisdiction]
    day: date
