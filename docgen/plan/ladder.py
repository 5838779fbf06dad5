"""Climbs a ladder: which of its documents was posted, which is next, and which come later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from docgen import workday
from docgen.frozen import NamedTuple
from docgen.plan import deadline
from docgen.plan.job import Job, Limit, State
from docgen.plan.matter import Matter
from docgen.plan.view import View
from docgen.records.book import Client, Posted, Prefers, What, after
from docgen.schedule import OVERDUE, TERMS, After, Channel, Rung

WEEK = 7
KEPT = 4096  # courses that other matters may take
TALKS = frozenset({What.CALLED, What.MET})


class Debtor(NamedTuple):
    """What of a client all its ladders follow from.

    *least* are the days that a final notice leaves, *talk* says that it would rather be called, *last* is the day of
    the last letter to it.
    """

    place: tuple[str, str]
    law: str
    least: int
    talk: bool
    last: date | None


class Course(NamedTuple):
    """All that a ladder's course follows from besides the view; matters of many clients have it in common.

    *terms* are those of the project that a rung may wait for, *posted* the letters about the matter, *talks* calls and
    meetings.
    """

    debtor: Debtor
    ladder: str
    start: date
    terms: tuple[int, ...]
    hold: str
    reply: date | None
    posted: tuple[tuple[date, str], ...]
    talks: tuple[date, ...]


class Step(NamedTuple):
    """A rung as it stands, and what there is to say of it after the fact that the ladder is climbed for."""

    state: State
    rung: Rung
    on: date
    said: str
    limit: Limit | None
    own: date
    blocked: str = ""
    court: bool = False


def climb(view: View, client: Client, matters: Iterable[Matter]) -> Iterator[Job]:
    """Yield each rung of the ladders of *matters* of *client* as it stands: posted, the one that is next, to come."""
    rows = view.book.letters(client, view.day)
    debtor = debtor_of(view, client, rows)
    for matter in matters:
        course = course_of(view, debtor, matter, rows)
        steps = view.courses.get(course)
        if steps is None:
            if len(view.courses) >= KEPT:
                view.courses.clear()
            steps = view.courses[course] = tuple(Ladder(view, course).steps())
        project, fact, invoices = matter.project, matter.fact, matter.invoices
        for state, rung, on, said, limit, own, blocked, court in steps:
            yield Job(state, client, project, rung, on, fact + said, invoices, limit, own, blocked, court)


def debtor_of(view: View, client: Client, rows: Sequence[Posted]) -> Debtor:
    """Return what the ladders of *client* follow from, to whom *rows* were posted."""
    last = next((row.on for row in reversed(rows) if not view.schedule.is_call(row.document)), None) if rows else None
    least = view.laws[client.law].notice.least(client)
    return Debtor((client.country, client.region), client.law, least, client.prefers is not Prefers.EMAIL, last)


def course_of(view: View, debtor: Debtor, matter: Matter, rows: Sequence[Posted]) -> Course:
    """Return what the course of *matter*'s ladder follows from, one of *debtor*, to whom *rows* were posted."""
    project, day, subject = matter.project, view.day, matter.subject
    since = date.min if matter.invoices else matter.start
    return Course(
        debtor,
        matter.ladder,
        matter.start,
        (project.terms.silence_days, project.terms.abandon_days),  # as in TERMS
        matter.hold,
        matter.reply,
        tuple([(row.on, row.document) for row in rows if subject in row.subjects and row.on >= since]) if rows else (),
        tuple([event.on for event in project.history if event.what in TALKS and event.on <= day]),
    )


