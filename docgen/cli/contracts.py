"""The command `contract`."""

from __future__ import annotations

import click

from docgen import report
from docgen.cli.advice import advise
from docgen.cli.arguments import pick
from docgen.cli.output import Output, making
from docgen.cli.workspace import Workspace, reading
from docgen.orders.contracts import contract_of
from docgen.report import contents


@click.command("contract")
@click.argument("client")
@click.option("--explain", is_flag=True, help="Show which clauses it has, in which words and why; write nothing.")
@reading
@making
def command(work: Workspace, output: Output, client: str, *, explain: bool) -> None:
    """Make the contract of CLIENT/PROJECT, or of every project of CLIENT."""
    name, _, project = client.partition("/")
    (found,) = work.clients([name])
    known = {one.id: one for one in found.projects}
    chosen = [known[pick("project", project, known)]] if project else list(found.projects)
    if not chosen:
        raise click.UsageError(f"the client `{name}` has no projects")
    advise(work, [(found, one) for one in chosen])
    for warning in filter(None, (report.late_payer(found, one, work.day) for one in chosen)):
        click.echo(f"warning: {warning}", err=True)
    if explain:
        click.echo("\n\n".join("\n".join(contents.contents(work.desk(), found, one)) for one in chosen))
        return
    output.say(work, [contract_of(work.desk(), found, one) for one in chosen])
