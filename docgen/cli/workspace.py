"""The workspace a command works on, and the options by which it is named."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from docgen import docket, index, reach
from docgen.cli.arguments import clock, cores, pick, place_and_day
from docgen.cli.day import Day
from docgen.compose import desk
from docgen.compose.desk import Desk
from docgen.dispatch import Pieces
from docgen.frozen import dataclass, replace
from docgen.index import Index
from docgen.jurisdiction import Laws
from docgen.problem import Problems
from docgen.records.book import Book, Client
from docgen.records.files import Files
from docgen.records.growing import growing
from docgen.shelf import Shelf

if TYPE_CHECKING:
    from docgen.plan import Job
    from docgen.plan.view import View
    from docgen.schedule import Schedule

T = TypeVar("T")
OUT = "out"
MANY = 1_000  # clients of which all is held at once where they are not to be kept


@dataclass(frozen=True)
class Rules:
    """What holds on a *day* by the files of a *shelf*, whatever the book says.

    *courses* are those of ladders climbed so far.
    """

    shelf: Shelf
    day: date
    courses: dict[Any, tuple[Any, ...]] = field(default_factory=dict, compare=False, repr=False)

    @functools.cached_property
    def schedule(self) -> Schedule:
        """Return its ladders."""
        from docgen import schedule  # noqa: PLC0415 - only commands about letters need it

        return schedule.read(self.shelf)

    @functools.cached_property
    def laws(self) -> Laws:
        """Return its laws."""
        return Laws(self.shelf)


@functools.lru_cache(maxsize=1)
def rules(shelf: Shelf, day: date, _: str) -> Rules:
    """Return the rules of a day by files of which the last is the hash: the parts of a book have them in common."""
    return Rules(shelf, day)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace that was read: its rules, its book, and the hash of all *inputs* that its documents follow.

    *key* is that of an index of what was read, empty where there is one or is to be none.
    """

    rules: Rules
    book: Book
    inputs: str
    key: str = ""

    @property
    def shelf(self) -> Shelf:
        """Return its files."""
        return self.rules.shelf

    @property
    def day(self) -> date:
        """Return the day as of which it is seen."""
        return self.rules.day

    @property
    def schedule(self) -> Schedule:
        """Return its ladders."""
        return self.rules.schedule

    @property
    def laws(self) -> Laws:
        """Return the laws it goes by."""
        return self.rules.laws

    def output(self, out: Path | None) -> Path:
        """Return where documents go: the folder *out*, or else that of the workspace, which must be no link."""
        return out or reach.unlinked(self.shelf.home, OUT)

    def clients(self, names: Sequence[str]) -> tuple[Client, ...]:
        """Return the clients called *names*, all if there are none; fails as wrong usage for an unknown one."""
        known = {client.id: client for client in self.book.clients}
        return tuple(known[pick("client", name, known)] for name in dict.fromkeys(names)) or self.book.clients

    def plan(self, clients: Sequence[Client], day: date | None = None) -> tuple[Job, ...]:
        """Return every document that was, is or will be due to *clients*, as seen on *day* or else on the day."""
        return tuple(job for jobs in self.plans(clients, day) for job in jobs)

    def plans(self, clients: Sequence[Client], day: date | None = None) -> Iterator[tuple[Job, ...]]:
        """Yield what `plan` returns for each of *clients*; of many, all of it is more than is to be held."""
        from docgen import plan  # noqa: PLC0415 - only commands about letters need it

        with growing():
            yield from plan.plan(self.view(clients, day), clients)

    def view(self, clients: Sequence[Client], day: date | None = None) -> View:
        """Return what is seen of *clients* on *day*, or else on the day."""
        from docgen.plan.view import View  # noqa: PLC0415 - as above

        laws = {law: self.laws[law] for law in sorted({client.law for client in clients})}
        on = day or self.day
        return View(self.book, self.schedule, laws, on, self.rules.courses if on == self.day else {})

    def desk(self, day: date | None = None) -> Desk:
        """Return what documents of *day*, or else of the day, are composed with."""
        return desk.desk(self.book, self.shelf, day or self.day, self.laws)

    def index(self) -> Iterator[tuple[str, Pieces]]:
        """Yield the index of what was read and its content, if that is to be kept and still as it was."""
        if self.key and self.key == index.key(Files(self.shelf.home), docket.inputs(self.shelf)):
            yield index.FILE, partial(iter, index.content(self.book, self.key))


@dataclass(frozen=True, slots=True)
class Subject:
    """What a command is about: *clients* and *bills*, or *names* of either, and the folder *out* it was told."""

    clients: tuple[str, ...] = ()
    bills: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    out: Path | None = None

    def of(self, found: Index) -> Sequence[str]:
        """Return the clients it is about, all if it names none, or an unknown one; invoices go before clients."""
        names = [*self.clients, *(found.bills.get(name, "") for name in self.bills)]
        names += [found.bills.get(name, name) for name in self.names]
        return list(dict.fromkeys(names)) if names and {*names} <= {*found.clients} else found.clients


