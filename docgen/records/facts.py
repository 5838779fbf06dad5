"""What happened, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docgen.problem import Mark, Problem
from docgen.records.book import Book


def later(book: Book, day: date) -> list[Problem]:
    """Return what the files say happened after *day*."""
    return [
        Problem(mark, f"{what} on {on}, after today, {day}; a fact is noted once it is one")
        for on, mark, what in happened(book, day)
    ]


def last(book: Book) -> date:
    """Return the day of the last fact in *book*."""
    return max((on for on, _, _ in happened(book)), default=date.min)


def happened(book: Book, day: date = date.min) -> Iterator[tuple[date, Mark, str]]:
    """Yield what happened after *day*, when, and where that stands."""
    for row in book.posted:
        if row.on > day:
            yield row.on, row.mark, f"the {row.document} was posted"
    for project in (project for client in book.clients for project in client.projects):
        for event in project.history:
            if event.on > day:
                yield event.on, event.mark, f"`{event.what}` happened"
        for bill in project.invoices:
            for payment in bill.payments:
                if payment.on > day:
                    yield payment.on, payment.mark, f"invoice {bill.number} was paid"
