"""Climbs a ladder: which of its documents was posted, which is next, and which come later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from docgen import workday
from docgen.plan import deadline
from docgen.plan.job import Job, Limit, State
from docgen.plan.matter import Matter
from docgen.plan.view import View
from docgen.records.book import Posted, What, after
from docgen.schedule import OVERDUE, After, Channel, Rung

WEEK = 7


def climb(view: View, matter: Matter) -> Iterator[Job]:
    """Yield each rung of *matter*'s ladder as it stands: those posted, the one that is next, and those to come."""
    yield from Ladder(view, matter).jobs()


@dataclass(slots=True)
class Ladder:
    """A ladder being climbed; *days* has for each rung the day it was posted or, further up, may be at the earliest."""

    view: View
    matter: Matter
    rungs: tuple[Rung, ...] = ()
    rows: list[Posted] = field(default_factory=list)
    done: list[date | None] = field(default_factory=list)
    days: list[date | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Find out what was posted."""
        view, matter = self.view, self.matter
        self.rungs = tuple(self.chosen(rung) for rung in view.schedule.ladders[matter.ladder])
        self.rows = [
            row
            for row in view.book.letters(matter.client, view.day)
            if matter.subject in row.subjects and (matter.invoices or row.on >= matter.start)
        ]
        for index in range(len(self.rungs)):
            self.done.append(self.posted(index))
            self.days.append(self.done[index])

    def chosen(self, rung: Rung) -> Rung:
        """Return *rung*, or the call sheet in its place for a client who prefers to talk."""
        if not (rung.call and self.matter.talk):
            return rung
        return replace(rung, document=rung.call, call=rung.document, channel=Channel.PHONE)

    def posted(self, index: int) -> date | None:
        """Return when the rung was posted: by the register or, for a call sheet, by a call on its day or later."""
        rung = self.rungs[index]
        rows = [row.on for row in self.rows if row.document in rung.names]
        if rows or rung.channel is not Channel.PHONE:
            return rows[-1] if rows else None
        if self.waits_for(index) is not None or not self.counted(index):
            return None
        day = self.nominal(index)
        talks = (event.on for event in self.matter.project.history if event.what in (What.CALLED, What.MET))
        return next((on for on in talks if day <= on <= self.view.day), None)

    def below(self, index: int) -> int | None:
        """Return the nearest rung below that is a condition for this one."""
        return next((i for i in reversed(range(index)) if not self.rungs[i].optional), None)

    def height(self) -> int:
        """Return the highest rung that was posted, -1 if none was."""
        return max((index for index, on in enumerate(self.done) if on), default=-1)

    def waits_for(self, index: int) -> int | None:
        """Return the lowest rung that has to be posted before this one, None if all were, or were passed over."""
        return next((i for i in range(self.height() + 1, index) if not self.rungs[i].optional), None)

    def counted(self, index: int) -> bool:
        """Return whether the day that the rung counts from is known."""
        since = self.rungs[index].since
        return since is None or self.days[since] is not None

    def nominal(self, index: int) -> date:
        """Return the rung's own day, which is never before the rung below was posted."""
        rung, below = self.rungs[index], self.below(index)
        since = self.days[rung.since] if rung.since is not None else None
        day = self.later(since or self.matter.start, rung.after)
        under = self.days[below] if below is not None else None
        return max(day, under) if under else day

    def later(self, start: date, wait: After) -> date:
        """Return the day that comes *wait* after *start*."""
        client = self.matter.client
        if wait.weekday is not None:
            return after(start, WEEK - start.weekday() + wait.weekday)
        if wait.working:
            return workday.add(start, wait.days, client.country, client.region)
        return after(start, int(getattr(self.matter.project.terms, wait.term)) if wait.term else wait.days)

    def earliest(self, index: int) -> date:
        """Return the first day on which the rung may go out, the gaps between letters kept."""
        day, rung, schedule = self.nominal(index), self.rungs[index], self.view.schedule
        if rung.channel is Channel.PHONE:
            return day
        mine = [on for i, on in enumerate(self.days[:index]) if on and self.rungs[i].channel is not Channel.PHONE]
        if mine and self.matter.ladder == OVERDUE:
            day = max(day, after(max(mine), schedule.overdue_gap))
        return max([day, *(after(on, schedule.client_gap) for on in [*mine, *self.last_letters()])])

    def last_letters(self) -> list[date]:
        """Return when the last letter went to the client, as a list of one or none; a call is no letter."""
        rows = self.view.book.letters(self.matter.client, self.view.day)
        letters = (row.on for row in reversed(rows) if not self.is_call(row.document))
        return list(islice(letters, 1))

    def is_call(self, document: str) -> bool:
        """Return whether *document* is a call sheet."""
        rung = self.view.schedule.rung(document)
        return rung is not None and (rung.channel is Channel.PHONE or document == rung.call)

    def jobs(self) -> Iterator[Job]:
        """Yield each rung as it stands; one that was passed over or has lapsed is left out."""
        height = self.height()
        for index in range(len(self.rungs)):
            on = self.done[index]
            if on:
                yield self.was(index, on)
            elif index > height and not self.lapsed(index):
                job = self.next(index)
                if not self.rungs[index].optional:
                    self.days[index] = max(job.on, self.view.day)
                yield job

    def lapsed(self, index: int) -> bool:
        """Return whether the rung is optional and the next that is not may go out as early as it."""
        following = next((i for i in range(index, len(self.rungs)) if not self.rungs[i].optional), None)
        if not self.rungs[index].optional or following is None:
            return False
        soonest = after(self.view.day, 1) if self.matter.reply else self.view.day
        return self.earliest(following) <= max(self.earliest(index), soonest)

    def was(self, index: int, on: date) -> Job:
        """Return the posted rung; a last letter whose deadline has passed says what is left to do."""
        matter, rung = self.matter, self.rungs[index]
        limit, said = self.limit(index, on), f"{matter.fact} {self.told(index, on)}"
        last = rung is self.rungs[-1] and matter.ladder == OVERDUE
        court = bool(last and limit and limit.by < self.view.day and not matter.hold and not matter.reply)
        if court and limit:
            said += (
                f" Its deadline passed on {limit.by}: take it to court; the account and the posted files are evidence."
            )
        return replace(self.job(State.POSTED, index, on, said, limit), court=court)

    def next(self, index: int) -> Job:
        """Return a rung that is not posted: due, held, or waiting for its day, for us, or for the rung below."""
        matter, day, name = self.matter, self.view.day, self.rungs[index].document
        on, wait, said = self.earliest(index), self.waits_for(index), f"{matter.fact}{self.told_below(index)}"
        later = max(on, after(day, 1))
        if matter.hold:
            return self.job(State.HELD, index, on, f"{said} It is held: {matter.hold}.")
        if matter.reply:
            said += f" The client replied on {matter.reply}: answer first, and log it; the {name} waits for that."
            blocked = f"our answer to the client's reply of {matter.reply}"
            return replace(self.job(State.WAITING, index, later, said), blocked=blocked)
        if wait is None and on <= day:
            return self.job(State.DUE, index, on, said, self.limit(index, day))
        if wait is None:
            return self.job(State.WAITING, index, later, f"{said} The {name} comes on {later}.")
        first = self.rungs[wait].document
        said += f" The {name} comes on {later} at the earliest, once the {first} is {self.verb(wait)}."
        blocked = f"the {first}, which is not {self.verb(wait)}" if self.alone(index) <= day else ""
        return replace(self.job(State.WAITING, index, later, said), blocked=blocked)

    def told_below(self, index: int) -> str:
        """Return that the rung below was posted, nothing if it was not."""
        below = self.below(index)
        on = self.done[below] if below is not None else None
        return f" {self.told(below, on)}" if below is not None and on else ""

    def told(self, index: int, on: date) -> str:
        """Return that a rung was posted, or its call made, on a day."""
        name = self.rungs[index].document
        return f"The {name} was {'made' if self.is_call(name) else 'posted'} on {on}."

    def verb(self, index: int) -> str:
        """Return what has to be done with a rung."""
        return "made" if self.rungs[index].channel is Channel.PHONE else "posted"

    def alone(self, index: int) -> date:
        """Return the day a rung would go out by its own count, were the rungs below it posted."""
        rung = self.rungs[index]
        return self.later(self.matter.start, rung.after) if rung.since is None else date.max

    def limit(self, index: int, day: date) -> Limit | None:
        """Return the deadline of the rung in a letter of *day*."""
        client, rung = self.matter.client, self.rungs[index]
        last = self.matter.ladder == OVERDUE and index == len(self.rungs) - 1
        return deadline.of(self.view.laws[client.law], client, rung, day, last=last)

    def job(self, state: State, index: int, on: date, facts: str, limit: Limit | None = None) -> Job:
        """Return the rung as a job."""
        matter = self.matter
        rung, own = self.rungs[index], self.nominal(index)
        return Job(state, matter.client, matter.project, rung, on, facts, matter.invoices, limit, own)
