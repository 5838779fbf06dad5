"""Composes an invoice or a credit note, as an original or as a copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.compose import desk as at
from docgen.compose import fees, payment_code
from docgen.compose.desk import Desk
from docgen.compose.fill import Values
from docgen.compose.texts import LETTERS
from docgen.document import (
    Address,
    Align,
    Block,
    Code,
    Column,
    Document,
    Fact,
    Facts,
    Pairs,
    Paragraph,
    Role,
    Run,
    Table,
    Title,
    Total,
)
from docgen.language import Language
from docgen.money import Money
from docgen.problem import stop
from docgen.records.book import Bill, Business, Client, ContractFee, Invoice, Line, Project

HEADS = ("item", "quantity", "unit", "price", "tax", "amount")
WORDS = ("item", "unit")  # the columns of words; the others hold figures
LINE = 88.0  # about as many characters as a line of a table holds
STRONG, BOLD = 1.5, 1.1  # how much wider the headline's figures are than other text


def compose(desk: Desk, number: str, *, copy: bool = False, late_fee: bool = False) -> Document:
    """Return the invoice called *number*; as a *copy*, or with what is owed for being late."""
    client, project, bill = desk.book.invoices[number]
    filled = values(desk, client, project, bill, copy=copy, late_fee=late_fee)
    found = printed(desk, client, bill, filled, copy=copy)
    title = next(block.text for block in found if isinstance(block, Title))
    return at.document(desk, client, title, number, found, bill.issued, filled)


def template(bill: Invoice) -> tuple[str, str]:
    """Return the name and the choice of the Word template that may be there for *bill*; no credit is an invoice."""
    return ("invoice.credit", "") if bill.kind is Bill.CREDIT else ("invoice", choice(bill))


def choice(bill: Invoice) -> str:
    """Return which of the texts of invoices is that of *bill*."""
    return "" if bill.kind is Bill.LINES else bill.kind.value


def enclosed(desk: Desk, client: Client, project: Project, bill: Invoice) -> tuple[Block, ...]:
    """Return the blocks of a copy of an invoice that a letter encloses."""
    return printed(desk, client, bill, values(desk, client, project, bill, copy=True, late_fee=False), copy=True)


def printed(desk: Desk, client: Client, bill: Invoice, filled: Values, *, copy: bool) -> tuple[Block, ...]:
    """Return the blocks of an invoice with the values that its text is *filled* with."""
    tongue = desk.language(client)
    text = desk.texts.find(LETTERS, client.language, "invoice", choice(bill), client.law)
    head: list[Block] = [Address(at.address(desk, client), at.sender(desk))]
    if copy:
        head.append(Paragraph((Run(tongue.label("copy", client.law)),), Role.MARK))
    return (*head, *at.blocks(text, filled, Title))


def values(desk: Desk, client: Client, project: Project, bill: Invoice, *, copy: bool, late_fee: bool) -> Values:
    """Return the blanks of an invoice; a *copy* has no code, as the letter it goes with asks for another sum."""
    tongue, business, asked = desk.language(client), desk.book.business, owed(desk, bill, late_fee=late_fee)
    coded = not copy and bill.kind is not Bill.CREDIT
    code = payment_code.code(business, asked, bill.number, tongue) if coded else None
    base = at.people(business, client, tongue).plus(
        {
            "project.title": project.title,
            "invoice.number": bill.number,
            "invoice.issued": tongue.date(bill.issued),
            "invoice.due": tongue.date(bill.due),
            "invoice.credits": bill.credits,
            "invoice.total": tongue.money(bill.payable),
            "invoice.balance": tongue.money(desk.book.balance(bill, desk.day)),
        },
    )
    taxed = any(line.tax for line in bill.lines)
    note = "" if taxed else project.terms.tax_note.of(client.language)
    shown, every = lines(desk, project, bill, tongue, late_fee=late_fee)
    return base.plus(
        {
            "invoice.facts": (facts(bill, asked, tongue),),
            "invoice.details": (details(client, project, tongue),),
            "invoice.lines": (shown,),
            "invoice.rows": (every,),
            "invoice.pay_to": pay_to(business, bill.number, tongue, code),
            "invoice.tax_note": (Paragraph((Run(note),), Role.NOTE),) if note else (),
            "invoice.late_fee": late_fee_note(desk, client, project, base),
        },
    )


def owed(desk: Desk, bill: Invoice, *, late_fee: bool) -> Money:
    """Return what is asked for on the desk's day, the late fee included if it is wanted."""
    balance = desk.book.balance(bill, desk.day)
    return balance + desk.late_fee(bill).total if fee_shown(desk, bill, late_fee=late_fee) else balance


