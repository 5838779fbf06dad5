"""What ended lately, and takes its letters away: invoices that were paid, silences that were broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from docgen.frozen import dataclass
from docgen.plan import matter
from docgen.plan.view import View
from docgen.records.book import ANSWERS, Bill, Client, Event, Invoice, Project, What

LATELY = timedelta(30)
ANSWERED = {
    What.REPLIED: "The client replied on {on} to our message of {message}",
    What.RECEIVED: "The client confirmed receipt on {on}, after our message of {message}",
    What.SIGNED: "The contract was signed on {on}, after our message of {message}",
    What.DECLINED: "The client said no on {on} to our message of {message}",
    What.FINISHED: "The work was finished on {on}, after our message of {message}",
}


@dataclass(frozen=True, slots=True)
class Ended:
    """A matter that is over: whose, about what, since which day, and why."""

    client: Client
    project: Project
    subject: str
    on: date
    why: str


def ended(view: View, clients: Sequence[Client]) -> tuple[Ended, ...]:
    """Return what ended in the thirty days up to the day of *view*, the latest first."""
    found = [one for client in clients for project in client.projects for one in of(view, client, project)]
    lately = [one for one in found if view.day - one.on <= LATELY]
    return tuple(sorted(lately, key=lambda one: one.on, reverse=True))


def of(view: View, client: Client, project: Project) -> Iterator[Ended]:
    """Yield what ever ended in *project*: its last silence, and each invoice that was paid too late."""
    silences = list(broken(project, view.day))
    if silences:
        message, answer = silences[-1]
        said = ANSWERED[answer.what].format(on=answer.on, message=message.on)
        yield Ended(client, project, project.id, answer.on, f"{said}: nothing more is due about it.")
    for bill in project.invoices:
        settled = view.book.settled(bill, view.day)
        if settled and settled > bill.due and bill.kind is not Bill.CREDIT and not matter.owes(view, bill):
            yield Ended(client, project, bill.number, *paid(view, bill, settled))


def broken(project: Project, day: date) -> Iterator[tuple[Event, Event]]:
    """Yield each message of ours that waited a day or more while a silence counts, with the answer that came."""
    waiting: Event | None = None
    for event in project.history:
        if event.on > day:
            return
        if waiting and event.what in ANSWERS and event.on > waiting.on:
            yield waiting, event
        if event.what in ANSWERS or event.what is What.DELIVERED:
            waiting = None
        elif event.what is What.WROTE and waiting is None and project.stage(event.on) in matter.SILENT:
            waiting = event


def paid(view: View, bill: Invoice, settled: date) -> tuple[date, str]:
    """Return since when nothing is owed on *bill*, *settled* itself some day, and how that came."""
    last = max((payment.on for payment in bill.payments if payment.on <= view.day), default=settled)
    if last > settled:
        return last, f"Invoice {bill.number} and its late fee were paid in full on {last}: no more letters about it."
    verb = "paid" if bill.paid(settled) else "credited"
    return settled, f"Invoice {bill.number} was {verb} in full on {settled}: no more letters about it."
