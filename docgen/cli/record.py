"""The commands `posted`, `log` and `paid`: they add to the register what really happened."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from docgen import charge, disk, dispatch
from docgen.cli import counter, sent, terminal
from docgen.cli.arguments import clock, pick, place_and_day
from docgen.cli.day import Day
from docgen.cli.sent import Sent
from docgen.cli.workspace import Workspace, open_
from docgen.dispatch import Made
from docgen.money import Money
from docgen.orders.letters import letter_of
from docgen.plan import Job, State
from docgen.post import numbers
from docgen.post.listing import Filled
from docgen.press import Press
from docgen.problem import Mark, Problem, Problems
from docgen.records import files, intake, register, typed
from docgen.records.book import Bill, Client, Event, Invoice, Payment, Project, What
from docgen.records.register import Row
from docgen.records.typed import Most
from docgen.schedule import Channel
from docgen.source import Text

RECORDED = "the fact was recorded all the same"
ONCE = (What.SIGNED, What.DECLINED)  # what happens to a project no more than once


def recording(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command that records, and give it the workspace, read while no other writes, and the day."""

    @click.option("--on", type=Day(), help="The day it happened; today by default.")
    @click.option("--home", type=click.Path(path_type=Path), help="The workspace; this folder by default.")
    @click.option("--today", type=Day(), help="The day to work as of, in place of the clock.")
    @click.pass_context
    @functools.wraps(command)
    def run(ctx: click.Context, /, on: date | None, home: Path | None, today: date | None, **options: Any) -> None:
        where, day = place_and_day(ctx, home, today)
        files.content(where, files.FILE)  # a folder that is no workspace is left as it is
        with disk.alone(where, f"docgen {ctx.info_name}"):
            command(read(where, day), on or day, **options)

    return run


def read(home: Path, day: date) -> Workspace:
    """Return the workspace in *home* as of *day*, which may have passed since."""
    return open_(home, day, max(day, clock()))


def words(_: click.Context, option: click.Parameter, value: str) -> str:
    """Return a text on one line; fails as wrong usage where it cannot be printed or is very long."""
    try:
        return typed.loose(value, register.LONGEST.get(option.name or "", Most.NOTE))
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def article(context: click.Context, option: click.Parameter, value: str) -> str:
    """Return a number of the post's; fails as wrong usage where its check digit shows that it is mistyped."""
    text = words(context, option, value)
    try:
        return numbers.check(text) if text else ""
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def too_soon(day: date, on: date) -> Iterator[str]:
    """Yield that *on* is after *day*, if so."""
    if on > day:
        yield f"{on} is after today, {day}; a fact is recorded once it is one"


def refuse(names: Sequence[str], reasons: Sequence[str]) -> None:
    """Raise Problems with all *reasons* not to record what was said of *names*, if there are any."""
    if reasons:
        raise Problems(Problem(Mark(name), reason) for name in names for reason in reasons)


def write(work: Workspace, rows: Sequence[Row], kept: Sequence[Made] = ()) -> None:
    """Add *rows* to the register, the files *kept* before them."""
    lines, _ = intake.posted(work.shelf.home)
    text = "".join(register.line(row, lines.separator) for row in rows)
    dispatch.record(work.shelf.home, register.HEAD, text, kept)


@contextmanager
def recorded() -> Iterator[None]:
    """Have Problems that come up after a fact was recorded say so, and whatever the system refuses then."""
    try:
        yield
    except Problems as wrong:
        raise Problems(wrong.problems, RECORDED) from None
    except OSError as error:
        refused = Problem(Mark(terminal.place(error)), f"cannot be used: {error.strerror or error}")
        raise Problems([refused], RECORDED) from None


