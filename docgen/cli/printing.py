"""The command `print`: everything the person needs who prints, folds and posts the letters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from docgen import dispatch, pack
from docgen.cli.workspace import Workspace, reading
from docgen.pack import Pack
from docgen.plan import Job, State
from docgen.press import Press
from docgen.schedule import Channel


@click.command("print")
@click.argument("clients", nargs=-1)
@click.option("--by-post", is_flag=True, help="Leave out the letters that the schedule sends by e-mail.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to put it; `out` in the workspace by default.")
@reading
def print_(work: Workspace, clients: tuple[str, ...], *, by_post: bool, out: Path | None) -> None:
    """Make out/print: letters.pdf with every letter due, to print on both sides, and the posting list.

    Fill in the article numbers in posting-list.csv, then record them with `docgen posted --from`.
    """
    jobs = pack.ordered(due(work, clients, by_post=by_post), work.book.business.country)
    if not jobs:
        click.echo(f"No letter is due on {work.day}; nothing was made.")
        return
    folder = out or work.shelf.home / "out"
    made = Pack(work.desk(), Press(work.shelf, ("pdf",)), jobs)
    with dispatch.stage(folder) as stage:
        made.make(stage)
        written = stage.publish()
    click.echo(summary(made, folder))
    click.echo(f"{len(written)} of {len(stage.paths)} files written to {folder}. Nothing was sent or printed.")


def due(work: Workspace, clients: Sequence[str], *, by_post: bool) -> list[Job]:
    """Return the letters due to *clients*, or to all; a call sheet is none."""
    jobs = [job for job in work.plan(work.clients(clients)) if job.state is State.DUE and not job.call]
    return [job for job in jobs if not (by_post and job.rung.channel is Channel.EMAIL)]


def summary(made: Pack, folder: Path) -> str:
    """Return what the pack holds, and what to do with it."""
    lines = [f"{folder / pack.LETTERS_FILE}: {len(made.pieces)} letters, {sum(p.sheets for p in made.pieces)} sheets."]
    for channel in pack.FIRST:
        count = sum(piece.service == channel for piece in made.pieces)
        lines += [f"  {channel.value}: {count}"] if count else []
    if any(piece.service == Channel.EMAIL for piece in made.pieces):
        lines.append("Those scheduled by e-mail come last; --by-post leaves them out.")
    lines.append(f"Print on both sides, unscaled. Then: docgen posted --from {folder / 'print/posting-list.csv'}")
    return "\n".join(lines)
