"""Composes a statement of account: every invoice, credit, payment and late fee of a client by date, and its balance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from docgen.compose import claim
from docgen.compose import desk as at
from docgen.compose.claim import Claim
from docgen.compose.desk import Desk
from docgen.compose.fill import Value
from docgen.compose.texts import LETTERS
from docgen.document import Address, Align, Block, Column, Document, Heading, Paragraph, Role, Run, Table, Title, Total
from docgen.frozen import dataclass
from docgen.language import Language
from docgen.money import ZERO, Money, total
from docgen.problem import stop
from docgen.records.book import Bill, Client, Invoice

AGES = (0, 30, 60, 90)  # days after due at which each age ends; what is older has the last


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the account; a *sum* above zero is charged, one below is paid or credited."""

    on: date
    what: str
    sum: Money


def compose(desk: Desk, client: Client) -> Document:
    """Return the statement of *client* on the desk's day, a table and the ages for each currency."""
    tongue = desk.language(client)
    bills = [bill for project in client.projects for bill in project.invoices if bill.issued <= desk.day]
    if not bills:
        raise stop(f"the client `{client.id}` has no invoice by {desk.day}, so there is nothing to state", client.mark)
    claims = claim.of(desk, [bill for bill in bills if bill.kind is not Bill.CREDIT])
    accounts: list[Block] = []
    for currency in sorted({bill.currency for bill in bills}):
        accounts += account(desk, tongue, bills, claims, currency)
    more: dict[str, Value] = {"statement.accounts": tuple(accounts), "statement.date": tongue.date(desk.day)}
    filled = at.people(desk.book.business, client, tongue).plus(more)
    template = desk.texts.find(LETTERS, client.language, "statement", law=client.law)
    blocks = (
        Address(at.address(desk, client), at.sender(desk)),
        Paragraph((Run(at.date_line(desk, tongue)),), Role.DATE),
        *at.blocks(template, filled, Title),
    )
    title = next((block.text for block in blocks if isinstance(block, Title)), client.name)
    return at.document(desk, client, title, client.name, blocks, desk.day, filled)


def account(
    desk: Desk, tongue: Language, bills: Sequence[Invoice], claims: Sequence[Claim], currency: str
) -> tuple[Block, ...]:
    """Return the account in one currency: what happened by date, and what is owed by age."""
    mine = [one for one in claims if one.bill.currency == currency]
    entries = happened(desk, tongue, [bill for bill in bills if bill.currency == currency], mine)
    entries.sort(key=lambda entry: entry.on)
    heading = Heading(tongue.label("statement.currency", currency=currency))
    return (heading, ledger(entries, tongue, currency), *ages(desk, tongue, mine, currency))


def happened(desk: Desk, tongue: Language, bills: Sequence[Invoice], claims: Sequence[Claim]) -> list[Entry]:
    """Return the lines of the account: invoices, credit notes and payments on their days, late fees on the desk's."""
    found: list[Entry] = []
    for bill in bills:
        name = "statement.credit" if bill.kind is Bill.CREDIT else "statement.invoice"
        found.append(Entry(bill.issued, tongue.label(name, number=bill.number), bill.payable))
        label = tongue.label("statement.payment", number=bill.number)
        found += [Entry(payment.on, label, -payment.amount) for payment in bill.payments if payment.on <= desk.day]
    for one in claims:
        label = tongue.label("statement.fee", number=one.bill.number)
        found += [Entry(desk.day, label, one.charge.total)] if one.charge.total else []
    return found


def ledger(entries: Sequence[Entry], tongue: Language, currency: str) -> Table:
    """Return *entries* with the balance after each, from an opening balance of nothing."""
    balance = Money(ZERO, currency)
    rows = [(tongue.day(entries[0].on), tongue.label("statement.opening"), "", "", tongue.money(balance))]
    for entry in entries:
        balance = balance + entry.sum
        charged, paid = (tongue.money(entry.sum), "") if entry.sum.amount > 0 else ("", tongue.money(-entry.sum))
        rows.append((tongue.day(entry.on), entry.what, charged, paid, tongue.money(balance)))
    wide = max(len(cell) for row in rows for cell in row[2:]) + 2.0
    shares = (14.0, 84 - 14 - 3 * wide, wide, wide, wide)
    aligns = (Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT)
    names = ("date", "what", "charged", "paid", "balance")
    heads = [tongue.label(f"statement.{name}") for name in names]
    columns = tuple(Column(*parts) for parts in zip(heads, aligns, shares, names, strict=True))
    return Table(columns, tuple(rows), (Total(tongue.label("statement.owed"), tongue.money(balance), strong=True),))


def ages(desk: Desk, tongue: Language, claims: Sequence[Claim], currency: str) -> tuple[Block, ...]:
    """Return what is owed by how long it has been due; nothing where nothing is owed."""
    owed = [(max((desk.day - one.bill.due).days, 0), one.owed) for one in claims if one.owed.amount > 0]
    if not owed:
        return ()
    edges = [*AGES, None]
    sums, least = [], -1
    for edge in edges:
        sums.append(total([sum_ for days, sum_ in owed if days > least and (edge is None or days <= edge)], currency))
        least = least if edge is None else edge
    names = [f"age_{edge if edge is not None else 'over'}" for edge in edges]
    columns = tuple(Column(tongue.label(f"statement.{name}"), Align.RIGHT, 1, name) for name in names)
    return (Heading(tongue.label("statement.ages")), Table(columns, (tuple(tongue.money(sum_) for sum_ in sums),)))
