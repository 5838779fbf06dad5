"""What every decision of the plan rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any

from docgen.frozen import dataclass
from docgen.jurisdiction import Jurisdiction
from docgen.money import Money
from docgen.records.book import Book, Invoice
from docgen.schedule import Schedule


@dataclass(frozen=True, slots=True)
class View:
    """The book, the ladders and the laws as seen at the end of a day.

    *courses* are those of ladders climbed so far, *balances* what is owed on invoices that were asked about.
    """

    book: Book
    schedule: Schedule
    laws: Mapping[str, Jurisdiction]
    day: date
    courses: dict[Any, tuple[Any, ...]] = field(default_factory=dict, compare=False, repr=False)
    balances: dict[str, Money] = field(default_factory=dict, compare=False, repr=False)

    def balance(self, invoice: Invoice) -> Money:
        """Return what is still owed on *invoice*, late fees left out."""
        found = self.balances.get(invoice.number)
        if found is None:
            found = self.balances[invoice.number] = self.book.balance(invoice, self.day)
        return found
