"""Who makes documents: this process, others beside it or a cluster; the options by which that is said."""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from docgen.cli import terminal
from docgen.cli.arguments import cores
from docgen.cli.workspace import Workspace
from docgen.frozen import dataclass
from docgen.press import Order, Outcome, Press

FEW = 40  # documents for which starting processes takes longer than making them
CLUSTER = r"dask://([^\s/]+:[0-9]+)"


@dataclass(frozen=True, slots=True)
class Makers:
    """So many processes here, or else the *cluster* at an address."""

    jobs: int
    cluster: str = ""

    def outcomes(self, work: Workspace, press: Press, orders: Sequence[Order]) -> Iterator[Outcome]:
        """Yield what comes of each of *orders* as *press* makes them, in their order, with a bar on a terminal."""
        with self.made(work, press, orders) as made:
            if not orders or not sys.stderr.isatty():
                yield from made
            else:
                label = "Checking" if press.trial else "Making"
                with click.progressbar(made, len(orders), label, file=terminal.bare(sys.stderr)) as bar:
                    yield from bar

    @contextmanager
    def made(self, work: Workspace, press: Press, orders: Sequence[Order]) -> Iterator[Iterator[Outcome]]:
        """Give what comes of each of *orders* as it comes, made by a crew with such a press where they are many."""
        if not orders or (not self.cluster and (self.jobs == 1 or len(orders) < FEW)):
            yield map(press.tried, orders)
            return
        from docgen.cli.hands import crew  # noqa: PLC0415 - a few documents are made here, which needs none
        from docgen.crew import Setting  # noqa: PLC0415 - as above

        home, business = work.shelf.home.absolute(), work.book.business
        setting = Setting(home, work.day, business, press.formats, work.inputs, press.trial)
        with crew(self.jobs, self.cluster) as hands:
            yield hands.make(setting, work.book, orders)


def cluster(_: click.Context, __: click.Parameter, value: str | None) -> str:
    """Return the address of a Dask cluster; fails as wrong usage for anything else."""
    found = re.fullmatch(CLUSTER, value) if value else None
    if value and not found:
        raise click.BadParameter(f"{value!r} is no cluster; write dask://HOST:PORT")
    return found[1] if found else ""


def shared(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say who makes documents, and give *command* the makers."""

    @click.option("--jobs", type=click.IntRange(1), help="How many processes make documents; all cores by default.")
    @click.option(
        "--executor", callback=cluster, metavar="dask://HOST:PORT", help="Have a Dask cluster make documents."
    )
    @functools.wraps(command)
    def run(work: Workspace, /, jobs: int | None, executor: str, **options: Any) -> None:
        command(work, Makers(jobs or cores(), executor), **options)

    return run
