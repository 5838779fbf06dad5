"""Reviews what is agreed with a client against the law that goes for it: what is void, and what is risky."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from docgen import interest
from docgen.frozen import dataclass
from docgen.jurisdiction import Jurisdiction
from docgen.problem import Problem
from docgen.records.book import Business, Client, ContractFee, Kind, Project, Rights, Statutory

NOTICE = 14  # days that a client should have between the letter that work stops and the end of the project
FREELANCE = ("parties", "services", "fee", "invoices")  # the clauses with what the laws on freelance work ask for


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a term, and whether that makes it *void*; if not it is a warning."""

    problem: Problem
    void: bool


def review(law: Jurisdiction, business: Business, client: Client, project: Project, day: date) -> Iterator[Finding]:
    """Yield what is void or risky in the terms of *project* under *law* on *day*."""
    yield from payment_terms(law, client, project)
    fee = project.terms.late_fee
    if isinstance(fee, ContractFee):
        yield from late_fee(law, client, project, fee, day)
    elif fee is Statutory.LAW and law.interest is None:
        yield found(
            project, f"`late_fee` is statutory, but {law.name} has none; agree one, as in 1.5% per month", void=True
        )
    warnings = [*clauses(law, project), *freelance(law, business, client, project)]
    if client.kind is Kind.CONSUMER:
        warnings += consumer(law, business, client, project, day)
    yield from (found(project, message, void=False) for message in warnings)


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


def clauses(law: Jurisdiction, project: Project) -> Iterator[str]:
    """Yield what is risky in the terms whoever the client is."""
    terms, risky = project.terms, law.limits.risky
    high = risky.get("kill_fee")
    if high and terms.kill_fee_share > high.over:
        yield f"`kill_fee` is {terms.kill_fee:.0%}, more than {high.over:.0%} of the rest: {high.reason}"
    if terms.ip is Rights.LICENSE and not terms.portfolio:
        yield "`ip` is license, but `portfolio` is false: you keep the work and may not show it with the client's name"
    if "rights" in terms.without:
        why = risky["rights"].reason if "rights" in risky else "only a licence that fits the purpose is then implied"
        yield f"`without` leaves out the rights: {why}"
    if terms.silence_days <= terms.abandon_days < terms.silence_days + NOTICE:
        left = terms.abandon_days - terms.silence_days
        yield f"`abandon_days` leaves {left} days from the letter that work stops; {NOTICE} are fair notice"
    if not terms.revisions and not terms.revision_hours:
        yield "`revisions` is 0: every change is extra work; clients seldom mean that, say so before they sign"


def consumer(law: Jurisdiction, business: Business, client: Client, project: Project, day: date) -> Iterator[str]:
    """Yield what is risky in the terms because *client* is a consumer."""
    terms, risky = project.terms, law.limits.risky
    share, large = client.deposit(project, day), risky.get("consumer_deposit")
    if large and share > large.over:
        yield f"`deposit` is {share:.0%}, more than {large.over:.0%} of a consumer's fee: {large.reason}"
    if large and share >= large.over and "deposit" in terms.without:
        yield f"`without` leaves out the clause by which the deposit of {share:.0%} goes back: {large.reason}"
    if isinstance(terms.late_fee, ContractFee) and "consumer_late_fee" in risky:
        yield f"`late_fee` is agreed with a consumer: {risky['consumer_late_fee'].reason}"
    if terms.late_fee is Statutory.LAW and law.interest and client.kind not in law.interest.margin:
        yield f"`late_fee` is statutory, but a consumer owes nothing under {law.interest.act}"
    if client.country != business.country and client.courts == business.courts:
        yield f"`courts` are those of the business, but {client.id} is a consumer abroad, who can only be sued at home"
    if "withdrawal" in terms.without and "consumer_withdrawal" in risky:
        yield f"`without` leaves out the right to withdraw: {risky['consumer_withdrawal'].reason}"
    elif "consumer_withdrawal" in risky and not project.agreed(day):
        yield risky["consumer_withdrawal"].reason


def freelance(law: Jurisdiction, business: Business, client: Client, project: Project) -> Iterator[str]:
    """Yield what the contract lacks that a law on freelance work, of either party's region, asks for."""
    regions = {who.region for who in (business, client) if who.country == "US"}
    for act in law.limits.freelance:
        if act.region not in regions or project.fee is None or project.fee.amount < act.least:
            continue
        lacks = [f"the clause `{name}`" for name in FREELANCE if name in project.terms.without]
        lacks += [] if project.deliverables else ["`deliverables`, the services item by item"]
        lacks += [] if business.pay_to else ["`pay_to`, the method of pay"]
        if lacks:
            yield f"{act.name} asks for what the contract lacks: {', '.join(lacks)} ({act.act})"


def found(project: Project, message: str, *, void: bool) -> Finding:
    """Return a finding about *project*."""
    return Finding(Problem(project.mark, message), void)