ALL = Subject()


def subject(options: Mapping[str, Any]) -> Subject:
    """Return what a command with these *options* is about."""
    client, _, _ = options.get("client", "").partition("/")
    clients = (*options.get("clients", ()), *([client] if client else []))
    bills = (options["number"],) if "number" in options else ()
    return Subject(clients, bills, options.get("names", ()), options.get("out"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a workspace is, and the *day* as of which it is seen.

    A fact after *until* is a mistake. What a command is *about* may be all that is taken of a workspace that was read
    before, unless it is to be read *anew*. Many clients are read by as many *jobs*, which are processes.
    """

    home: Path
    day: date
    until: date
    about: Subject = ALL
    anew: bool = False
    jobs: int = 1

    def read(self) -> Workspace:
        """Return the workspace; raises Problems with every mistake in its files."""
        shelf, files = Shelf(self.home), Files(self.home)
        inputs = docket.inputs(shelf)
        key = index.key(files, inputs)
        found = self.kept(key)
        if found:
            del files  # which hold as much once more
            book = found.book(self.about.of(found))
            return Workspace(Rules(shelf, self.day), book, inputs) if book else replace(self, anew=True).read()
        from docgen.cli import anew as reader  # noqa: PLC0415 - what an index has is not read

        book = reader.read(files, shelf, self.until, self.jobs)
        return Workspace(Rules(shelf, self.day), book, inputs, key)

    def each(self, work: Callable[[Workspace], T]) -> list[T]:
        """Return what *work* makes of workspaces that hold some of the clients each, all of them together, in order.

        It is called in other processes too where there are many. Raises Problems with every mistake in the files.
        """
        shelf, files = Shelf(self.home), Files(self.home)
        inputs = docket.inputs(shelf)
        found, make = self.kept(index.key(files, inputs)), partial(of_some, shelf, self.day, inputs, work)
        if found:
            del files  # as above
            made = of_index(found, self.about.of(found), make)
        else:
            from docgen.cli import anew as reader  # noqa: PLC0415 - as above

            made = reader.each(files, shelf, self.until, make, self.jobs)
        return [work(self.read())] if made is None else made

    def kept(self, key: str) -> Index | None:
        """Return the index made of what has that *key*, None where only reading all of it can tell what is so.

        It may lie in the folder that the command was told, or in that of the workspace.
        """
        if self.anew:
            return None
        folders = [self.about.out] if self.about.out else []
        with suppress(Problems):
            folders.append(reach.unlinked(self.home, OUT))
        found = next((one for out in folders if (one := index.read(out, key))), None)
        return found if found and found.last <= self.until else None


def of_index(found: Index, names: Sequence[str], make: Callable[[Book], T]) -> list[T] | None:
    """Return what *make* makes of books of the clients called *names*, MANY at once; None where *found* is broken."""
    made = []
    for start in range(0, len(names), MANY):
        with growing():
            book = found.book(names[start : start + MANY])
            if book is None:
                return None
            made.append(make(book))
    return made


def of_some(shelf: Shelf, day: date, inputs: str, work: Callable[[Workspace], T], book: Book) -> T:
    """Return what *work* makes of the workspace with this *book*."""
    return work(Workspace(rules(shelf, day, inputs), book, inputs))


def open_(home: Path, day: date, until: date | None = None) -> Workspace:
    """Return the workspace in *home*; raises Problems with every mistake in its files, a fact after *until* among them.

    That is the day if left out.
    """
    return Place(home, day, until or day).read()


def reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command on a workspace, and give it the workspace read.

    With --today it may look back on a day that has passed: only what is after the clock's day too is a mistake.
    """
    return on_workspace(whole(command), lambda day: max(day, clock()))


def placing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what `reading` adds, and give *command* the place, to be read as it wants."""
    return on_workspace(command, lambda day: max(day, clock()))


def checking(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command that finds every mistake, what is said to happen after the day among them."""
    return on_workspace(whole(command), lambda day: day, anew=True)


def whole(command: Callable[..., Any]) -> Callable[..., Any]:
    """Have *command* given a workspace that was read where it is given its place."""

    @functools.wraps(command)
    def run(place: Place, /, **options: Any) -> None:
        command(place.read(), **options)

    return run


def on_workspace(
    command: Callable[..., Any], until: Callable[[date], date], *, anew: bool = False
) -> Callable[..., Any]:
    """Add the options that name a workspace and a day, and give *command* its place, to be read *anew* if need be."""

    @click.option("--home", type=click.Path(path_type=Path), help="The workspace; this folder by default.")
    @click.option("--today", type=Day(), help="The day to work as of, in place of the clock.")
    @click.pass_context
    @functools.wraps(command)
    def run(ctx: click.Context, /, home: Path | None, today: date | None, **options: Any) -> None:
        where, day = place_and_day(ctx, home, today)
        jobs = options.get("jobs") or cores()
        command(Place(where, day, until(day), subject(options), anew, jobs), **options)

    return run
