"""The command `print`: everything the person needs who prints, folds and posts the letters."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from docgen import addressing, dispatch, pack
from docgen.cli import counter
from docgen.cli.workspace import Workspace, reading
from docgen.dispatch import Made
from docgen.pack import Pack
from docgen.plan import Job, State
from docgen.press import Press
from docgen.schedule import Channel

TEST = f"{pack.FOLDER}/window-test.pdf"


@click.command("print")
@click.argument("clients", nargs=-1)
@click.option("--by-post", is_flag=True, help="Leave out the letters that the schedule sends by e-mail.")
@click.option("--envelopes", is_flag=True, help="Make envelopes.pdf as well, a page an envelope.")
@click.option("--labels", type=click.Choice(list(addressing.labels())), help="Make labels.pdf as well.")
@click.option("--numbers", type=click.Path(path_type=Path), help="Article numbers known already: a filled-in list.")
@click.option("--start", type=click.IntRange(1), default=1, help="The first label that is still on the sheet.")
@click.option("--test", is_flag=True, help="Make only window-test.pdf, to hold against an envelope.")
@click.option("--printer", help="Print letters.pdf on this printer (CUPS), both sides, unscaled.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to put it; `out` in the workspace by default.")
@reading
def command(work: Workspace, clients: tuple[str, ...], *, by_post: bool, test: bool, **options: Any) -> None:
    """Make out/print: letters.pdf with every letter due, to print on both sides, and the posting list.

    Fill in the article numbers in posting-list.csv, then record them with `docgen posted --from`.
    """
    if options["start"] > 1 and not options["labels"]:
        raise click.UsageError("--start is the first label; say --labels as well")
    folder = work.output(options["out"])
    if test:
        dispatch.publish(folder, [Made(TEST, addressing.trial(work.desk()))], "docgen print")
        click.echo(f"{folder / TEST}: print it unscaled, fold it at its marks, and put it into the envelope.")
        return
    jobs = pack.ordered(due(work, clients, by_post=by_post), work.book.business.country)
    if not jobs:
        click.echo(f"No letter is due on {work.day}; nothing was made.")
        return
    known = counter.numbers(work, options["numbers"], jobs) if options["numbers"] else {}
    made = Pack(work.desk(), Press(work.shelf, ("pdf",)), jobs, known)
    with dispatch.stage(folder, "docgen print") as stage:
        made.make(stage)
        if options["envelopes"]:
            stage.add(f"{pack.FOLDER}/envelopes.pdf", addressing.envelopes(made.desk, jobs))
        if options["labels"]:
            sheets = addressing.sheets_of_labels(made.desk, jobs, options["labels"], options["start"])
            stage.add(f"{pack.FOLDER}/labels.pdf", sheets)
        written = stage.publish()
    click.echo(summary(made, folder))
    undone = "Nothing was sent." if options["printer"] else "Nothing was sent or printed."
    click.echo(f"{len(written)} of {len(stage.paths)} files written to {folder}. {undone}")
    if options["printer"]:
        hand_over(folder / pack.LETTERS_FILE, options["printer"])


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
    if made.desk.paper.sender_printed:
        lines.append(f"The window of {made.desk.paper.envelope} shows no return address: have it on the envelope.")
    if any(piece.service == Channel.EMAIL for piece in made.pieces):
        lines.append("Those scheduled by e-mail come last; --by-post leaves them out.")
    lines.append(f"Print on both sides, unscaled. Then: docgen posted --from {folder / pack.LIST_FILE}")
    return "\n".join(lines)


def hand_over(file: Path, printer: str) -> None:
    """Print *file* on *printer* through CUPS; fails, with the files written, if that cannot be done."""
    command = ["lp", "-d", printer, "-o", "sides=two-sided-long-edge", "-o", "print-scaling=none", str(file)]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise click.ClickException(f"`lp` cannot be run: {error.strerror}; print {file} yourself") from None
    if ran.returncode:
        raise click.ClickException(f"`lp` says: {ran.stderr.strip()}; print {file} yourself")
    click.echo(f"Printing on {printer}: {ran.stdout.strip()}")
