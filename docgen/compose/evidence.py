"""Composes what goes before and after the papers of a claim: the index with all that happened, and the calculation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from docgen.compose import calculation, claim
from docgen.compose import desk as at
from docgen.compose.desk import Desk
from docgen.document import (
    Align,
    Block,
    Break,
    Column,
    Document,
    Heading,
    Pairs,
    Paragraph,
    Role,
    Run,
    Table,
    Title,
)
from docgen.frozen import dataclass
from docgen.language import Language
from docgen.post import numbers
from docgen.records.book import Client, Invoice
from docgen.records.register import Row
from docgen.schedule import Channel


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that was posted: its line in the register, and what it is called."""

    row: Row
    title: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A paper of the bundle: what it is, of which day, and the page it begins on."""

    name: str
    on: date
    page: int


def index(desk: Desk, number: str, exhibits: Sequence[Exhibit], posted: Sequence[Letter]) -> Document:
    """Return the index of the papers about the invoice called *number*, and all that happened by date."""
    client, _, bill = desk.book.invoices[number]
    tongue = desk.tongue(desk.book.business.language)
    title = tongue.label("evidence.title", number=number)
    (owed,) = claim.of(desk, [bill])
    facts = (
        (tongue.label("evidence.creditor"), ", ".join((desk.book.business.name, *desk.book.business.address))),
        (tongue.label("evidence.debtor"), ", ".join((client.name, *client.address))),
        (tongue.label("evidence.owed", date=tongue.date(desk.day)), tongue.money(owed.owed)),
        (tongue.label("evidence.further"), tongue.money(owed.charge.per_day)),
    )
    blocks: list[Block] = [
        Title(title),
        Pairs(facts),
        Heading(tongue.label("evidence.index")),
        contents(exhibits, tongue),
        Heading(tongue.label("evidence.chronology")),
        chronology(happened(desk, client, bill, posted), tongue),
    ]
    if any(letter.row.sha256 for letter in posted):
        blocks.append(Paragraph((Run(tongue.label("evidence.attached")),), Role.NOTE))
    return at.own(desk, title, client.name, title, blocks)


def reckoning(desk: Desk, number: str) -> Document:
    """Return the calculation of what is owed on the invoice called *number*, and for each further day."""
    client, _, bill = desk.book.invoices[number]
    tongue = desk.tongue(desk.book.business.language)
    title = tongue.label("calc.title", date=tongue.date(desk.day))
    claims = claim.of(desk, [bill])
    sheet = [block for block in calculation.blocks(desk, claims) if not isinstance(block, Break)]
    plain = (Title(title), claim.table(desk, claims, claims[0].owed, desk.language(client)))
    return at.own(desk, title, client.name, title, sheet or plain)


def contents(exhibits: Sequence[Exhibit], tongue: Language) -> Table:
    """Return the list of *exhibits* with the pages they begin on."""
    columns = (
        Column(tongue.label("list.number"), Align.RIGHT, 4),
        Column(tongue.label("evidence.exhibit"), Align.LEFT, 46),
        Column(tongue.label("statement.date"), Align.LEFT, 18),
        Column(tongue.label("evidence.page"), Align.RIGHT, 8),
    )
    rows = tuple((str(n), one.name, tongue.day(one.on), str(one.page)) for n, one in enumerate(exhibits, start=1))
    return Table(columns, rows, caption=tongue.label("evidence.index"))


def happened(desk: Desk, client: Client, bill: Invoice, posted: Sequence[Letter]) -> list[tuple[date, str]]:
    """Return what happened up to the day, by date: what was said and delivered, posted and paid."""
    _, project, _ = desk.book.invoices[bill.number]
    tongue = desk.tongue(desk.book.business.language)
    found = [(bill.issued, tongue.label("evidence.issued", number=bill.number, sum=tongue.money(bill.payable)))]
    found.append((bill.due, tongue.label("evidence.due", number=bill.number)))
    for event in project.history:
        about = f" ({event.about})" if event.about else ""
        found.append((event.on, f"{tongue.label(f'event.{event.what}')}{about}"))
    found += [(one.on, tongue.label("evidence.paid", sum=tongue.money(one.amount))) for one in bill.payments]
    found += [(letter.row.on, sent(letter, client, tongue)) for letter in posted]
    return sorted((one for one in found if one[0] <= desk.day), key=lambda one: one[0])


def sent(letter: Letter, client: Client, tongue: Language) -> str:
    """Return that *letter* was posted: how, under which number, and the sum of its very file."""
    row = letter.row
    service = f"service.{row.channel or Channel.MAIL}"
    lines = [tongue.label("evidence.posted", document=letter.title)]
    lines.append(tongue.label(service, client.law) if tongue.has(service) else row.channel)
    lines += [tongue.label("evidence.tracking", number=numbers.shown(row.tracking))] if row.tracking else []
    half = len(row.sha256) // 2  # as the whole is longer than a line
    said = f"SHA-256 {row.sha256[:half]}\n{row.sha256[half:]}"
    lines.append(said if row.sha256 else tongue.label("evidence.no_file"))
    return "\n".join(lines)


def chronology(rows: Sequence[tuple[date, str]], tongue: Language) -> Table:
    """Return *rows* as a table."""
    columns = (
        Column(tongue.label("statement.date"), Align.LEFT, 16),
        Column(tongue.label("evidence.what"), Align.LEFT, 60),
    )
    cells = tuple((tongue.day(on), what) for on, what in rows)
    return Table(columns, cells, caption=tongue.label("evidence.chronology"))
