"""What is known of a client, a line a fact, with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from docgen.frozen import dataclass
from docgen.plan.view import View
from docgen.problem import Mark
from docgen.records.book import Accrual, Bill, Client, ContractFee, Invoice, Posted, Project, Statutory, What
from docgen.report import words
from docgen.schedule import Channel

SAID = {
    What.WROTE: "we wrote",
    What.REPLIED: "the client replied",
    What.CALLED: "we called",
    What.MET: "we met",
    What.SIGNED: "the contract was signed",
    What.DELIVERED: "we delivered",
    What.RECEIVED: "the client confirmed receipt",
    What.DECLINED: "the client said no",
    What.FINISHED: "the work was finished",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """What happened, when, and where that is written."""

    on: date
    text: str
    mark: Mark

    @property
    def place(self) -> str:
        """Return the file and the line."""
        return f"{self.mark.file}:{self.mark.line}"


def of_client(view: View, client: Client) -> list[Fact]:
    """Return what was posted to *client* about none of the projects."""
    rows = view.book.letters(client, view.day)
    return [sent(row) for row in rows if not any(concerns(row, project) for project in client.projects)]


def of_project(view: View, client: Client, project: Project) -> list[Fact]:
    """Return what happened in *project* by the day, in the order of the dates."""
    found = [
        Fact(event.on, f"{SAID[event.what]}{f' ({event.about})' if event.about else ''}", event.mark)
        for event in project.history
    ]
    for bill in project.invoices:
        found += billed(bill)
    found += [sent(row) for row in view.book.letters(client, view.day) if concerns(row, project)]
    return sorted((fact for fact in found if fact.on <= view.day), key=lambda fact: fact.on)


def billed(bill: Invoice) -> Iterator[Fact]:
    """Yield that *bill* was issued, and each payment that came."""
    kind = bill.kind.replace("_", " ")
    text = f"invoice {bill.number} ({kind}): {bill.payable}, due {bill.due}"
    if bill.kind is Bill.CREDIT:
        text = f"credit note {bill.number} for invoice {bill.credits}: {-bill.payable}"
    yield Fact(bill.issued, f"{text}; held: {bill.hold}" if bill.hold else text, bill.mark)
    for payment in bill.payments:
        yield Fact(payment.on, f"{payment.amount} was paid on invoice {bill.number}", payment.mark)


def sent(row: Posted) -> Fact:
    """Return that a document went out, and how."""
    channel = words.HOW[Channel(row.channel)] if row.channel in tuple(Channel) else row.channel
    way = f", {channel}" if channel else ""
    tracking = f", tracking number {row.tracking}" if row.tracking else ""
    return Fact(row.on, f"posted the {row.document} about {words.listed(row.subjects)}{way}{tracking}", row.mark)


def concerns(row: Posted, project: Project) -> bool:
    """Return whether what was posted is about *project* or one of its invoices."""
    return row.project == project.id or bool(
        {project.id, *(bill.number for bill in project.invoices)} & {*row.subjects}
    )


def terms(client: Client, project: Project, day: date) -> str:
    """Return the terms that letters and ladders rest on."""
    agreed = project.terms
    return (
        f"Terms: {f'fee {project.fee}, ' if project.fee else ''}deposit {percent(client.deposit(project, day))}, "
        f"payment within {agreed.payment_days} days, late fee {late_fee(agreed.late_fee)}; silence stops the work "
        f"after {agreed.silence_days} days and ends it after {agreed.abandon_days}."
    )


def late_fee(fee: ContractFee | Statutory) -> str:
    """Return the late fee in the words of clients.yaml."""
    if isinstance(fee, Statutory):
        return fee.value
    parts = [f"{percent(fee.rate)} per {fee.per}"] if fee.rate else []
    parts += [f"each {fee.per} {fee.accrual}"] if fee.accrual is not Accrual.DAILY else []
    parts += [f"flat {fee.flat}"] if fee.flat else []
    parts += [f"{fee.grace_days} days of grace"] if fee.grace_days else []
    parts += [f"at most {percent(fee.cap)}"] if fee.cap is not None else []
    parts += ["compound"] if fee.compound else []
    return ", ".join(parts)


def percent(share: Decimal) -> str:
    """Return *share* as a percentage without needless zeros."""
    return f"{(share * 100).normalize():f}%"
