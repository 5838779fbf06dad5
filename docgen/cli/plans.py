"""The command `plan`."""

from __future__ import annotations

import os
import sys

import click

from docgen import report
from docgen.cli import screen, terminal
from docgen.cli.workspace import Workspace, reading
from docgen.plan import ended
from docgen.plan.view import View
from docgen.report import explanation, overview
from docgen.report.outlook import Outlook


@click.command("plan")
@click.argument("clients", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects, one a letter.")
@reading
def command(work: Workspace, clients: tuple[str, ...], *, as_json: bool) -> None:
    """Show what is due and why, what waits, what is held and what comes next; write nothing.

    With CLIENTS, everything about each: terms, facts and where they stand, every ladder rung by rung.
    """
    chosen = work.clients(clients)
    jobs = work.plan(chosen)
    if as_json:
        terminal.tell(report.listing(jobs), sys.stdout)
        return
    view = View(work.book, work.schedule, work.laws, work.day)
    seen = Outlook(view, chosen, jobs, ended.ended(view, chosen))
    tell = explanation.explain if clients else overview.overview
    out = terminal.bare(sys.stdout)  # the colours are docgen's own
    terminal.tell(tell(seen, screen.page_of(out, os.environ)), out)
