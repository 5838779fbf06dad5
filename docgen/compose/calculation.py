"""The calculation sheet: how a late fee came about, stretch by stretch, on a page of its own behind a letter."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from docgen import interest
from docgen.compose import fees, invoice
from docgen.compose.claim import Claim
from docgen.compose.desk import Desk
from docgen.document import Align, Block, Break, Column, Heading, Paragraph, Role, Run, Table, Title, Total
from docgen.interest import Segment
from docgen.language import Language
from docgen.money import total
from docgen.records.book import ContractFee, Statutory

COLUMNS = ("from", "to", "days", "base", "rate", "interest")


def blocks(desk: Desk, claims: Sequence[Claim]) -> tuple[Block, ...]:
    """Return the sheet for *claims*; nothing where none of them bears anything."""
    charged = [claim for claim in claims if claim.charge.total]
    if not charged:
        return ()
    tongue = desk.language(charged[0].client)
    found: list[Block] = [Break(), Title(tongue.label("calc.title", date=tongue.date(desk.day)))]
    for claim in charged:
        found.append(Heading(tongue.label("calc.invoice", number=claim.bill.number, due=tongue.date(claim.bill.due))))
        found.append(table(desk, claim, tongue))
        found += [note(text) for text in notes(desk, claim, tongue)]
    return tuple(found)


def table(desk: Desk, claim: Claim, tongue: Language) -> Table:
    """Return the stretches of one claim with what they come to."""
    currency = claim.bill.currency
    rows = tuple(row(segment, currency, tongue) for segment in claim.charge.segments)
    sums = [Total(tongue.label("calc.sum"), tongue.money(claim.charge.interest))]
    if claim.charge.fixed:
        sums.append(Total(tongue.label("calc.fixed"), tongue.money(claim.charge.fixed)))
    sums.append(Total(tongue.label("statement.invoice", number=claim.bill.number), tongue.money(claim.bill.payable)))
    sums += invoice.payments(desk, claim.bill, tongue)
    sums.append(Total(tongue.label("calc.owed"), tongue.money(claim.owed), strong=True))
    heads = [tongue.label(f"calc.{name}") for name in COLUMNS]
    aligns = [Align.LEFT, Align.LEFT, *[Align.RIGHT] * 4]
    cells = [[head, *(cell[index] for cell in rows)] for index, head in enumerate(heads)]
    longest = [float(max(map(len, column))) + 2 for column in cells]
    longest[-1] = max(longest[-1], max(len(one.amount) for one in sums) + 4)
    spare = max(invoice.LINE - sum(longest), 0) / len(heads)
    columns = tuple(Column(*parts) for parts in zip(heads, aligns, (one + spare for one in longest), strict=True))
    return Table(columns, rows, tuple(sums), tongue.label("claim.table"))


def row(segment: Segment, currency: str, tongue: Language) -> tuple[str, ...]:
    """Return one stretch, its interest rounded for show."""
    return (
        tongue.day(segment.first),
        tongue.day(segment.last),
        str(segment.days),
        tongue.money(interest.rounded(segment.base, currency)),
        tongue.percent(percent(segment.rate)),
        tongue.money(interest.rounded(segment.interest, currency)),
    )


def percent(rate: Fraction) -> Decimal:
    """Return *rate* as a decimal fraction, to a ten-thousandth of a per cent where it does not end before."""
    return interest.decimal(rate).quantize(Decimal("0.000001"))


def notes(desk: Desk, claim: Claim, tongue: Language) -> list[str]:
    """Return what has to be said of a calculation: by which rule, what a day costs, and where care is needed."""
    fee, charge, currency = claim.project.terms.late_fee, claim.charge, claim.bill.currency
    law = desk.law(claim.client)
    found = []
    if isinstance(fee, ContractFee):
        found.append(tongue.label("calc.agreed", terms=fees.words(fee, currency, tongue)))
    elif law.interest:
        found.append(tongue.label("calc.law", act=law.interest.act))
    if charge.per_day:
        found.append(tongue.label("calc.per_day", sum=tongue.money(charge.per_day)))
    shown = total([interest.rounded(segment.interest, currency) for segment in charge.segments], currency)
    if shown != charge.interest:
        found.append(tongue.label("calc.rounding"))
    if charge.besides:
        found.append(tongue.label("calc.besides", sum=tongue.money(charge.besides)))
    if fee is Statutory.LAW and law.unverified(claim.bill.due, desk.day):
        found.append(tongue.label("calc.unverified"))
    return found


def note(text: str) -> Block:
    """Return a note."""
    return Paragraph((Run(text),), Role.NOTE)