def fee_shown(desk: Desk, bill: Invoice, *, late_fee: bool) -> bool:
    """Return whether an invoice states its late fee: where it is wanted, or where some of it was paid."""
    return late_fee or desk.book.balance(bill, desk.day).amount < 0


def facts(bill: Invoice, owed: Money, tongue: Language) -> Facts:
    """Return what a reader looks for first: how much by when, or for which invoice it is taken back."""
    if bill.kind is Bill.CREDIT:
        head = [("invoice.credited", tongue.money(-bill.payable)), ("invoice.credits", bill.credits)]
    else:
        head = [("invoice.balance", tongue.money(owed)), ("invoice.due", tongue.date(bill.due))]
    (label, sum_), (second, value), (last, day) = [
        (tongue.label(name), value) for name, value in (*head, ("invoice.issued", tongue.date(bill.issued)))
    ]
    return Facts(
        (
            Fact(label, sum_, strong=True, share=max(len(sum_) * STRONG, len(label))),
            Fact(second, value, bold=True, share=max(len(value) * BOLD, len(second))),
            Fact(last, day, share=max(len(day), len(last))),
        )
    )


def details(client: Client, project: Project, tongue: Language) -> Pairs:
    """Return who is invoiced, by which number the tax office knows them, and for which project."""
    rows = [(tongue.label("invoice.client"), client.name)]
    if client.tax_id:
        rows.append((tongue.label("tax_id", client.country.lower()), client.tax_id))
    rows.append((tongue.label("invoice.project"), project.title))
    return Pairs(tuple(rows))


def item(line: Line, project: Project, tongue: Language) -> str:
    """Return what a line is for; the words of one that follows from the project depend on what it asks for."""
    if line.item:
        return line.item
    return tongue.label(f"line.{line.follows}", share=tongue.percent(line.share), title=project.title)


def heads(bill: Invoice) -> tuple[str, ...]:
    """Return the columns that the lines of *bill* have something to say in."""
    counted = any(line.quantity != 1 or line.unit for line in bill.lines)
    empty = {
        "quantity": not counted,
        "unit": not any(line.unit for line in bill.lines),
        "price": not counted,
        "tax": not any(line.tax for line in bill.lines),
    }
    return tuple(name for name in HEADS if not empty.get(name))


def lines(desk: Desk, project: Project, bill: Invoice, tongue: Language, *, late_fee: bool) -> tuple[Table, Table]:
    """Return the lines of the invoice with its totals: in the columns that say something, and in all there are."""
    rows = [cells(line, project, tongue) for line in bill.lines]
    taxed = any(line.tax for line in bill.lines)
    totals = tuple(sums(desk, bill, tongue, taxed=taxed, late_fee=late_fee))
    law = desk.book.business.law
    return table(heads(bill), rows, totals, tongue, law), table(HEADS, rows, totals, tongue, law)


def table(
    heads: Sequence[str], lines: Sequence[Mapping[str, str]], totals: tuple[Total, ...], tongue: Language, law: str
) -> Table:
    """Return the *lines* of an invoice in the columns *heads*, as they are called under *law*, above the *totals*."""
    rows = [tuple([line[head] for head in heads]) for line in lines]
    names = [tongue.label(f"column.{name}", law) for name in heads]
    aligns = [Align.LEFT if name in WORDS else Align.RIGHT for name in heads]
    shares = widths(names, rows, aligns, totals)
    columns = tuple(Column(*parts) for parts in zip(names, aligns, shares, heads, strict=True))
    return Table(columns, tuple(rows), totals, tongue.label("invoice.lines"))


def cells(line: Line, project: Project, tongue: Language) -> dict[str, str]:
    """Return what one line of the invoice says in each column."""
    return {
        "item": item(line, project, tongue),
        "quantity": tongue.number(line.quantity),
        "unit": line.unit,
        "price": tongue.price(line.price),
        "tax": tongue.percent(line.tax),
        "amount": tongue.money(line.net),
    }


