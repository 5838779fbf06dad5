"""What is owed for being late, in figures and in words."""

from __future__ import annotations

from datetime import date

from docgen import interest
from docgen.interest import Charge
from docgen.language import Language
from docgen.money import ZERO, Money
from docgen.records.book import Accrual, Book, ContractFee, Invoice, Payment, Project


def charge(book: Book, project: Project, bill: Invoice, day: date) -> Charge:
    """Return the agreed late fee on *bill* at the end of *day*; nothing where none was agreed in figures."""
    fee = project.terms.late_fee
    if not isinstance(fee, ContractFee):
        nothing = Money(ZERO, bill.currency)
        return Charge(max((day - bill.due).days, 0), (), nothing, nothing)
    credited = [Payment(note.issued, -note.payable) for note in book.credited.get(bill.number, ())]
    lowered = [payment for payment in (*bill.payments, *credited) if payment.on <= day]
    return interest.contract(bill.payable, bill.due, day, fee, lowered)


def per_day(book: Book, project: Project, bill: Invoice, day: date) -> Money:
    """Return what one more day costs, rounded half up; zero where no day is charged for itself."""
    fee = project.terms.late_fee
    if not isinstance(fee, ContractFee) or fee.accrual is not Accrual.DAILY:
        return Money(ZERO, bill.currency)
    now = charge(book, project, bill, day)
    if fee.cap is not None and not now.interest < (bill.payable * fee.cap).rounded():
        return Money(ZERO, bill.currency)
    return (book.balance(bill, day) * (fee.rate / interest.DAYS[fee.per])).rounded()


def kind(project: Project) -> str:
    """Return which late fee the project has: contract, statutory or none."""
    fee = project.terms.late_fee
    return "contract" if isinstance(fee, ContractFee) else fee.value


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
