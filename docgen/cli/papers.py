"""The command `letters`, and all papers of a client."""

from __future__ import annotations

from collections.abc import Iterable

import click

from docgen import report
from docgen.cli.output import Output, making
from docgen.cli.workspace import Workspace, reading
from docgen.compose.desk import Desk
from docgen.orders.contracts import contract_of
from docgen.orders.invoices import invoice_of
from docgen.orders.letters import letter_of
from docgen.plan import Job, State
from docgen.press import Order
from docgen.records.book import Client, Stage

UNDONE = "Nothing was sent or printed: print, sign and post what is due, then say so with `docgen posted --all`."


@click.command("letters")
@click.argument("clients", nargs=-1)
@click.option("--papers", is_flag=True, help="Make each client's contracts and invoices as well.")
@reading
@making
def command(work: Workspace, output: Output, clients: tuple[str, ...], *, papers: bool) -> None:
    """Make every letter that is due, with its enclosures."""
    chosen, table = work.clients(clients), work.desk()
    due: list[Order] = []
    also: list[Order] = []
    said: list[str] = []
    for client, jobs in zip(chosen, work.plans(chosen), strict=True):
        mine = papers_of(table, client) if papers else []
        due += letters_due(table, [job for job in jobs if job.state is State.DUE])
        also += mine
        said.append(report.run(client, jobs, [order.stem.split("/", 1)[1] for order in mine], work.day))
    written = output.make(work, due + also)
    for line in said:
        click.echo(line)
    total = (len(due) + len(also)) * len(output.formats)
    click.echo(
        f"{len(written)} of {total} files written to {output.folder}, {total - len(written)} unchanged. {UNDONE}"
    )


def letters_due(table: Desk, jobs: Iterable[Job]) -> list[Order]:
    """Return the orders for the letters of *jobs*."""
    return [letter_of(table, job) for job in jobs]


def papers_of(table: Desk, client: Client) -> list[Order]:
    """Return the orders for all contracts and invoices of *client*, those of declined projects left out."""
    found: list[Order] = []
    for project in client.projects:
        if project.fee is not None and project.stage(table.day) is not Stage.DECLINED:
            found.append(contract_of(table, client, project))
        found += [invoice_of(table, bill.number) for bill in project.invoices if bill.issued <= table.day]
    return found
