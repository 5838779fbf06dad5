"""The late-fee calculator: what a debt bears by a day, under a law or an agreed fee, without a workspace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from docgen import interest
from docgen.frozen import dataclass
from docgen.interest import Charge
from docgen.jurisdiction import Basis, Jurisdiction
from docgen.money import Money, total
from docgen.records.book import Accrual, ContractFee, Kind, Payment


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a debt, and a *law* or an agreed *fee*; *basis* and *round_daily* bend either."""

    owed: Money
    due: date
    day: date
    kind: Kind
    payments: tuple[Payment, ...]
    law: Jurisdiction | None
    fee: ContractFee | None
    basis: Basis | None
    round_daily: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What is owed: the *charge*, what was *paid* by the day and what is *left* of the debt."""

    question: Question
    charge: Charge
    paid: Money
    left: Money

    @property
    def total(self) -> Money:
        """Return all that is still owed."""
        return self.left + self.charge.total


def answer(question: Question) -> Answer:
    """Return what is owed; raises Problems where a rate that is needed is not known."""
    paid = [payment for payment in question.payments if payment.on <= question.day]
    currency = question.owed.currency
    left = Money(interest.left(question.owed, paid, question.day), currency)
    return Answer(question, charge(question), total([payment.amount for payment in paid], currency), left)


def charge(question: Question) -> Charge:
    """Return the late fee."""
    owed, due, day, payments = question.owed, question.due, question.day, question.payments
    bent = interest.Bent(question.basis, round_daily=question.round_daily)
    if question.fee is not None:
        return interest.contract(owed, due, day, question.fee, payments, bent)
    if question.law is None:
        return interest.nothing(owed.currency)
    return interest.statutory(owed, due, day, question.law, question.kind, payments, bent)


def data(found: Answer) -> dict[str, object]:
    """Return the answer as --json prints it: sums as exact decimal texts, rates as per cent a year."""
    currency = found.question.owed.currency
    return {
        "principal": str(found.question.owed.rounded().amount),
        "currency": currency,
        "days": found.charge.days,
        "segments": [
            {
                "from": segment.first.isoformat(),
                "to": segment.last.isoformat(),
                "days": segment.days,
                "base": str(interest.rounded(segment.base, currency).amount),
                "rate": percent(segment),
                "interest": str(interest.rounded(segment.interest, currency).amount),
            }
            for segment in found.charge.segments
        ],
        "interest": str(found.charge.interest.rounded().amount),
        "fixed": str(found.charge.fixed.rounded().amount),
        "paid": str(found.paid.rounded().amount),
        "total": str(found.total.rounded().amount),
        "per_day": str(found.charge.per_day.rounded().amount),
    }


def percent(segment: interest.Segment) -> str:
    """Return a segment's rate in per cent a year."""
    rate = interest.decimal(segment.rate) * 100
    text = f"{rate.quantize(Decimal('0.0001')):f}".rstrip("0").rstrip(".")
    return text or "0"


def lines(found: Answer) -> Iterator[str]:
    """Yield the answer for a person: the segments, the sums, the rule and its source."""
    question, charge = found.question, found.charge
    yield f"{question.owed} due on {question.due}, as of {question.day}"
    if charge.segments:
        yield ""
        yield from table(found)
        yield ""
    for label, sum_ in sums(found):
        yield f"{label:<24}{sum_!s:>20}"
    yield ""
    yield from rule(question, charge)


def table(found: Answer) -> Iterator[str]:
    """Yield the segments in columns."""
    currency = found.question.owed.currency
    yield f"{'from':<12}{'to':<12}{'days':>6}{'on':>16}{'% a year':>10}{'interest':>14}"
    for segment in found.charge.segments:
        base, earned = (interest.rounded(sum_, currency).amount for sum_ in (segment.base, segment.interest))
        days = f"{segment.first!s:<12}{segment.last!s:<12}{segment.days:>6}"
        yield f"{days}{base:>16,f}{percent(segment):>10}{earned:>14,f}"


def sums(found: Answer) -> Sequence[tuple[str, Money]]:
    """Return the sums that make up what is owed."""
    charge = found.charge
    every = [
        ("paid", found.paid),
        ("left of the debt", found.left),
        ("interest", charge.interest),
        ("fixed", charge.fixed),
    ]
    return [(label, sum_) for label, sum_ in every if sum_ or label == "interest"] + [
        ("owed in all", found.total),
        ("each further day", charge.per_day),
    ]


def rule(question: Question, charge: Charge) -> Iterator[str]:
    """Yield by which rule it was computed, with its source, and what care is needed."""
    law = question.law
    if question.fee is not None:
        yield "By agreement; the fee must have been agreed in writing before."
    elif law is None or law.interest is None:
        yield f"{law.name if law else 'No law'} gives no interest of its own; agree a late fee and use --late-fee."
    elif question.kind not in law.interest.margin:
        yield f"{law.interest.act}: nothing is owed by a {question.kind} client."
    else:
        yield f"By law: {law.interest.act}"
        if law.unverified(question.due, question.day):
            yield "Some of the rates or rules used were not checked against the official text."
    if not charge.segments and not charge.fixed:
        yield "Nothing runs yet." if question.day <= question.due else "Nothing runs."


def fee(base: ContractFee, accrual: Accrual | None, grace: int, flat: Decimal, cap: Decimal | None) -> ContractFee:
    """Return *base* with what else was asked for."""
    return replace(base, accrual=accrual or base.accrual, grace_days=grace, flat=flat, cap=cap)
