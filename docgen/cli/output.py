"""Where documents go, and in which formats; the options by which that is said."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import click

from docgen import dispatch, docket, index, press
from docgen.cli import makers
from docgen.cli.makers import Makers
from docgen.cli.workspace import Workspace
from docgen.frozen import dataclass
from docgen.press import WORD, Order, Press

BOTH = "both"


@dataclass(frozen=True, slots=True)
class Output:
    """Where documents go, in which formats, and who makes them."""

    folder: Path
    formats: tuple[str, ...]
    makers: Makers

    def make(self, work: Workspace, orders: Sequence[Order]) -> set[Path]:
        """Make what of *orders* is not there as it would be made, then write it; return the paths written."""
        for path in sorted(self.own(work, orders)):
            click.echo(f"{path} is filled for Word; the PDF follows the text", err=True)
        known, marks = docket.read(self.folder), docket.marks(work.desk(), orders, work.inputs)
        settled = {stem for stem, mark in marks.items() if all(known.has(path, mark) for path in self.paths(stem))}
        new = [order for order in orders if order.stem not in settled]
        outcomes = self.makers.outcomes(work, Press(work.shelf, self.formats), new)
        made = press.gathered(work.shelf, orders, outcomes)
        who = f"docgen {click.get_current_context().info_name}"
        there = [path for stem in settled for path in self.paths(stem)]
        # The index comes first: it is let go before there are documents.
        files = chain(work.index(), map(dispatch.whole, docket.noted(self.folder, made, marks)))
        written = dispatch.written(self.folder, files, who, sorted(there))
        return {path for path in written if path.name not in (docket.FILE, index.FILE)}

    def paths(self, stem: str) -> list[str]:
        """Return what the files of the order called *stem* are called."""
        return [f"{stem}.{form}" for form in self.formats]

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


def making(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command that makes documents, and give it the output to make them in."""

    @click.option("--format", "form", type=click.Choice([*press.formats(), BOTH]), default="pdf", show_default=True)
    @click.option(
        "--out", type=click.Path(path_type=Path), help="Where to put them; `out` in the workspace by default."
    )
    @makers.shared
    @functools.wraps(command)
    def run(work: Workspace, who: Makers, /, form: str, out: Path | None, **options: Any) -> None:
        formats = ("pdf", "docx") if form == BOTH else (form,)
        command(work, Output(work.output(out), formats, who), **options)

    return run
