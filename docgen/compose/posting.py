"""Composes the posting list: what is handed over at the counter, piece by piece, in the business's language."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.compose import claim
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
    Signatory,
    Signatures,
    Table,
    Title,
    Total,
)
from docgen.language import Language
from docgen.plan import Job
from docgen.post import numbers, service
from docgen.post.listing import Piece
from docgen.records.book import Client
from docgen.schedule import Channel, Encloses

SHARES = {"number": 4.0, "addressee": 28.0, "service": 22.0, "article": 21.0, "sheets": 8.0, "grams": 8.0}
# The form's other columns are for pieces that are insured, registered or paid on delivery, which no letter is.
FIRM_BOOK = {"number": 6.0, "article": 20.0, "addressee": 25.0, "service": 17.0}
FIRM_BOOK |= {"postage": 13.0, "fee": 8.0, "receipt": 11.0}  # filled in by hand
FIGURES = ("number", "sheets", "grams")


def compose(desk: Desk, pieces: Sequence[Piece], addressees: Sequence[Client]) -> Document:
    """Return the list of *pieces*, those for the counter apart from what the schedule sends by e-mail."""
    business = desk.book.business
    tongue = desk.tongue(business.language)
    rows = list(zip(pieces, addressees, strict=True))
    counter = [row for row in rows if row[0].service != Channel.EMAIL]
    others = [row for row in rows if row[0].service == Channel.EMAIL]
    title, day = tongue.label("list.title"), tongue.date(desk.day)
    blocks: list[Block] = [
        Title(title),
        Pairs(
            (
                (tongue.label("list.sender"), ", ".join((business.name, *business.address))),
                (tongue.label("list.date"), day),
                (tongue.label("list.pieces"), str(len(counter))),
            )
        ),
    ]
    if counter:
        blocks.append(table(desk, counter, tongue))
        blocks += received(desk, tongue)
    if others:
        blocks += [Break(), Heading(tongue.label("list.others")), table(desk, others, tongue)]
    return at.own(desk, title, day, f"{title}, {day}", blocks)


def table(desk: Desk, rows: Sequence[tuple[Piece, Client]], tongue: Language) -> Table:
    """Return the table of *rows*, with the columns of the country's own form where it has one."""
    firm_book = service.form(desk.book.business.country) == service.FIRM_BOOK
    shares = FIRM_BOOK if firm_book else SHARES
    columns = tuple(
        Column(tongue.label(f"list.{name}"), Align.RIGHT if name in FIGURES else Align.LEFT, share)
        for name, share in shares.items()
    )
    found = tuple(tuple(cell(desk, piece, client, name, tongue) for name in shares) for piece, client in rows)
    sheets, grams = sum(piece.sheets for piece, _ in rows), sum(piece.grams for piece, _ in rows)
    weight = tongue.label("list.weight", sheets=str(sheets), grams=str(grams))
    return Table(columns, found, (Total(weight, str(len(rows)), strong=True),), tongue.label("list.title"))


def cell(desk: Desk, piece: Piece, client: Client, name: str, tongue: Language) -> str:
    """Return what stands about *piece* in the column called *name*."""
    asked = service_of(piece.service, client, tongue)
    every = {
        "number": str(piece.number),
        "addressee": "\n".join(at.address(desk, client)),
        "service": f"{asked}\n{piece.enclosures}" if piece.enclosures else asked,
        "article": numbers.shown(piece.article_number),
        "sheets": f"{piece.pages} / {piece.sheets}",
        "grams": str(piece.grams),
    }
    return every.get(name, "")


def service_of(name: str, client: Client, tongue: Language) -> str:
    """Return how the service called *name* is asked for at the counter, as the law of *client* has it."""
    return tongue.label(f"service.{name}", client.law)


def received(desk: Desk, tongue: Language) -> tuple[Block, ...]:
    """Return where the counter signs."""
    firm_book = service.form(desk.book.business.country) == service.FIRM_BOOK
    fields = (tongue.label("list.received"), tongue.label("list.postmaster" if firm_book else "list.stamp"))
    note = Paragraph((Run(tongue.label("list.note")),), Role.NOTE)
    return (note, Signatures((Signatory(tongue.label("list.counter"), "", fields=fields),)))


def enclosures(desk: Desk, job: Job, tongue: Language) -> str:
    """Return what the letter of *job* encloses."""
    if job.rung.encloses is not Encloses.INVOICE or not job.invoices:
        return ""
    numbers = ", ".join(bill.number for bill in job.invoices)
    reckoned = any(one.charge.total for one in claim.of(desk, job.invoices))
    several = "_several" if len(job.invoices) > 1 else ""
    return tongue.label(f"list.enclosed{'_calculation' if reckoned else ''}{several}", numbers=numbers)
