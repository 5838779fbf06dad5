"""Where documents go, in which formats, and who makes them; the options by which that is said."""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import click

from docgen import dispatch, docket, index, press
from docgen.cli import terminal
from docgen.cli.arguments import cores
from docgen.cli.workspace import Workspace
from docgen.frozen import dataclass
from docgen.press import WORD, Order, Outcome, Press

BOTH = "both"
FEW = 40  # documents for which starting processes takes longer than making them
CLUSTER = r"dask://([^\s/]+:[0-9]+)"


@dataclass(frozen=True, slots=True)
class Output:
    """Where documents go, in which formats, made by how many processes here, or else by the *cluster* at an address."""

    folder: Path
    formats: tuple[str, ...]
    jobs: int
    cluster: str = ""

    def make(self, work: Workspace, orders: Sequence[Order]) -> set[Path]:
        """Make what of *orders* is not there as it would be made, then write it; return the paths written."""
        for path in sorted(self.own(work, orders)):
            click.echo(f"{path} is filled for Word; the PDF follows the text", err=True)
        known, marks = docket.read(self.folder), docket.marks(work.desk(), orders, work.inputs)
        settled = {stem for stem, mark in marks.items() if all(known.has(path, mark) for path in self.paths(stem))}
        new = [order for order in orders if order.stem not in settled]
        made = press.gathered(work.shelf, orders, self.outcomes(work, new))
        who = f"docgen {click.get_current_context().info_name}"
        there = [path for stem in settled for path in self.paths(stem)]
        files = chain(docket.noted(self.folder, made, marks), work.index())
        written = dispatch.publish(self.folder, files, who, sorted(there))
        return {path for path in written if path.name not in (docket.FILE, index.FILE)}

    def paths(self, stem: str) -> list[str]:
        """Return what the files of the order called *stem* are called."""
        return [f"{stem}.{form}" for form in self.formats]

    def outcomes(self, work: Workspace, orders: Sequence[Order]) -> Iterator[Outcome]:
        """Yield what comes of each of *orders*, with a bar on a terminal."""
        with self.made(work, orders) as made:
            if not orders or not sys.stderr.isatty():
                yield from made
            else:
                with click.progressbar(made, len(orders), "Making", file=terminal.bare(sys.stderr)) as bar:
                    yield from bar

    @contextmanager
    def made(self, work: Workspace, orders: Sequence[Order]) -> Iterator[Iterator[Outcome]]:
        """Give what comes of each of *orders* as it comes, made by a crew where they are many."""
        if not orders or (not self.cluster and (self.jobs == 1 or len(orders) < FEW)):
            yield map(Press(work.shelf, self.formats).tried, orders)
            return
        from docgen.cli.hands import crew  # noqa: PLC0415 - a few documents are made here, which needs none
        from docgen.crew import Setting  # noqa: PLC0415 - as above

        setting = Setting(work.shelf.home.absolute(), work.day, work.book.business, self.formats, work.inputs)
        with crew(self.jobs, self.cluster) as hands:
            yield hands.make(setting, work.book, orders)

    def own(self, work: Workspace, orders: Iterable[Order]) -> set[str]:
        """Return the owner's Word templates that are filled for *orders*."""
        if WORD not in self.formats:
            return set()
        word = Press(work.shelf, (WORD,))
        return {word.own(order) for order in orders} - {""}

    def say(self, work: Workspace, orders: Sequence[Order]) -> None:
        """Make all of *orders* and print a line for each file."""
        written = self.make(work, orders)
        for order in orders:
            for path in map(self.folder.joinpath, self.paths(order.stem)):
                click.echo(f"{'made' if path in written else 'unchanged'} {path}")


def cluster(_: click.Context, __: click.Parameter, value: str | None) -> str:
    """Return the address of a Dask cluster; fails as wrong usage for anything else."""
    found = re.fullmatch(CLUSTER, value) if value else None
    if value and not found:
        raise click.BadParameter(f"{value!r} is no cluster; write dask://HOST:PORT")
    return found[1] if found else ""


def making(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command that makes documents, and give it the output to make them in."""

    @click.option("--format", "form", type=click.Choice([*press.formats(), BOTH]), default="pdf", show_default=True)
    @click.option(
        "--out", type=click.Path(path_type=Path), help="Where to put them; `out` in the workspace by default."
    )
    @click.option("--jobs", type=click.IntRange(1), help="How many processes make them; all cores by default.")
    @click.option("--executor", callback=cluster, metavar="dask://HOST:PORT", help="Have a Dask cluster make them.")
    @functools.wraps(command)
    def run(work: Workspace, /, form: str, out: Path | None, jobs: int | None, executor: str, **options: Any) -> None:
        formats = ("pdf", "docx") if form == BOTH else (form,)
        command(work, Output(work.output(out), formats, jobs or cores(), executor), **options)

    return run