@dataclass(slots=True)
class Ladder:
    """A ladder being climbed; *days* has for each rung the day it was posted or, further up, may be at the earliest."""

    view: View
    course: Course
    rungs: tuple[Rung, ...] = ()
    done: list[date | None] = field(default_factory=list)
    days: list[date | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Find out what was posted."""
        self.rungs = tuple(self.chosen(rung) for rung in self.view.schedule.ladders[self.course.ladder])
        for index in range(len(self.rungs)):
            self.done.append(self.posted(index))
            self.days.append(self.done[index])

    def chosen(self, rung: Rung) -> Rung:
        """Return *rung*, or the call sheet in its place for a client who prefers to talk."""
        if not (rung.call and self.course.debtor.talk):
            return rung
        return replace(rung, document=rung.call, call=rung.document, channel=Channel.PHONE)

    def posted(self, index: int) -> date | None:
        """Return when the rung was posted: by the register or, for a call sheet, by a call on its day or later."""
        rung = self.rungs[index]
        rows = [on for on, document in self.course.posted if document in rung.names]
        if rows or rung.channel is not Channel.PHONE:
            return rows[-1] if rows else None
        if self.waits_for(index) is not None or not self.counted(index):
            return None
        day = self.nominal(index)
        return next((on for on in self.course.talks if day <= on), None)

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
        day = self.later(since or self.course.start, rung.after)
        under = self.days[below] if below is not None else None
        return max(day, under) if under else day

    def later(self, start: date, wait: After) -> date:
        """Return the day that comes *wait* after *start*."""
        if wait.weekday is not None:
            return after(start, WEEK - start.weekday() + wait.weekday)
        if wait.working:
            return workday.add(start, wait.days, *self.course.debtor.place)
        return after(start, self.course.terms[TERMS.index(wait.term)] if wait.term else wait.days)

    def earliest(self, index: int) -> date:
        """Return the first day on which the rung may go out, the gaps between letters kept."""
        day, rung, schedule = self.nominal(index), self.rungs[index], self.view.schedule
        if rung.channel is Channel.PHONE:
            return day
        mine = [on for i, on in enumerate(self.days[:index]) if on and self.rungs[i].channel is not Channel.PHONE]
        if mine and self.course.ladder == OVERDUE:
            day = max(day, after(max(mine), schedule.overdue_gap))
        letters = [*mine, self.course.debtor.last] if self.course.debtor.last else mine
        return max([day, *(after(on, schedule.client_gap) for on in letters)])

    def steps(self) -> Iterator[Step]:
        """Yield each rung as it stands; one that was passed over or has lapsed is left out."""
        height = self.height()
        for index in range(len(self.rungs)):
            on = self.done[index]
            if on:
                yield self.was(index, on)
            elif index > height and not self.lapsed(index):
                step = self.next(index)
                if not self.rungs[index].optional:
                    self.days[index] = max(step.on, self.view.day)
                yield step

    def lapsed(self, index: int) -> bool:
        """Return whether the rung is optional and the next that is not may go out as early as it."""
        following = next((i for i in range(index, len(self.rungs)) if not self.rungs[i].optional), None)
        if not self.rungs[index].optional or following is None:
            return False
        soonest = after(self.view.day, 1) if self.course.reply else self.view.day
        return self.earliest(following) <= max(self.earliest(index), soonest)

    def was(self, index: int, on: date) -> Step:
        """Return the posted rung; a last letter whose deadline has passed says what is left to do."""
        course, rung = self.course, self.rungs[index]
        limit, said = self.limit(index, on), f" {self.told(index, on)}"
        last = rung is self.rungs[-1] and course.ladder == OVERDUE
        court = bool(last and limit and limit.by < self.view.day and not course.hold and not course.reply)
        if court and limit:
            said += (
                f" Its deadline passed on {limit.by}: take it to court; the account and the posted files are evidence."
            )
        return self.step(State.POSTED, index, on, said, limit)._replace(court=court)

    def next(self, index: int) -> Step:
        """Return a rung that is not posted: due, held, or waiting for its day, for us, or for the rung below."""
        course, day, name = self.course, self.view.day, self.rungs[index].document
        on, wait, said = self.earliest(index), self.waits_for(index), self.told_below(index)
        later = max(on, after(day, 1))
        if course.hold:
            return self.step(State.HELD, index, on, f"{said} It is held: {course.hold}.")
        if course.reply:
            said += f" The client replied on {course.reply}: answer first, and log it; the {name} waits for that."
            blocked = f"our answer to the client's reply of {course.reply}"
            return self.step(State.WAITING, index, later, said)._replace(blocked=blocked)
        if wait is None and on <= day:
            return self.step(State.DUE, index, on, said, self.limit(index, day))
        if wait is None:
            return self.step(State.WAITING, index, later, f"{said} The {name} comes on {later}.")
        first = self.rungs[wait].document
        said += f" The {name} comes on {later} at the earliest, once the {first} is {self.verb(wait)}."
        blocked = f"the {first}, which is not {self.verb(wait)}" if self.alone(index) <= day else ""
        return self.step(State.WAITING, index, later, said)._replace(blocked=blocked)

    def told_below(self, index: int) -> str:
        """Return that the rung below was posted, nothing if it was not."""
        below = self.below(index)
        on = self.done[below] if below is not None else None
        return f" {self.told(below, on)}" if below is not None and on else ""

    def told(self, index: int, on: date) -> str:
        """Return that a rung was posted, or its call made, on a day."""
        name = self.rungs[index].document
        return f"The {name} was {'made' if self.view.schedule.is_call(name) else 'posted'} on {on}."

    def verb(self, index: int) -> str:
        """Return what has to be done with a rung."""
        return "made" if self.rungs[index].channel is Channel.PHONE else "posted"

    def alone(self, index: int) -> date:
        """Return the day a rung would go out by its own count, were the rungs below it posted."""
        rung = self.rungs[index]
        return self.later(self.course.start, rung.after) if rung.since is None else date.max

    def limit(self, index: int, day: date) -> Limit | None:
        """Return the deadline of the rung in a letter of *day*."""
        course, rung = self.course, self.rungs[index]
        last = course.ladder == OVERDUE and index == len(self.rungs) - 1
        law = self.view.laws[course.debtor.law]
        return deadline.of(law, course.debtor.least, course.debtor.place, rung, day, last=last)

    def step(self, state: State, index: int, on: date, said: str, limit: Limit | None = None) -> Step:
        """Return how the rung stands."""
        return Step(state, self.rungs[index], on, said, limit, self.nominal(index))
