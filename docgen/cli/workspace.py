"""The workspace a command works on, and the options by which it is named."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen import charge, docket, index, jurisdiction, language, reach, records, schedule
from docgen.cli.arguments import clock, pick, place_and_day
from docgen.cli.day import Day
from docgen.compose import desk
from docgen.compose.desk import Desk
from docgen.compose.texts import LETTERS
from docgen.dispatch import Made
from docgen.frozen import dataclass
from docgen.index import Index
from docgen.jurisdiction import Laws
from docgen.problem import Problems
from docgen.records import Files
from docgen.records.book import Book, Client
from docgen.records.schema import Known
from docgen.schedule import Schedule
from docgen.shelf import Shelf

if TYPE_CHECKING:
    from docgen.plan import Job

OUT = "out"
ALSO = ("contract",)  # what may be posted besides letters


@dataclass(frozen=True)
class Workspace:
    """A workspace that was read: its files, its ladders, its book, and the day.

    *key* is that of an index of what was read, empty where there is to be none.
    """

    shelf: Shelf
    schedule: Schedule
    book: Book
    day: date
    key: str = ""

    @functools.cached_property
    def laws(self) -> Laws:
        """Return the laws it goes by."""
        return Laws(self.shelf)

    def output(self, out: Path | None) -> Path:
        """Return where documents go: the folder *out*, or else that of the workspace, which must be no link."""
        return out or reach.unlinked(self.shelf.home, OUT)

    def clients(self, names: Sequence[str]) -> tuple[Client, ...]:
        """Return the clients called *names*, all if there are none; fails as wrong usage for an unknown one."""
        known = {client.id: client for client in self.book.clients}
        return tuple(known[pick("client", name, known)] for name in dict.fromkeys(names)) or self.book.clients

    def plan(self, clients: Sequence[Client], day: date | None = None) -> tuple[Job, ...]:
        """Return every document that was, is or will be due to *clients*, as seen on *day* or else on the day."""
        from docgen import plan  # noqa: PLC0415 - only commands about letters need it

        laws = {law: self.laws[law] for law in sorted({client.law for client in clients})}
        with records.growing():
            return plan.plan(self.book, clients, self.schedule, laws, day or self.day)

    def desk(self, day: date | None = None) -> Desk:
        """Return what documents of *day*, or else of the day, are composed with."""
        return desk.desk(self.book, self.shelf, day or self.day, self.laws)

    def index(self) -> Iterator[Made]:
        """Yield the index of what was read, if that is large and still as it was."""
        files = Files(self.shelf.home)
        if self.key and self.key == index.key(files, lambda: docket.inputs(self.shelf)):
            found = index.make(self.book, files)
            if found:
                yield Made(index.FILE, index.content(found, self.key))


@dataclass(frozen=True, slots=True)
class Subject:
    """What a command is about: *clients* and *bills*, or *names* of either, and the folder *out* it was told."""

    clients: tuple[str, ...] = ()
    bills: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    out: Path | None = None

    def of(self, found: Index) -> list[str]:
        """Return the clients it is about, none if any is unknown; what is called like an invoice is one."""
        names = [*self.clients, *(found.bills.get(name, "") for name in self.bills)]
        names += [found.bills.get(name, name) for name in self.names]
        return list(dict.fromkeys(names)) if all(name in found.clients for name in names) else []


ALL = Subject()


def subject(options: Mapping[str, Any]) -> Subject:
    """Return what a command with these *options* is about."""
    client, _, _ = options.get("client", "").partition("/")
    clients = (*options.get("clients", ()), *([client] if client else []))
    bills = (options["number"],) if "number" in options else ()
    return Subject(clients, bills, options.get("names", ()), options.get("out"))


def open_(home: Path, day: date, until: date | None = None, about: Subject = ALL) -> Workspace:
    """Return the workspace in *home*; raises Problems with every mistake in its files.

    A fact after *until*, which is the day if left out, is a mistake. What a command is *about* may be all that is read
    of a large workspace that was read before.
    """
    shelf = Shelf(home)
    ladders = schedule.read(shelf)
    documents = shelf.stems(LETTERS) | set(ladders.rungs) | set(ALSO)
    known = Known(shelf.names(language.FOLDER), shelf.names(jurisdiction.FOLDER), documents, ladders.last_notice)
    files = Files(home)
    key = index.key(files, lambda: docket.inputs(shelf))
    book = part(files, known, key, until or day, about)
    if book:
        return Workspace(shelf, ladders, book, day)
    work = Workspace(shelf, ladders, records.read(files, known), day, key)
    wrong = [*records.later(work.book, until or day), *charge.overpaid(work.book, work.laws)]
    if wrong:
        raise Problems(wrong)
    return work


def part(files: Files, known: Known, key: str, until: date, about: Subject) -> Book | None:
    """Return what *files* say of whom a command is *about*, None where only reading all of them can tell."""
    try:
        found = index.read(about.out or reach.unlinked(files.home, OUT), key)
        clients = about.of(found) if found and date.fromisoformat(found.last) <= until else []
        book = records.some(files, known, found.part(files.facts, clients), clients) if found and clients else None
    except (Problems, ValueError):
        return None
    return book.about(clients) if book and {*clients} == {*book.known} else None


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
        command(open_(where, day, until(day), subject(options)), **options)

    return run
