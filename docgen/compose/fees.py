"""What is owed for being late, in figures and in words."""

from __future__ import annotations

from docgen import interest
from docgen.compose.desk import Desk
from docgen.interest import Charge
from docgen.language import Language
from docgen.money import Money
from docgen.records.book import ContractFee, Invoice, Payment, Statutory


def charge(desk: Desk, bill: Invoice) -> Charge:
    """Return the late fee on *bill* at the end of the desk's day: as agreed, as the law gives it, or nothing."""
    client, project, _ = desk.book.invoices[bill.number]
    fee = project.terms.late_fee
    credited = [Payment(note.issued, -note.payable) for note in desk.book.credited.get(bill.number, ())]
    lowered = [payment for payment in (*bill.payments, *credited) if payment.on <= desk.day]
    if isinstance(fee, ContractFee):
        return interest.contract(bill.payable, bill.due, desk.day, fee, lowered)
    if fee is Statutory.LAW:
        return interest.statutory(bill.payable, bill.due, desk.day, desk.law(client), client.kind, lowered)
    return interest.nothing(bill.currency)


def words(fee: ContractFee, currency: str, tongue: Language) -> str:
    """Return the agreed late fee in words that match its arithmetic."""
    found = []
    if fee.rate:
        found.append(tongue.label(f"fee.{fee.per}.{fee.accrual}", rate=tongue.percent(fee.rate)))
    if fee.compound:
        found.append(tongue.label("fee.compound"))
    if fee.cap is not None:
        found.append(tongue.label("fee.cap", share=tongue.percent(fee.cap)))
    if fee.flat:
        found.append(tongue.label("fee.flat", sum=tongue.money(Money(fee.flat, currency))))
    if fee.grace_days:
        found.append(tongue.label("fee.grace", days=str(fee.grace_days)))
    return "; ".join(found)
