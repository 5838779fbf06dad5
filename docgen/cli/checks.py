"""The command `check`."""

from __future__ import annotations

import click

from docgen import press, schedule
from docgen.cli import makers
from docgen.cli.advice import advise
from docgen.cli.makers import Makers
from docgen.cli.papers import letters_due
from docgen.cli.workspace import Workspace, checking
from docgen.orders.contracts import contract_of
from docgen.orders.invoices import invoice_of
from docgen.plan import State
from docgen.press import WORD, Press
from docgen.records.book import Client, Project, Stage


@click.command("check")
@checking
@makers.shared
def command(work: Workspace, who: Makers) -> None:
    """Show every mistake in the workspace, those that only a document would show among them."""
    table = work.desk()
    orders = letters_due(
        table, (job for jobs in work.plans(work.book.clients) for job in jobs if job.state is State.DUE)
    )
    orders += [contract_of(table, c, p) for c in work.book.clients for p in unsigned(work, c)]
    orders += [invoice_of(table, number) for number in work.book.invoices]
    advise(work, [(c, p) for c in work.book.clients for p in c.projects if p.stage(work.day) is not Stage.DECLINED])
    for problem in schedule.unspoken(work.schedule, work.shelf, work.book.clients):
        click.echo(f"warning: {problem}", err=True)
    trial = Press(work.shelf, ("pdf", WORD), trial=True)
    for remark in trial.remarks():
        click.echo(f"warning: {remark}", err=True)
    list(press.gathered(work.shelf, orders, who.outcomes(work, trial, orders)))  # of which nothing is kept
    book = work.book
    counts = f"clients: {len(book.clients)}, invoices: {len(book.invoices)}, lines posted: {len(book.posted)}"
    click.echo(f"No mistakes. Read {counts}; documents that can be made now: {len(orders)}.")


def unsigned(work: Workspace, client: Client) -> list[Project]:
    """Return the projects of *client* whose contract is still to be signed."""
    return [p for p in client.projects if p.fee is not None and p.stage(work.day) is Stage.NEGOTIATING]
