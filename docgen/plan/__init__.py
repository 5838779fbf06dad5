"""What is due on a day, what waits, what is held and what was posted; the day is an argument, nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from docgen.frozen import replace
from docgen.plan import deadline, ladder, matter
from docgen.plan.job import Job, State
from docgen.plan.view import View
from docgen.records.book import Client, Posted, after
from docgen.schedule import OVERDUE

__all__ = ["Job", "State", "plan"]


def plan(view: View, clients: Iterable[Client]) -> Iterator[tuple[Job, ...]]:
    """Yield for each of *clients* every document that was, is or will be due as seen at the end of the view's day."""
    return (tuple(of_client(view, client)) for client in clients)


def of_client(view: View, client: Client) -> Iterator[Job]:
    """Yield the documents of one client: call sheets as they come, and at most one letter that is due."""
    matters = [one for project in client.projects for one in matter.of(view, client, project)]
    found = [*ladder.climb(view, client, matters)]
    due = [job for job in found if job.state is State.DUE and not job.call]
    first = together(view, due)
    same = {id(job) for job in first}
    for job in found:
        if job.state is not State.DUE or job.call:
            yield job
        elif job is first[0]:
            yield merged(first)
        elif id(job) not in same:
            yield behind(view, job, first[0])
    yield from closed(view, client, found)


def together(view: View, due: Sequence[Job]) -> list[Job]:
    """Return which of the *due* letters go out as one: the highest overdue notice, with all others like it."""
    order = sorted(due, key=lambda job: (-height(view, job), began(job), job.subject))
    top = order[0] if order else None
    if top is None or not top.invoices:
        return order[:1]
    return [job for job in order if (job.document, currency(job)) == (top.document, currency(top))]


def began(job: Job) -> date:
    """Return the day by which letters of one rung are put in order: their invoice's due date, or else their own."""
    return job.invoices[0].due if job.invoices else job.own or job.on


def height(view: View, job: Job) -> int:
    """Return how high on the ladder of overdue invoices a letter stands, 0 if it is on another."""
    name, index = view.schedule.rungs[job.document]
    return index + 1 if name == OVERDUE else 0


def currency(job: Job) -> str:
    """Return the currency of the letter's invoices, empty if it is about none."""
    return job.invoices[0].currency if job.invoices else ""


def merged(jobs: Sequence[Job]) -> Job:
    """Return one letter for *jobs* at the same rung, the first of them if it is alone."""
    if len(jobs) == 1:
        return jobs[0]
    return replace(
        jobs[0],
        invoices=tuple([bill for job in jobs for bill in job.invoices]),
        on=min([job.on for job in jobs]),
        facts=" ".join([job.facts for job in jobs]),
    )


def behind(view: View, job: Job, first: Job) -> Job:
    """Return *job* put off because another letter goes to the same client today."""
    later = after(view.day, view.schedule.client_gap)
    facts = f"{job.facts} It waits until {later}, because the {first.document} about {first.subject} goes out first."
    blocked = f"the {first.document} about {first.subject}, which goes out first"
    return replace(job, state=State.WAITING, on=later, facts=facts, limit=None, blocked=blocked)


def closed(view: View, client: Client, found: Sequence[Job]) -> Iterator[Job]:
    """Yield what was posted to *client* about matters that are settled."""
    rows = view.book.letters(client, view.day)
    if not rows:
        return
    open_ = {(job.document, subject, job.on) for job in found if job.state is State.POSTED for subject in job.subjects}
    for row in rows:
        for subject in row.subjects:
            if (row.document, subject, row.on) not in open_:
                yield from settled(view, client, row, subject)


def settled(view: View, client: Client, row: Posted, subject: str) -> Iterator[Job]:
    """Yield a document of *row* about a *subject* that nothing is due for any more."""
    rung = view.schedule.rung(row.document)
    owner = view.book.invoices.get(subject)
    bill = owner[2] if owner else None
    project = owner[1] if owner else next((one for one in client.projects if one.id == subject), None)
    if rung is None or project is None:
        return
    facts = f"The {row.document} was posted on {row.on}."
    paid = view.book.settled(bill, view.day) if bill else None
    if bill and paid:
        facts += f" Invoice {bill.number} was paid in full on {paid}."
    last = row.document == view.schedule.last_notice
    law = view.laws[client.law]
    limit = deadline.of(law, law.notice.least(client), (client.country, client.region), rung, row.on, last=last)
    named = replace(rung, document=row.document)
    yield Job(State.POSTED, client, project, named, row.on, facts, (bill,) if bill else (), limit)
