"""Where documents go, in which formats, and who makes them; the options by which that is said."""

from __future__ import annotations

import functools
import multiprocessing
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Any

import click

from docgen import dispatch, docket, press
from docgen.cli import terminal
from docgen.cli.workspace import Workspace
from docgen.crew import Crew, Setting
from docgen.press import WORD, Order, Outcome, Press
from docgen.problem import Mark, stop

BOTH = "both"
FEW = 40  # documents for which starting processes takes longer than making them
NO_MEMORY = "no memory is left"
CLUSTER = re.compile(r"dask://([^\s/]+:[0-9]+)")


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
        known, inputs = docket.read(self.folder), docket.inputs(work.shelf)
        marks = docket.marks(work.desk(), orders, inputs)
        paths = {order.stem: [f"{order.stem}.{form}" for form in self.formats] for order in orders}
        settled = {stem for stem, mark in marks.items() if all(known.has(path, mark) for path in paths[stem])}
        setting = Setting(work.shelf.home.absolute(), work.day, work.book.business, self.formats, inputs)
        new = [order for order in orders if order.stem not in settled]
        made = press.gathered(work.shelf, orders, self.outcomes(work, setting, new))
        who = f"docgen {click.get_current_context().info_name}"
        there = [path for stem in settled for path in paths[stem]]
        written = dispatch.publish(self.folder, docket.noted(self.folder, made, marks), who, sorted(there))
        return {path for path in written if path.name != docket.FILE}

    def outcomes(self, work: Workspace, setting: Setting, orders: Sequence[Order]) -> Iterator[Outcome]:
        """Yield what comes of each of *orders*, with a bar on a terminal."""
        with self.crew(len(orders)) as hands:
            made = (
                hands.make(setting, work.book, orders) if hands else map(Press(work.shelf, self.formats).tried, orders)
            )
            hidden = not orders or not sys.stderr.isatty()
            error = terminal.bare(sys.stderr)
            with click.progressbar(made, len(orders), "Making", file=error, hidden=hidden) as bar:
                yield from bar

    @contextmanager
    def crew(self, count: int) -> Iterator[Crew | None]:
        """Give those who make *count* documents, none where this process does."""
        if not count or (not self.cluster and (self.jobs == 1 or count < FEW)):
            yield None
            return
        with dask(self.cluster) if self.cluster else processes(self.jobs) as found:
            try:
                yield found
            except BrokenExecutor:
                message = "a process that made documents was ended, perhaps as memory ran out; use fewer"
                raise stop(message, Mark(self.cluster or "--jobs")) from None

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
            for form in self.formats:
                path = self.folder / f"{order.stem}.{form}"
                click.echo(f"{'made' if path in written else 'unchanged'} {path}")


@contextmanager
def processes(jobs: int) -> Iterator[Crew]:
    """Give a crew of *jobs* processes on this machine; raises Problems if the system has no room for them."""
    # A process that is forked has all that was loaded; elsewhere than on Linux that is not safe.
    how = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    try:
        pool = ProcessPoolExecutor(jobs, how, attend)
        pool.submit(int)  # they are started now
    except (OSError, RuntimeError, MemoryError) as error:
        for child in multiprocessing.active_children():  # or they would be waited for
            child.kill()
        reason = getattr(error, "strerror", "") or str(error) or NO_MEMORY
        raise stop(f"no more processes can be started: {reason}; use fewer", Mark("--jobs")) from None
    try:
        yield Crew(pool, jobs)
    finally:
        pool.shutdown(cancel_futures=True)


def attend() -> None:
    """Have this process leave an interrupt to the one that began it, and end with that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=follow, args=(multiprocessing.parent_process(),), daemon=True).start()


def follow(parent: BaseProcess) -> None:
    """End this process once its *parent* has, however that came: nobody waits any more for what it makes."""
    parent.join()
    os._exit(1)


@contextmanager
def dask(address: str) -> Iterator[Crew]:
    """Give the crew of the Dask cluster whose scheduler is at *address*; fails as wrong usage if there is none."""
    try:
        from distributed import Client  # noqa: PLC0415 - few have it, and it takes long to load
    except ImportError:
        raise click.UsageError("--executor needs `distributed`: pip install 'dunning-docgen[cluster]'") from None
    try:
        client = Client(f"tcp://{address}", timeout=5, set_as_default=False)
    except OSError as error:
        raise click.UsageError(f"no Dask cluster answers at {address}: {error}") from None
    with client, client.get_executor(pure=False, retries=0) as executor:
        yield Crew(executor, max(1, sum(client.nthreads().values())))


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cluster(_: click.Context, __: click.Parameter, value: str | None) -> str:
    """Return the address of a Dask cluster; fails as wrong usage for anything else."""
    found = CLUSTER.fullmatch(value or "")
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
