"""The command `invoice`."""

from __future__ import annotations

import click

from docgen.cli.arguments import pick
from docgen.cli.output import Output, making
from docgen.cli.workspace import Workspace, reading
from docgen.orders.invoices import invoice_of


@click.command("invoice")
@click.argument("names", nargs=-1, required=True)
@click.option("--copy", is_flag=True, help="Mark it as a copy.")
@click.option("--with-late-fee", "late_fee", is_flag=True, help="State what is owed today, the late fee included.")
@reading
@making
def command(work: Workspace, output: Output, names: tuple[str, ...], *, copy: bool, late_fee: bool) -> None:
    """Make the invoices called NAMES; a client's id stands for all of that client's."""
    table = work.desk()
    clients = {client.id: client for client in work.book.clients}
    numbers: list[str] = []
    for name in names:
        if name in clients and name not in work.book.invoices:
            numbers += [bill.number for project in clients[name].projects for bill in project.invoices]
        else:
            numbers.append(pick("invoice or client", name, [*work.book.invoices, *clients]))
    output.say(work, [invoice_of(table, number, copy=copy, late_fee=late_fee) for number in dict.fromkeys(numbers)])
