"""The command `plan`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial

import click

from docgen import report
from docgen.cli import screen, terminal
from docgen.cli.workspace import Place, Workspace, placing
from docgen.plan import ended, plan
from docgen.report import explanation, overview
from docgen.report.outlook import Outlook
from docgen.report.overview import Overview
from docgen.report.page import Page


@click.command("plan")
@click.argument("clients", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects, one a letter.")
@placing
def command(place: Place, clients: tuple[str, ...], *, as_json: bool) -> None:
    """Show what is due and why, what waits, what is held and what comes next; write nothing.

    With CLIENTS, everything about each: terms, facts and where they stand, every ladder rung by rung.
    """
    if as_json:
        parts = [objects(place.read(), clients)] if clients else place.each(objects)
        terminal.tell(report.listing(parts), sys.stdout)
        return
    out = terminal.bare(sys.stdout)  # the colours are docgen's own
    page = screen.page_of(out, os.environ)
    if clients:
        lines = explanation.explain(outlook(place.read(), clients), page)
    else:
        lines = overview.told(place.each(partial(seen, page)), page)
    terminal.tell(lines, out)


def objects(work: Workspace, names: Sequence[str] = ()) -> list[str]:
    """Return what --json prints of the clients called *names*, or of all."""
    return report.objects(work.plan(work.clients(names)))


def seen(page: Page, work: Workspace) -> Overview:
    """Return what *page* shows of all clients."""
    return overview.overview(outlook(work), page)


def outlook(work: Workspace, names: Sequence[str] = ()) -> Outlook:
    """Return what is to be said of the clients called *names*, or of all."""
    chosen = work.clients(names)
    view = work.view(chosen)
    jobs = tuple(job for jobs in plan(view, chosen) for job in jobs)
    return Outlook(view, chosen, jobs, ended.ended(view, chosen))
