"""What a letter claims: the unpaid invoices, each with what is owed for being late."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.compose import desk as at
from docgen.compose import invoice
from docgen.compose.desk import Desk
from docgen.compose.fill import Value, Values
from docgen.compose.texts import LETTERS
from docgen.document import Align, Column, Table, Total
from docgen.frozen import dataclass
from docgen.interest import Charge
from docgen.language import Language
from docgen.money import Money, total
from docgen.records.book import Accrual, Client, ContractFee, Invoice, Project, Statutory


@dataclass(frozen=True, slots=True)
class Claim:
    """What is owed on one invoice at the end of a day: *balance* of the invoice itself, and the *charge* on top."""

    client: Client
    project: Project
    bill: Invoice
    balance: Money
    charge: Charge

    @property
    def owed(self) -> Money:
        """Return all of it."""
        return self.balance + self.charge.total


def of(desk: Desk, bills: Sequence[Invoice]) -> tuple[Claim, ...]:
    """Return the claims on *bills* on the desk's day."""
    found = (desk.book.invoices[bill.number] for bill in bills)
    return tuple(Claim(c, p, b, desk.book.balance(b, desk.day), desk.late_fee(b)) for c, p, b in found)


def values(desk: Desk, claims: Sequence[Claim], filled: Values) -> dict[str, Value]:
    """Return the blanks about *claims*, all of one client and in one currency."""
    client, currency = claims[0].client, claims[0].bill.currency
    tongue = desk.language(client)
    owed = total([claim.owed for claim in claims], currency)
    daily = total([claim.charge.per_day for claim in claims], currency)
    numbers = [claim.bill.number for claim in claims]
    more: dict[str, Value] = {
        "claim.numbers": tongue.list(numbers),
        "claim.total": tongue.money(owed),
        "claim.principal": tongue.money(total([claim.balance for claim in claims], currency)),
        "claim.table": (table(desk, claims, owed, tongue),),
        "claim.per_day": tongue.money(daily),
    }
    further = at.part(desk, client, LETTERS, "claim-fee", growth(claims, daily), filled.plus(more))
    pay_to = invoice.pay_to(desk.book.business, ", ".join(numbers), tongue)
    return {**more, "claim.fee": further, "claim.pay_to": pay_to}


def growth(claims: Sequence[Claim], daily: Money) -> str:
    """Return what is said of how the claim grows: by the day or month as agreed, under the law, or nothing."""
    fee = claims[0].project.terms.late_fee
    if isinstance(fee, ContractFee) and fee.rate and fee.accrual is not Accrual.DAILY:
        return "monthly"
    if not daily:
        return "none"
    if fee is Statutory.LAW:
        return "statutory" if any(claim.charge.fixed for claim in claims) else "interest"
    return "contract"


def table(desk: Desk, claims: Sequence[Claim], owed: Money, tongue: Language) -> Table:
    """Return how the sum owed came about, with its total."""
    rows = [row for claim in claims for row in account(desk, claim, tongue)]
    sums = (Total(tongue.label("claim.total", date=tongue.date(desk.day)), tongue.money(owed), strong=True),)
    wide = max(len(tongue.money(owed)), *(len(cell) for _, cell in rows)) + 6.0
    columns = (
        Column(tongue.label("column.claim"), Align.LEFT, invoice.LINE - wide, "label"),
        Column(tongue.label("column.amount"), Align.RIGHT, wide, "amount"),
    )
    return Table(columns, tuple(rows), sums, tongue.label("claim.table"))


def account(desk: Desk, claim: Claim, tongue: Language) -> list[tuple[str, str]]:
    """Return how the sum owed on one invoice came about, a row each."""
    bill, charge, fee = claim.bill, claim.charge, claim.project.terms.late_fee
    dates = {"issued": tongue.date(bill.issued), "due": tongue.date(bill.due)}
    rows = [(tongue.label("claim.invoice", number=bill.number, **dates), tongue.money(bill.payable))]
    rows += [(row.label, row.amount) for row in invoice.payments(desk, bill, tongue)]
    if charge.interest:
        if isinstance(fee, ContractFee):
            rate = tongue.label(f"rate.{fee.per}", rate=tongue.percent(fee.rate))
            label = tongue.label("claim.interest", rate=rate, days=tongue.days(charge.days))
        else:
            label = tongue.label("claim.statutory", days=tongue.days(charge.days))
        rows.append((label, tongue.money(charge.interest)))
    if charge.fixed:
        name = "claim.fixed" if isinstance(fee, ContractFee) else "claim.recovery"
        rows.append((tongue.label(name), tongue.money(charge.fixed)))
    return rows
