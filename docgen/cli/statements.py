"""The command `statement`."""

from __future__ import annotations

import click

from docgen.cli.output import Output, making
from docgen.cli.workspace import Workspace, reading
from docgen.orders.statements import statement_of


@click.command("statement")
@click.argument("client")
@reading
@making
def command(work: Workspace, output: Output, client: str) -> None:
    """Make the statement of CLIENT: invoices, payments, late fees and balance."""
    (found,) = work.clients([client])
    output.say(work, [statement_of(work.desk(), found)])
