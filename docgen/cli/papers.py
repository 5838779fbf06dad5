"""The commands that make papers, and those that say which would be made."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from docgen import dispatch, orders, report, review, schedule
from docgen.cli import screen, terminal
from docgen.cli.arguments import pick
from docgen.cli.output import Output, making
from docgen.cli.workspace import Workspace, checking, reading
from docgen.compose import contract, invoice, texts
from docgen.compose import statement as account
from docgen.compose.desk import Desk
from docgen.compose.texts import CONTRACTS, LETTERS
from docgen.plan import Job, State, ended
from docgen.plan.view import View
from docgen.press import WORD, Order, Press
from docgen.problem import Problems
from docgen.records.book import Client, Project, Stage
from docgen.report import contents, explanation, overview
from docgen.report.outlook import Outlook

UNDONE = "Nothing was sent or printed: print, sign and post what is due, then say so with `docgen posted --all`."


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
def init(folder: Path) -> None:
    """Write a workspace with a fictional business into FOLDER."""
    for path in dispatch.init(folder):
        click.echo(f"wrote {path}")
    click.echo("Edit clients.yaml, then run `docgen check` and `docgen letters`.")


@click.command()
@checking
def check(work: Workspace) -> None:
    """Show every mistake in the workspace, those that only a document would show among them."""
    table = work.desk()
    orders = letters_due(table, [job for job in work.plan(work.book.clients) if job.state is State.DUE])
    orders += [contract_of(table, c, p) for c in work.book.clients for p in unsigned(work, c)]
    orders += [invoice_of(table, number) for number in work.book.invoices]
    advise(work, [(c, p) for c in work.book.clients for p in c.projects if p.stage(work.day) is not Stage.DECLINED])
    for problem in schedule.unspoken(work.schedule, work.shelf, work.book.clients):
        click.echo(f"warning: {problem}", err=True)
    printing = Press(work.shelf, ("pdf",))
    for remark in printing.remarks():
        click.echo(f"warning: {remark}", err=True)
    printing.make(orders)
    word = Press(work.shelf, (WORD,))
    word.make([order for order in orders if word.own(order)])
    book = work.book
    counts = f"clients: {len(book.clients)}, invoices: {len(book.invoices)}, lines posted: {len(book.posted)}"
    click.echo(f"No mistakes. Read {counts}; documents that can be made now: {len(orders)}.")


@click.command("plan")
@click.argument("clients", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects, one a letter.")
@reading
def show(work: Workspace, clients: tuple[str, ...], *, as_json: bool) -> None:
    """Show what is due and why, what waits, what is held and what comes next; write nothing.

    With CLIENTS, everything about each: terms, facts and where they stand, every ladder rung by rung.
    """
    chosen = work.clients(clients)
    jobs = work.plan(chosen)
    if as_json:
        click.echo(json.dumps([report.data(job) for job in jobs], ensure_ascii=False, indent=2))
        return
    view = View(work.book, work.schedule, work.laws, work.day)
    seen = Outlook(view, chosen, jobs, ended.ended(view, chosen))
    tell = explanation.explain if clients else overview.overview
    out = terminal.bare(sys.stdout)  # the colours are docgen's own
    click.echo("\n".join(tell(seen, screen.page_of(out, os.environ))), out)


@click.command()
@click.argument("clients", nargs=-1)
@click.option("--papers", is_flag=True, help="Make each client's contracts and invoices as well.")
@reading
@making
def letters(work: Workspace, output: Output, clients: tuple[str, ...], *, papers: bool) -> None:
    """Make every letter that is due, with its enclosures."""
    chosen = work.clients(clients)
    jobs = work.plan(chosen)
    table = work.desk()
    due = letters_due(table, [job for job in jobs if job.state is State.DUE])
    also = {client.id: papers_of(table, client) if papers else [] for client in chosen}
    written = output.make(work, due + [order for orders in also.values() for order in orders])
    found: dict[str, list[Job]] = {client.id: [] for client in chosen}
    for job in jobs:
        found[job.client.id].append(job)
    for client in chosen:
        names = [order.stem.split("/", 1)[1] for order in also[client.id]]
        click.echo(report.run(client, found[client.id], names, work.day))
    total = (len(due) + sum(map(len, also.values()))) * len(output.formats)
    click.echo(
        f"{len(written)} of {total} files written to {output.folder}, {total - len(written)} unchanged. {UNDONE}"
    )


@click.command("contract")
@click.argument("client")
@click.option("--explain", is_flag=True, help="Show which clauses it has, in which words and why; write nothing.")
@reading
@making
def contracts(work: Workspace, output: Output, client: str, *, explain: bool) -> None:
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


@click.command("invoice")
@click.argument("names", nargs=-1, required=True)
@click.option("--copy", is_flag=True, help="Mark it as a copy.")
@click.option("--with-late-fee", "late_fee", is_flag=True, help="State what is owed today, the late fee included.")
@reading
@making
def invoices(work: Workspace, output: Output, names: tuple[str, ...], *, copy: bool, late_fee: bool) -> None:
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


@click.command()
@click.argument("client")
@reading
@making
def statement(work: Workspace, output: Output, client: str) -> None:
    """Make the statement of CLIENT: invoices, payments, late fees and balance."""
    (found,) = work.clients([client])
    output.say(work, [statement_of(work.desk(), found)])


def advise(work: Workspace, agreed: Iterable[tuple[Client, Project]]) -> None:
    """Warn of what is risky in the terms of each project; raises Problems with all that is void."""
    laws, day, business = work.laws, work.day, work.book.business
    findings = [
        finding
        for client, project in agreed
        for finding in review.review(laws[client.law], business, client, project, day)
    ]
    for finding in findings:
        if not finding.void:
            click.echo(f"warning: {finding.problem}", err=True)
    if void := [finding.problem for finding in findings if finding.void]:
        raise Problems(void)


def letters_due(table: Desk, jobs: Iterable[Job]) -> list[Order]:
    """Return the orders for the letters of *jobs*."""
    return [orders.letter_of(table, job) for job in jobs]


def contract_of(table: Desk, client: Client, project: Project) -> Order:
    """Return the order for the contract of *project*."""
    make = functools.partial(contract.compose, table, client, project)
    own = texts.own(CONTRACTS, client.language, "contract", law=client.law)
    return Order(CONTRACTS, f"{client.id}/{project.id}-contract", make, own)


def invoice_of(table: Desk, number: str, *, copy: bool = False, late_fee: bool = False) -> Order:
    """Return the order for the invoice called *number*."""
    client, _, bill = table.book.invoices[number]
    own = texts.own(LETTERS, client.language, *invoice.template(bill), client.law)
    make = functools.partial(invoice.compose, table, number, copy=copy, late_fee=late_fee)
    return Order(LETTERS, f"{client.id}/{number}-invoice", make, own)


def statement_of(table: Desk, client: Client) -> Order:
    """Return the order for the statement of *client*."""
    own = texts.own(LETTERS, client.language, "statement", law=client.law)
    make = functools.partial(account.compose, table, client)
    return Order(LETTERS, f"{client.id}/{client.id}-statement", make, own)


def unsigned(work: Workspace, client: Client) -> list[Project]:
    """Return the projects of *client* whose contract is still to be signed."""
    return [p for p in client.projects if p.fee is not None and p.stage(work.day) is Stage.NEGOTIATING]


def papers_of(table: Desk, client: Client) -> list[Order]:
    """Return the orders for all contracts and invoices of *client*, those of declined projects left out."""
    found: list[Order] = []
    for project in client.projects:
        if project.fee is not None and project.stage(table.day) is not Stage.DECLINED:
            found.append(contract_of(table, client, project))
        found += [invoice_of(table, bill.number) for bill in project.invoices if bill.issued <= table.day]
    return found