@click.command()
@click.argument("letters", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every letter that is due; call sheets are none.")
@click.option("--from", "listed", type=click.Path(path_type=Path), help="A posting list with its article numbers.")
@click.option("--tracking", callback=article, default="", help="The number the postal service gave it.")
@click.option("--channel", type=click.Choice([one.value for one in Channel]), help="How; by default as scheduled.")
@click.option("--note", callback=words, default="", help="Kept with the line.")
@click.option("--out", type=click.Path(path_type=Path), help="Where they were made; `out` in the workspace by default.")
@recording
def posted(
    work: Workspace,
    on: date,
    letters: tuple[str, ...],
    *,
    every: bool,
    listed: Path | None,
    out: Path | None,
    **said: str,
) -> None:
    """Record that LETTERS were posted, and keep their files.

    A letter is named by its file, or as CLIENT/SUBJECT-DOCUMENT.
    """
    if [every, bool(letters), listed is not None].count(True) != 1:
        raise click.UsageError("name the letters that were posted, or say --all, or --from with a posting list")
    if said["tracking"] and (every or listed or len(set(letters)) > 1):
        raise click.UsageError("--tracking is the number of one letter; name that letter alone")
    refuse(letters or ("--all" if every else str(listed),), list(too_soon(work.day, on)))
    folder = out or work.shelf.home / "out"
    if listed:
        run(work, on, counter.read(listed, on), folder, said)
        return
    named = sent.every(work, on, folder) if every else [sent.letter(one, work.shelf.home, folder) for one in letters]
    if not named:
        click.echo(f"No letter is due on {on}; nothing was recorded.")
        return
    found = sent.find(work, on, named)
    warn(work, on, [(one, said["tracking"]) for one in found])
    kept = [one.kept(on) for one in found]
    write(work, [row(one, on, said) for one in found], kept)
    for one, file in zip(found, kept, strict=True):
        click.echo(f"posted {one.id} on {on}, kept as {file.path}")


def run(work: Workspace, on: date, lines: Sequence[Filled], out: Path, said: dict[str, str]) -> None:
    """Record all *lines* of a posting list, none if one is wrong; what is recorded already is left as it is."""
    done, found = counter.find(work, on, lines, out)
    warn(work, on, [(one, line.article) for one, line in found])
    kept = [one.kept(on) for one, _ in found]
    rows = [row(one, on, {**said, "tracking": line.article, "channel": line.service}) for one, line in found]
    write(work, rows, kept)
    for (one, line), file in zip(found, kept, strict=True):
        number = f" as {line.article}" if line.article else ""
        click.echo(f"posted {one.id}{number} on {on}, kept as {file.path}")
    for line in lines:
        if line.service == Channel.CERTIFIED and not line.article:
            click.echo(f"warning: {Problem(line.mark, 'a certified letter has no article number')}", err=True)
    click.echo(f"{len(found)} of {len(lines)} letters recorded, {len(done)} were recorded already.")


def row(one: Sent, on: date, said: dict[str, str]) -> Row:
    """Return the line of the register for a letter posted on a day, with what the options *said* of it."""
    job = one.job
    return Row(
        on=on,
        client=job.client.id,
        project=job.project.id,
        subject=" ".join(job.subjects),
        document=job.document,
        channel=said["channel"] or job.rung.channel.value,
        tracking=said["tracking"],
        sha256=hashlib.sha256(one.content).hexdigest(),
        note=said["note"],
    )


def warn(work: Workspace, on: date, found: Sequence[tuple[Sent, str]]) -> None:
    """Say of each file of *found* if it is not what would be made on the day it was posted, its number on it or not."""
    for one, number in found:
        try:
            press = Press(work.shelf, (one.file.suffix.lower().removeprefix("."),))
            tried = [letter_of(work.desk(on), one.job, known) for known in dict.fromkeys(("", number))]
            same = any(made.content == one.content for order in tried for made in press.files(order))
            reason = f"is not what would be made on {on}: it was made on another day, or edited"
        except Problems as wrong:
            first = wrong.problems[0]
            same, reason = False, f"cannot be made again to compare it: {first.mark}: {first.message}"
        if not same:
            click.echo(f"warning: {Problem(Mark(str(one.file)), reason)}; what counts is this file, as kept", err=True)


@click.command()
@click.argument("where", metavar="CLIENT[/PROJECT]")
@click.argument("event", metavar="EVENT", type=click.Choice([what.value for what in What]))
@click.option("--about", callback=words, default="", help="What about, in a few words.")
@recording
def log(work: Workspace, on: date, where: str, event: str, about: str) -> None:
    """Record that EVENT happened in a project of CLIENT; the project may be left out where there is only one.

    wrote (we wrote, and wait for an answer), replied, called, met, signed, delivered, received (the client has it),
    declined (the client said no), finished
    """
    client, project = project_of(work, where)
    name = f"{client.id}/{project.id}"
    refuse([name], [*too_soon(work.day, on), *said_before(project, What(event), on)])
    write(work, [Row(on, client.id, project.id, project.id, event, note=about)])
    click.echo(f"noted {name}: {event} on {on}")
    with recorded():
        now = read(work.shelf.home, work.day)
        jobs = now.plan(now.clients([client.id]))
    click.echo(outlook([job for job in jobs if job.project.id == project.id]))


def project_of(work: Workspace, where: str) -> tuple[Client, Project]:
    """Return the project called CLIENT/PROJECT, or the only one of CLIENT; fails as wrong usage if there is none."""
    name, _, project = where.partition("/")
    (client,) = work.clients([name])
    known = {one.id: one for one in client.projects}
    if project:
        return client, known[pick(f"project of `{name}`", project, known)]
    if len(known) != 1:
        choice = " or ".join(f"{name}/{one}" for one in known)
        raise click.UsageError(f"say which project: {choice}" if known else f"the client `{name}` has no projects")
    return client, client.projects[0]


def said_before(project: Project, what: What, on: date) -> Iterator[str]:
    """Yield that *what* was recorded already: of that day, or of any if it happens only once."""
    before: list[Event] = [event for event in project.history if event.what is what]
    same = next((event for event in before if event.on == on), None)
    if same:
        yield f"`{what}` on {on} is recorded already, in {same.mark}"
    elif before and what in ONCE:
        yield f"was {what} on {before[0].on} already, says {before[0].mark}; if that is wrong, mend it there"


def outlook(jobs: Sequence[Job]) -> str:
    """Return on one line what of *jobs* is due, and what comes next."""
    due = [f"{job.document} ({job.subject})" for job in jobs if job.state is State.DUE]
    held = [f"{job.document} ({job.subject})" for job in jobs if job.state is State.HELD]
    waiting = sorted((job for job in jobs if job.state is State.WAITING), key=lambda job: job.on)
    said = f"Now due: {', '.join(due)}." if due else "Nothing is due now."
    said += f" Held: {', '.join(held)}." if held else ""
    return f"{said} Next: {coming(waiting[0]) if waiting else 'nothing is foreseen'}."


def coming(job: Job) -> str:
    """Return when a document that waits comes, and what it waits for."""
    first = f" at the earliest; it waits for {job.blocked}" if job.blocked else ""
    return f"{job.document} ({job.subject}) on {job.on}{first}"


@click.command()
@click.argument("number")
@click.argument("amount")
@click.option("--note", callback=words, default="", help="Kept with the line.")
@click.option("--again", is_flag=True, help="It is another payment, though one just like it is recorded.")
@recording
def paid(work: Workspace, on: date, number: str, amount: str, *, note: str, again: bool) -> None:
    """Record that AMOUNT came in for the invoice NUMBER."""
    client, project, bill = work.book.invoices[pick("invoice", number, work.book.invoices)]
    try:
        sum_ = typed.amount(Text(amount), bill.currency).rounded()
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    refuse([number], [*too_soon(work.day, on), *no_payment(work, bill, Payment(on, sum_), again=again)])
    write(work, [Row(on, client.id, project.id, number, register.PAYMENT, amount=f"{sum_.amount:f}", note=note)])
    click.echo(f"paid {number}: {sum_} on {on}")
    with recorded():
        now = read(work.shelf.home, work.day)
    click.echo(f"{left(now, number)} {letters_about(now.plan(now.clients([client.id])), number)}")


def no_payment(work: Workspace, bill: Invoice, payment: Payment, *, again: bool) -> Iterator[str]:
    """Yield what speaks against *payment* of the invoice *bill*; *again* says that one like it came before."""
    if payment.amount.amount <= 0:
        yield f"a payment of {payment.amount} is none; give an amount that is more than zero"
    elif bill.kind is Bill.CREDIT:
        yield f"is a credit note; record the payment with the invoice that it credits, {bill.credits}"
    elif payment.on < bill.issued:
        yield f"paid on {payment.on}, before it was issued on {bill.issued}"
    else:
        same = [one for one in bill.payments if (one.on, one.amount) == (payment.on, payment.amount)]
        if same and not again:
            yield f"{payment.amount} of {payment.on} is recorded already, in {same[0].mark}; --again records another"
        yield from too_much(work, bill, payment)


def too_much(work: Workspace, bill: Invoice, payment: Payment) -> Iterator[str]:
    """Yield that *payment* is more than is owed on its day, or with the payments after it on the last of their days."""
    payments = sorted((*bill.payments, payment), key=lambda one: one.on)
    then = replace(bill, payments=tuple(payments))
    for day in sorted({payment.on, payments[-1].on}):
        over = -work.book.balance(then, day)
        fee = charge.late_fee(work.book, work.laws, then, day).total if over.amount > 0 else over
        if over.amount > 0 and fee < over:
            owed = f"{work.book.balance(bill, day)}{f' and a late fee of {fee}' if fee else ''}"
            hint = "a payment of several invoices is recorded with each"
            yield f"{payment.amount} is more than is owed on {day}, {owed}; {hint}"
            return


def left(work: Workspace, number: str) -> str:
    """Return what is still owed on the invoice called *number* on the day."""
    bill, day = work.book.invoices[number][2], work.day
    balance = work.book.balance(bill, day)
    try:
        fee = charge.late_fee(work.book, work.laws, bill, day).total
    except Problems as wrong:
        return f"{balance} is left on {day}; its late fee is not known: {wrong.problems[0].message}."
    if balance.amount > 0:
        return f"{balance} is left on {day}{f', and a late fee of {fee}' if fee else ''}."
    rest: Money = balance + fee
    return f"{rest} of its late fee is left on {day}." if rest.amount > 0 else "Nothing is left."


def letters_about(jobs: Sequence[Job], number: str) -> str:
    """Return whether letters about the invoice called *number* go on, and with which."""
    job = next((job for job in jobs if number in job.subjects and job.state is not State.POSTED), None)
    if job is None:
        return "No more letters about it."
    when = {State.DUE: "is due", State.HELD: "is held"}.get(job.state, f"comes on {job.on} at the earliest")
    return f"Letters about it go on: the {job.document} {when}."
