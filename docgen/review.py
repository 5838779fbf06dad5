"""Reviews what is agreed with a client against the law that goes for it: what is void, and what is risky."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from docgen import interest
from docgen.jurisdiction import Jurisdiction
from docgen.problem import Problem
from docgen.records.book import Client, ContractFee, Project, Statutory


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a term, and whether that makes it *void*; if not it is a warning."""

    problem: Problem
    void: bool


def review(law: Jurisdiction, client: Client, project: Project, day: date) -> Iterator[Finding]:
    """Yield what is void or risky in the terms of *project* under *law* on *day*."""
    yield from payment_terms(law, client, project)
    fee = project.terms.late_fee
    if isinstance(fee, ContractFee):
        yield from late_fee(law, client, project, fee, day)
    elif fee is Statutory.LAW and law.interest is None:
        yield found(
            project, f"`late_fee` is statutory, but {law.name} has none; agree one, as in 1.5% per month", void=True
        )


def payment_terms(law: Jurisdiction, client: Client, project: Project) -> Iterator[Finding]:
    """Yield a finding where the payment terms are longer than the law has them."""
    longest, days = law.limits.longest.get(client.kind), project.terms.payment_days
    if longest is not None and days > longest:
        void = law.limits.void.get("payment_days")
        reason = void or f"{law.name} has {longest} days at most unless more is fair ({law.limits.terms_act})"
        yield found(project, f"`payment_days` is {days}: {reason}", void=void is not None)


def late_fee(law: Jurisdiction, client: Client, project: Project, fee: ContractFee, day: date) -> Iterator[Finding]:
    """Yield a finding where the agreed late fee is higher than custom or law have it, or abusively low."""
    limits, yearly = law.limits, rate(fee)
    if limits.refuse_over and yearly > rate(limits.refuse_over):
        yield found(project, over(fee, limits.refuse_over, limits.fee_act), void=True)
    elif limits.warn_over and yearly > rate(limits.warn_over):
        yield found(project, over(fee, limits.warn_over, limits.fee_act), void=False)
    terms = law.interest
    now = terms.reference(day) if terms else None
    if terms and now and client.kind in terms.margin and limits.least_share:
        legal = terms.yearly(now, client.kind)
        if fee.rate and yearly < legal * limits.least_share:
            share = f"{limits.least_share:.0%} of the legal rate of {legal:.2%}"
            yield found(project, f"`late_fee` is {yearly:.2%} a year, less than {share} ({limits.fee_act})", void=True)


def rate(fee: ContractFee) -> Decimal:
    """Return what *fee* comes to in a year, as a fraction."""
    return interest.decimal(interest.agreed(fee).rates[0][1])


def over(fee: ContractFee, most: ContractFee, act: str) -> str:
    """Return the message for a late fee that is higher than *most*."""
    return f"`late_fee` is {fee.rate:.2%} per {fee.per}, more than {most.rate:.2%} per {most.per} ({act})"


def found(project: Project, message: str, *, void: bool) -> Finding:
    """Return a finding about *project*."""
    return Finding(Problem(project.mark, message), void)
