"""The late fee on an invoice: as agreed, as the law gives it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from docgen import interest
from docgen.interest import Charge
from docgen.jurisdiction import Jurisdiction
from docgen.problem import Problem
from docgen.records.book import Book, ContractFee, Invoice, Payment, Statutory


def late_fee(book: Book, laws: Mapping[str, Jurisdiction], bill: Invoice, day: date) -> Charge:
    """Return the late fee on *bill* at the end of *day*; raises Problems where a rate that it needs is not known."""
    client, project, _ = book.invoices[bill.number]
    fee = project.terms.late_fee
    credited = [Payment(note.issued, -note.payable) for note in book.credited.get(bill.number, ())]
    lowered = [payment for payment in (*bill.payments, *credited) if payment.on <= day]
    if isinstance(fee, ContractFee):
        return interest.contract(bill.payable, bill.due, day, fee, lowered)
    if fee is Statutory.LAW:
        return interest.statutory(bill.payable, bill.due, day, laws[client.law], client.kind, lowered)
    return interest.nothing(bill.currency)


def overpaid(book: Book, laws: Mapping[str, Jurisdiction]) -> Iterator[Problem]:
    """Yield each invoice's payments that come to more than it and its late fee."""
    for _, _, bill in book.invoices.values():
        if not bill.payments:
            continue
        last = bill.payments[-1].on
        over = bill.paid(last) - bill.payable
        fee = late_fee(book, laws, bill, last).total if over.amount > 0 else over
        if over.amount > 0 and fee < over:
            owed = f"{bill.payable} and its late fee of {fee}" if fee else f"{bill.payable}"
            hint = "a payment of several invoices is recorded with each"
            yield Problem(
                bill.payments[-1].mark, f"{bill.paid(last)} was paid, more than invoice {bill.number} of {owed}; {hint}"
            )