def widths(
    heads: list[str], rows: list[tuple[str, ...]], aligns: list[Align], totals: tuple[Total, ...]
) -> list[float]:
    """Return the columns' shares of the width: figures get what the longest one needs, words the rest of a line."""
    small, gap = 0.85, 3.0  # a head's size to a cell's, and the room between columns in characters
    longest = [max([len(head) * small, *map(len, cells)]) for head, *cells in zip(heads, *rows, strict=True)]
    longest[-1] = max([longest[-1], *(len(total.amount) for total in totals)])
    most = [LINE if align is Align.RIGHT else LINE / 6 for align in aligns]
    figures = [min(length, room) + gap for length, room in zip(longest[1:], most[1:], strict=True)]
    return [max(LINE - sum(figures), LINE / 4), *figures]


def sums(desk: Desk, bill: Invoice, tongue: Language, *, taxed: bool, late_fee: bool) -> list[Total]:
    """Return what stands below the lines: totals by rate, what is withheld, what was paid, what is due."""
    settled = payments(desk, bill, tongue)
    found = taxes(desk, bill, tongue, gross=taxed and bool(bill.withheld or settled))
    if bill.kind is Bill.CREDIT:
        return [*found, Total(tongue.label("invoice.credited"), tongue.money(-bill.payable), strong=True)]
    charge = desk.late_fee(bill)
    found += settled
    if charge.total and fee_shown(desk, bill, late_fee=late_fee):
        found.append(Total(tongue.label("total.late_fee", days=tongue.days(charge.days)), tongue.money(charge.total)))
    due = owed(desk, bill, late_fee=late_fee)
    return [*found, Total(tongue.label("invoice.balance"), tongue.money(due), strong=True)]


def taxes(desk: Desk, bill: Invoice, tongue: Language, *, gross: bool) -> list[Total]:
    """Return the totals by rate, the total with tax where *gross* asks for it, and what is withheld."""
    law = desk.book.business.law
    found: list[Total] = []
    if any(line.tax for line in bill.lines):
        found.append(Total(tongue.label("total.net"), tongue.money(bill.net)))
        for rate, base, tax in bill.taxes:
            label = tongue.label("total.tax", law, rate=tongue.percent(rate), base=tongue.money(base))
            found.append(Total(label, tongue.money(tax)))
    if gross:
        found.append(Total(tongue.label("total.gross"), tongue.money(bill.gross)))
    if bill.withheld:
        label = tongue.label("total.withheld", law, rate=tongue.percent(bill.withholding))
        found.append(Total(label, tongue.money(-bill.withheld)))
    return found


def payments(desk: Desk, bill: Invoice, tongue: Language) -> list[Total]:
    """Return what came in or was taken back by the day, oldest first."""
    found = [
        (payment.on, tongue.label("total.payment", date=tongue.date(payment.on)), -payment.amount)
        for payment in bill.payments
        if payment.on <= desk.day
    ]
    found += [
        (note.issued, tongue.label("total.credit", number=note.number, date=tongue.date(note.issued)), note.payable)
        for note in desk.book.credited.get(bill.number, ())
        if note.issued <= desk.day
    ]
    return [Total(label, tongue.money(sum_)) for _, label, sum_ in sorted(found, key=lambda row: row[0])]


def pay_to(business: Business, reference: str, tongue: Language, code: Code | None = None) -> tuple[Block, ...]:
    """Return where to pay, all that the business gives; raises Problems if it gives nothing."""
    if not business.pay_to:
        raise stop("nothing is given for `pay_to`, and whoever is asked for money has to know where", business.mark)
    rows = [(named(key, tongue), grouped(key, value)) for key, value in business.pay_to]
    return (Pairs((*rows, (tongue.label("pay_to.reference"), reference)), code),)


def named(key: str, tongue: Language) -> str:
    """Return a key of pay_to as a label, one of the owner's own as it is typed."""
    label = f"pay_to.{key}"
    return tongue.label(label) if tongue.has(label) else key.replace("_", " ").capitalize()


def grouped(key: str, value: str) -> str:
    """Return an IBAN in groups of four, as its standard prints it (ISO 13616), anything else as it is."""
    if key != "iban":
        return value
    bare = payment_code.bare(value)
    return "\N{NO-BREAK SPACE}".join(bare[i : i + 4] for i in range(0, len(bare), 4))


def late_fee_note(desk: Desk, client: Client, project: Project, base: Values) -> tuple[Block, ...]:
    """Return what the invoice says of being late."""
    fee = project.terms.late_fee
    terms = fees.words(fee, project.currency, desk.language(client)) if isinstance(fee, ContractFee) else ""
    filled = base.plus({"late_fee.terms": terms})
    return at.part(desk, client, LETTERS, "late-fee", project.terms.late_fee_kind, filled)
