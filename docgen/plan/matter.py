"""What a ladder is climbed for: a silence, a no, a delivery, an unpaid invoice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docgen import charge
from docgen.frozen import dataclass
from docgen.plan.view import View
from docgen.problem import Problems
from docgen.records.book import Bill, Client, Event, Invoice, Project, Stage, What
from docgen.records.book import stage as stage_of
from docgen.schedule import OVERDUE

ACTS = frozenset({What.WROTE, What.CALLED, What.MET, What.DELIVERED})
HEARD = frozenset({What.RECEIVED, What.REPLIED, What.FINISHED})
SILENT = {Stage.NEGOTIATING: "negotiating", Stage.ACTIVE: "active"}


@dataclass(frozen=True, slots=True)
class Matter:
    """What a ladder is climbed for, from the day it *starts*.

    *hold* is the owner's reason to stop, *reply* the client's word that we have not answered.
    """

    client: Client
    project: Project
    ladder: str
    start: date
    fact: str
    invoices: tuple[Invoice, ...] = ()
    hold: str = ""
    reply: date | None = None

    @property
    def subject(self) -> str:
        """Return the number of the invoice, or the project's id."""
        return self.invoices[0].number if self.invoices else self.project.id


def of(view: View, client: Client, project: Project) -> Iterator[Matter]:
    """Yield the matters of *project*: its silence, no or delivery, then its invoices."""
    last, day, hold = project.last(view.day), view.day, client.hold or project.hold
    stage = stage_of(last)
    message = project.unanswered(day) if stage in SILENT else None
    if message and not any(bill.kind is Bill.KILL_FEE and bill.issued <= day for bill in project.invoices):
        yield Matter(client, project, SILENT[stage], message.on, silence(message, day), hold=hold)
    declined = last[What.DECLINED] if stage is Stage.DECLINED else None
    if declined:
        yield Matter(client, project, "declined", declined, f"The client said no on {declined}.", hold=hold)
    delivered = last.get(What.DELIVERED) if stage is Stage.DELIVERED else None
    unpaid = open_sum(view, project) if delivered and not confirmed(project, day) else ""
    if delivered and unpaid:
        fact = f"We delivered on {delivered}; {unpaid}, and the client has not confirmed the delivery."
        yield Matter(client, project, "delivered", delivered, fact, hold=hold)
    for bill in project.invoices:
        found = overdue(view, client, project, bill)
        if found:
            yield found


def silence(message: Event, day: date) -> str:
    """Return the facts about a message without an answer."""
    about = f" about {message.about}" if message.about else ""
    return f"Our message of {message.on}{about} has had no answer for {(day - message.on).days} days."


def confirmed(project: Project, day: date) -> bool:
    """Return whether the client has let us hear since the delivery."""
    return any(event.what in HEARD for event in project.since(What.DELIVERED, day))


def open_sum(view: View, project: Project) -> str:
    """Return what of a delivered project is not paid, empty if all of it is."""
    bills = [bill for bill in project.invoices if bill.issued <= view.day and bill.kind is not Bill.CREDIT]
    owed = [f"{left}" for bill in bills if (left := view.balance(bill)).amount > 0]
    if owed:
        return f"{' and '.join(owed)} unpaid"
    asked = any(bill.kind is not Bill.DEPOSIT or bill.net == project.fee for bill in bills)
    return "" if asked else "nothing but a deposit is invoiced" if bills else "nothing is invoiced"


def overdue(view: View, client: Client, project: Project, bill: Invoice) -> Matter | None:
    """Return the matter of an unpaid invoice, None if nothing is owed on it."""
    if bill.kind is Bill.CREDIT or bill.issued > view.day:
        return None
    fact = owes(view, bill)
    if not fact:
        return None
    hold = client.hold or project.hold or bill.hold
    return Matter(client, project, OVERDUE, bill.due, fact, (bill,), hold, unanswered(view, client, project, bill))


def owes(view: View, bill: Invoice) -> str:
    """Return the facts about an unpaid invoice or late fee, empty if nothing is owed."""
    owed, late = view.balance(bill), (view.day - bill.due).days
    when = f"was due on {bill.due}, {late} days ago" if late > 0 else f"is due on {bill.due}"
    if owed.amount > 0:
        rest = f"{owed}" if owed == bill.payable else f"{owed} of {bill.payable}"
        return f"Invoice {bill.number} {when}; {rest} is unpaid."
    settled = view.book.settled(bill, view.day)
    if settled is None or settled <= bill.due:
        return ""
    paid = f"Invoice {bill.number} was due on {bill.due} and paid on {settled}"
    try:
        fee = charge.late_fee(view.book, view.laws, bill, view.day).total + owed
    except Problems as unknown:
        # That something is owed is known; how much is an error of the letter that would claim it.
        return f"{paid}; its late fee is not known ({unknown.problems[0].message})."
    return f"{paid}; its late fee of {fee} is unpaid." if fee.amount > 0 else ""


def unanswered(view: View, client: Client, project: Project, bill: Invoice) -> date | None:
    """Return when the client replied about an overdue invoice, None if there was no reply or we acted on it since."""
    found: date | None = None
    day, due = view.day, bill.due
    for event in project.history:
        if event.on > day:
            break
        if event.what is What.REPLIED and event.on >= due:
            found = event.on
        elif event.what in ACTS:
            found = None
    if found and any(row.on > found and bill.number in row.subjects for row in view.book.letters(client, day)):
        return None
    return found
