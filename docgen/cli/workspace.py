"""The workspace a command works on, and the options by which it is named."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen import charge, jurisdiction, language, reach, records, schedule
from docgen.cli.arguments import clock, pick, place_and_day
from docgen.cli.day import Day
from docgen.compose import desk
from docgen.compose.desk import Desk
from docgen.compose.texts import LETTERS
from docgen.frozen import dataclass
from docgen.jurisdiction import Laws
from docgen.problem import Problems
from docgen.records.book import Book, Client
from docgen.records.schema import Known
from docgen.schedule import Schedule
from docgen.shelf import Shelf

if TYPE_CHECKING:
    from docgen.plan import Job

ALSO = ("contract",)  # what may be posted besides letters


@dataclass(frozen=True)
class Workspace:
    """A workspace that was read: its files, its ladders, its book, and the day."""

    shelf: Shelf
    schedule: Schedule
    book: Book
    day: date

    @functools.cached_property
    def laws(self) -> Laws:
        """Return the laws it goes by."""
        return Laws(self.shelf)

    def output(self, out: Path | None) -> Path:
        """Return where documents go: the folder *out*, or else that of the workspace, which must be no link."""
        return out or reach.unlinked(self.shelf.home, "out")

    def clients(self, names: Sequence[str]) -> tuple[Client, ...]:
        """Return the clients called *names*, all if there are none; fails as wrong usage for an unknown one."""
        known = {client.id: client for client in self.book.clients}
        return tuple(known[pick("client", name, known)] for name in dict.fromkeys(names)) or self.book.clients

    def plan(self, clients: Sequence[Client], day: date | None = None) -> tuple[Job, ...]:
        """Return every document that was, is or will be due to *clients*, as seen on *day* or else on the day."""
        from docgen import plan  # noqa: PLC0415 - only commands about letters need it

        laws = {law: self.laws[law] for law in sorted({client.law for client in clients})}
        return plan.plan(self.book, clients, self.schedule, laws, day or self.day)

    def desk(self, day: date | None = None) -> Desk:
        """Return what documents of *day*, or else of the day, are composed with."""
        return desk.desk(self.book, self.shelf, day or self.day, self.laws)


def open_(home: Path, day: date, until: date | None = None) -> Workspace:
    """Return the workspace in *home*; raises Problems with every mistake in its files.

    A fact after *until*, which is the day if left out, is a mistake.
    """
    shelf = Shelf(home)
    ladders = schedule.read(shelf)
    documents = shelf.stems(LETTERS) | set(ladders.rungs) | set(ALSO)
    known = Known(shelf.names(language.FOLDER), shelf.names(jurisdiction.FOLDER), documents, ladders.last_notice)
    book = records.read(home, known)
    work = Workspace(shelf, ladders, book, day)
    wrong = [*records.later(book, until or day), *charge.overpaid(book, work.laws)]
    if wrong:
        raise Problems(wrong)
    return work


def reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command on a workspace, and give it the workspace read.

    With --today it may look back on a day that has passed: only what is after the clock's day too is a mistake.
    """
    return on_workspace(command, lambda day: max(day, clock()))


def checking(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command that finds every mistake, what is said to happen after the day among them."""
    return on_workspace(command, lambda day: day)


def on_workspace(command: Callable[..., Any], until: Callable[[date], date]) -> Callable[..., Any]:
    """Add the options that name a workspace and a day, and give *command* the workspace read."""

    @click.option("--home", type=click.Path(path_type=Path), help="The workspace; this folder by default.")
    @click.option("--today", type=Day(), help="The day to work as of, in place of the clock.")
    @click.pass_context
    @functools.wraps(command)
    def run(ctx: click.Context, /, home: Path | None, today: date | None, **options: Any) -> None:
        where, day = place_and_day(ctx, home, today)
        command(open_(where, day, until(day)), **options)

    return run
