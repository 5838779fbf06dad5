"""What is due on a day, what waits, what is held and what was posted; the day is an argument, nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from docgen.jurisdiction import Jurisdiction
from docgen.money import Money
from docgen.records.book import Bill, Book, Client, Invoice, Posted, Project, Stage, after
from docgen.schedule import Rung, Schedule, Since

SATURDAY = 5
LONGEST = 30  # the most a final notice leaves, where the law does not ask for more


class State(StrEnum):
    """Where a letter stands."""

    DUE = "due"
    WAITING = "waiting"
    HELD = "held"
    POSTED = "posted"


@dataclass(frozen=True, slots=True)
class Job:
    """A letter: to whom, about what, in which state since or from which day, and why."""

    state: State
    client: Client
    project: Project
    rung: Rung
    on: date
    why: str
    invoices: tuple[Invoice, ...] = ()
    deadline: date | None = None

    @property
    def document(self) -> str:
        """Return the name of the letter's text."""
        return self.rung.document

    @property
    def subject(self) -> str:
        """Return the number of the invoice, the oldest if there are several, or else the project's id."""
        return self.invoices[0].number if self.invoices else self.project.id


@dataclass(frozen=True, slots=True)
class Planner:
    """What every decision rests on."""

    book: Book
    schedule: Schedule
    laws: Mapping[str, Jurisdiction]
    day: date

    def client(self, client: Client) -> Iterator[Job]:
        """Yield the letters of one client, at most one of them due."""
        found = [job for project in client.projects for job in self.project(client, project)]
        due = [job for job in found if job.state is State.DUE]
        first = self.first(due)
        for job in found:
            if job.state is not State.DUE:
                yield job
            elif first and job is due[first[0]]:
                yield self.merged([due[index] for index in first])
            elif not any(job is due[index] for index in first):
                yield self.behind(job, due[first[0]])

    def first(self, due: Sequence[Job]) -> list[int]:
        """Return which of the *due* letters goes out: the highest overdue notice first, with all others like it."""
        ladder = {rung.document: index for index, rung in enumerate(self.schedule.overdue, 1)}
        order = sorted(range(len(due)), key=lambda i: (-ladder.get(due[i].document, 0), self.age(due[i])))
        if not order:
            return []
        top = due[order[0]]
        if not top.invoices:
            return [order[0]]
        return [i for i in order if due[i].document == top.document and currency(due[i]) == currency(top)]

    def age(self, job: Job) -> tuple[date, str]:
        """Return the order among letters of one rung: the oldest first."""
        return (job.invoices[0].due if job.invoices else job.on, job.subject)

    def merged(self, jobs: list[Job]) -> Job:
        """Return one letter for *jobs* at the same rung, the first of them if it is alone."""
        if len(jobs) == 1:
            return jobs[0]
        return replace(
            jobs[0],
            invoices=tuple(job.invoices[0] for job in jobs),
            on=min(job.on for job in jobs),
            why=" ".join(job.why for job in jobs),
        )

    def behind(self, job: Job, first: Job) -> Job:
        """Return *job* put off because another letter goes to the same client today."""
        later = after(self.day, self.schedule.client_gap)
        why = f"{job.why} It waits until {later}, because the {first.document} about {first.subject} goes out first."
        return replace(job, state=State.WAITING, on=later, why=why, deadline=None)

    def project(self, client: Client, project: Project) -> Iterator[Job]:
        """Yield the letters of one project: those about a silence, then those about its invoices."""
        ladder = {Stage.NEGOTIATING: self.schedule.negotiating, Stage.ACTIVE: self.schedule.active}
        rungs = ladder.get(project.stage(self.day), ())
        message = project.unanswered(self.day)
        if rungs and message:
            days = (self.day - message.on).days
            about = f" about {message.about}" if message.about else ""
            fact = f"Our message of {message.on}{about} has had no answer for {days} days."
            start = Job(State.DUE, client, project, rungs[0], message.on, fact)
            yield from self.climb(start, rungs, project.hold)
        overdue = self.schedule.overdue
        for bill in project.invoices if overdue else ():
            owed = self.book.balance(bill, self.day)
            if bill.kind is not Bill.CREDIT and bill.issued <= self.day and owed.amount > 0:
                start = Job(State.DUE, client, project, overdue[0], bill.due, self.owes(bill, owed), (bill,))
                yield from self.climb(start, overdue, bill.hold or project.hold)

    def owes(self, bill: Invoice, owed: Money) -> str:
        """Return the facts about an unpaid invoice."""
        late = (self.day - bill.due).days
        when = f"was due on {bill.due}, {late} days ago" if late > 0 else f"is due on {bill.due}"
        rest = f"{owed}" if owed == bill.payable else f"{owed} of {bill.payable}"
        return f"Invoice {bill.number} {when}; {rest} is unpaid."

    def climb(self, start: Job, rungs: Sequence[Rung], hold: str) -> Iterator[Job]:
        """Yield each rung of a ladder that begins on the day of *start*: those posted, the next, and those to come."""
        posted = self.posted(start, rungs)
        height = max((index for index, row in enumerate(posted) if row), default=-1)
        previous: date | None = None
        for index, (rung, row) in enumerate(zip(rungs, posted, strict=True)):
            if row:
                previous = row.on
                yield self.done(start, rung, row)
            elif index > height:
                job = self.next(start, rung, previous, rungs[index - 1] if index else None, current=index == height + 1)
                if reason := start.client.hold or hold:
                    why = f"{start.why} It is held: {reason}."
                    yield replace(job, state=State.HELD, why=why, deadline=None)
                    return
                yield job
                previous = max(job.on, self.day)

    def posted(self, start: Job, rungs: Sequence[Rung]) -> list[Posted | None]:
        """Return for each of *rungs* when it was last posted about the subject of *start*, since it began."""
        rows = [
            row
            for row in self.book.letters(start.client, self.day)
            if start.subject in row.subjects and (start.invoices or row.on >= start.on)
        ]
        return [next((row for row in reversed(rows) if row.document == rung.document), None) for rung in rungs]

    def done(self, start: Job, rung: Rung, row: Posted) -> Job:
        """Return the posted letter of *row*; once its deadline has passed it says what is left to do."""
        by = self.deadline(start.client, rung, row.on)
        why = f"{start.why} The {rung.document} was posted on {row.on}."
        if by and by < self.day and rung is self.schedule.overdue[-1]:
            why += f" Its deadline passed on {by}: take it to court; the posted files and the account are the evidence."
        return replace(start, state=State.POSTED, rung=rung, on=row.on, why=why, deadline=by)

    def next(self, start: Job, rung: Rung, previous: date | None, below: Rung | None, *, current: bool) -> Job:
        """Return a letter that is not posted yet: due, or waiting for a day or for the letter below."""
        days = rung.days(start.project.terms)
        since = previous if rung.since is Since.PREVIOUS and previous else start.on
        on = after(since, days)
        if previous and start.invoices:
            on = max(on, after(previous, self.schedule.overdue_gap))
        if last := self.last(start.client):
            on = max(on, after(last.on, self.schedule.client_gap))
        was = f" The {below.document} was posted on {previous}." if current and below and previous else ""
        if current and on <= self.day:
            by = self.deadline(start.client, rung, self.day)
            return replace(start, rung=rung, on=on, why=f"{start.why}{was}", deadline=by)
        wait = f" The {rung.document} comes on {on}" + (
            "." if current or not below else f" at the earliest, once the {below.document} is posted."
        )
        return replace(start, state=State.WAITING, rung=rung, on=on, why=f"{start.why}{was}{wait}")

    def last(self, client: Client) -> Posted | None:
        """Return the last letter that was posted to *client*."""
        rows = self.book.letters(client, self.day)
        return rows[-1] if rows else None

    def deadline(self, client: Client, rung: Rung, day: date) -> date | None:
        """Return the last day to act that a letter of *day* names; a weekend moves it on, within thirty days."""
        days = self.laws[client.law].notice_days[client.kind] if rung.deadline == "law" else int(rung.deadline)
        if not days:
            return None
        found = after(day, days)
        while found.weekday() >= SATURDAY and found - day < timedelta(max(LONGEST, days)):
            found = after(found, 1)
        return found


def plan(
    book: Book, clients: Sequence[Client], schedule: Schedule, laws: Mapping[str, Jurisdiction], day: date
) -> tuple[Job, ...]:
    """Return every letter to *clients* that was, is or will be due as seen at the end of *day*, client by client."""
    planner = Planner(book, schedule, laws, day)
    return tuple(job for client in clients for job in planner.client(client))


def currency(job: Job) -> str:
    """Return the currency of the letter's invoices."""
    return job.invoices[0].currency
