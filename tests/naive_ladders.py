"""The two ladders a second time: read off the rules rung by rung, and not a line shared with the program.

A client is what stands in clients.yaml, as a dict with dates and Decimals; the terms stand on the projects. A row is a
line of register.csv, as a dict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

import holidays

Facts = dict[str, Any]
Rows = list[Facts]
Step = tuple[tuple[str, ...], Callable[[date], date]]  # the names of a rung; its day from the day of the one below

DAY = timedelta(1)
NOTICES = ("first-notice", "second-notice", "final-notice")
OVERDUE = ("resend", *NOTICES)
SHEETS = ("follow-up-call", "last-check-in-call", "after-no", "contact-check", "receipt-check")
LETTERS = (*OVERDUE, "follow-up", "last-check-in", "closing-the-loop", "reconnect", "nudge", "stop-work", "termination")
ANSWERS = ("replied", "received", "signed", "declined", "finished", "delivered")
EVENTS = (*ANSWERS, "wrote", "called", "met")
LEAST = {"us": 10, "is": 10, "es": 30, "uk": 14, "de": 14, "ie": 14, "eu": 14}


@dataclass(frozen=True)
class Said:
    """What the plan has to say about one rung; the deadline counts for what is due or posted."""

    project: str
    subject: str
    document: str
    state: str
    on: date
    deadline: date | None = None


@dataclass(frozen=True)
class Rung:
    """A rung that nobody has climbed yet and the day it comes if nothing but its own ladder counts."""

    document: str
    own: date

    @property
    def letter(self) -> bool:
        """Return whether it is a letter and not a call sheet."""
        return self.document not in SHEETS


@dataclass
class Matter:
    """A ladder that is climbed: what was posted, what comes next (two with the resend), what is still above that."""

    project: str
    subject: str
    posted: list[tuple[str, date]] = field(default_factory=list)
    coming: list[Rung] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    held: bool = False
    paused: bool = False
    due: date | None = None
    currency: str = ""


@dataclass
class Expected:
    """What the plan must say, and what it may add: rungs above the next one (subject and document)."""

    said: list[Said] = field(default_factory=list)
    above: dict[tuple[str, str], str] = field(default_factory=dict)
    letter: list[str] = field(default_factory=list)  # all the subjects of the letter that is due

    def wait(self, client: Facts, matter: Matter, document: str, on: date) -> None:
        """Add what is held or waits until a day; a resend that could only come once it lapsed may be passed over."""
        state = "held" if matter.held else "waiting"
        if document == "resend" and matter.due and on >= matter.due + 30 * DAY:
            self.above[matter.subject, document] = state
        else:
            self.said.append(said(client, matter, document, state, on))


def expect(name: str, client: Facts, rows: Rows, day: date) -> Expected:
    """Return what the plan must say about *client* on *day*; what happened later does not count."""
    mine = [row for row in rows if row["client"] == name and row["date"] <= day]
    found = Expected()
    matters = list(every_matter(client, mine, day))
    letters = [row["date"] for row in mine if row["document"] in LETTERS]
    rest = max(letters, default=date.min) + 4 * DAY
    ready = []
    for matter in matters:
        for document, on in matter.posted:
            found.said.append(said(client, matter, document, "posted", on))
        for rung in matter.coming:
            on = max(rung.own, rest) if rung.letter else rung.own
            if matter.held or matter.paused or on > day:
                found.wait(client, matter, rung.document, on if matter.held else max(on, day + DAY))
            elif rung.letter:
                ready.append((matter, rung, on))
            else:
                found.said.append(said(client, matter, rung.document, "due", on))
        for document in matter.above:
            found.above[matter.subject, document] = "held" if matter.held else "waiting"
    if ready:
        choose(client, ready, day, found)
    return found


def choose(client: Facts, ready: list[tuple[Matter, Rung, date]], day: date, found: Expected) -> None:
    """Add the one letter that goes out on *day*, and the others, which wait."""
    overdue = [each for each in ready if each[0].due]
    if overdue:
        top = max(OVERDUE.index(rung.document) for _, rung, _ in overdue)
        highest = [each for each in overdue if each[1].document == OVERDUE[top]]
        first = min(highest, key=lambda each: (str(each[0].due), each[0].subject))
        group = [each for each in highest if each[0].currency == first[0].currency]
    else:
        first = min(ready, key=lambda each: each[1].own)
        group = [first]
    found.said.append(said(client, first[0], first[1].document, "due", min(on for _, _, on in group), day))
    found.letter = [matter.subject for matter, _, _ in group]
    for each in ready:
        if not any(each is one for one in group):
            found.wait(client, each[0], each[1].document, day + 4 * DAY)


def said(client: Facts, matter: Matter, document: str, state: str, on: date, today: date | None = None) -> Said:
    """Return a line of the plan; the deadline counts from *today*, or from the day of posting."""
    deadline = None
    if document in NOTICES and state in ("due", "posted"):
        deadline = last_day(client, document, today or on)
    return Said(matter.project, matter.subject, document, state, on, deadline)


def every_matter(client: Facts, mine: Rows, day: date) -> Iterator[Matter]:
    """Yield what there is to climb for: invoices first, then silences and call sheets."""
    for project_id, project in client["projects"].items():
        history = events(project_id, project, mine, day)
        for number, bill in project.get("invoices", {}).items():
            if bill.get("kind") != "credit" and bill["issued"] <= day:
                matter = overdue(project_id, project, number, mine, day)
                matter.held = any("hold" in each for each in (client, project, bill))
                matter.paused = paused(number, bill["due"], history, mine)
                matter.currency = project.get("currency", client["currency"])
                if balance(project, number, bill, mine, day) <= 0 >= owed(client, project, number, mine, day):
                    matter.coming, matter.above = [], []
                yield matter
        for matter in silence(client, project_id, project, history, mine, day):
            matter.held = any("hold" in each for each in (client, project))
            yield matter


def events(project_id: str, project: Facts, mine: Rows, day: date) -> list[tuple[date, str]]:
    """Return what happened by *day*, in order; the lines of the register stand after what was typed for a day."""
    found = [(each["date"], each["event"]) for each in project.get("history", [])]
    if "signed" in project:
        found.append((project["signed"], "signed"))
    found += [(row["date"], row["document"]) for row in mine if row["project"] == project_id]
    return sorted((each for each in found if each[0] <= day and each[1] in EVENTS), key=lambda each: each[0])


# Invoices


def overdue(project_id: str, project: Facts, number: str, mine: Rows, day: date) -> Matter:
    """Return the ladder of an invoice as it would be if all of it was owed."""
    due = project["invoices"][number]["due"]
    matter = Matter(project_id, number, due=due)
    days = {row["document"]: row["date"] for row in reversed(mine) if number in row["subject"].split()}
    matter.posted = [(document, days[document]) for document in OVERDUE if document in days]
    rest = max((on for _, on in matter.posted), default=date.min) + 14 * DAY
    left = list(NOTICES)
    while any(document in days for document in left):
        left.pop(0)
    if not days.keys() & set(OVERDUE) and day < due + 30 * DAY:
        matter.coming.append(Rung("resend", due + 7 * DAY))
        matter.above = left
    elif left:
        step = 30 * (NOTICES.index(left[0]) + 1)
        matter.coming.append(Rung(left[0], max(due + step * DAY, rest)))
        matter.above = left[1:]
    return matter


def paused(number: str, due: date, history: list[tuple[date, str]], mine: Rows) -> bool:
    """Return whether the client replied on or after *due* and we did nothing since."""
    waiting: date | None = None
    for on, what in history:
        if what == "replied" and on >= due:
            waiting = on
        elif what in ("wrote", "called", "met", "delivered"):
            waiting = None
    about = [row for row in mine if number in row["subject"].split() and row["document"] in LETTERS]
    return waiting is not None and not any(row["date"] > waiting for row in about)


def payments(number: str, bill: Facts, mine: Rows) -> list[tuple[date, Decimal]]:
    """Return what came in for an invoice, typed or recorded."""
    found = [(each["date"], Decimal(each["amount"])) for each in bill.get("payments", [])]
    recorded = [row for row in mine if row["document"] == "payment" and row["subject"] == number]
    return found + [(row["date"], Decimal(row["amount"])) for row in recorded]


def asked(project: Facts, bill: Facts) -> Decimal:
    """Return what an invoice asks for, or a credit note takes back; of a kill fee, only that it is something."""
    if "lines" in bill:
        return Decimal(bill["lines"][0]["price"])
    if bill["kind"] == "credit":
        return asked(project, project["invoices"][bill["credits"]])
    return Decimal(project["fee"]) / (2 if bill["kind"] == "deposit" else 8)


def balance(project: Facts, number: str, bill: Facts, mine: Rows, day: date) -> Decimal:
    """Return what is left of an invoice's own sum at the end of *day*."""
    left = asked(project, bill) - sum(amount for on, amount in payments(number, bill, mine) if on <= day)
    for note in project["invoices"].values():
        if note.get("credits") == number and note["issued"] <= day:
            left -= asked(project, note)
    return left


def owed(client: Facts, project: Facts, number: str, mine: Rows, day: date) -> Decimal:
    """Return all that is owed on an invoice at the end of *day*: what is left of it, and the late fee."""
    bill = project["invoices"][number]
    fee = Decimal(0)
    if project.get("late_fee") == "1.5% per month":
        paid = payments(number, bill, mine)
        left = asked(project, bill) - sum(amount for on, amount in paid if on <= bill["due"])
        days = [(on - bill["due"]).days for on, _ in paid]
        sums = Decimal(0)
        for late in range(1, (day - bill["due"]).days + 1):
            sums += max(left, Decimal(0))
            if late in days:
                left -= sum(amount for on, amount in paid if on == bill["due"] + late * DAY)
        digits = Decimal(1) if project.get("currency", client["currency"]) == "ISK" else Decimal("0.01")
        fee = (sums * 12 * 15 / 1000 / 365).quantize(digits, ROUND_HALF_UP)
    return balance(project, number, bill, mine, day) + fee


# Silences and call sheets


def silence(
    client: Facts, project_id: str, project: Facts, history: list[tuple[date, str]], mine: Rows, day: date
) -> Iterator[Matter]:
    """Yield the ladder of a project that is not about an invoice, if it is on one."""
    past = {what: on for on, what in history}  # the last time each happened
    message: date | None = None
    for on, what in history:
        if what in ANSWERS:
            message = None
        elif what == "wrote":
            message = message or on
    bills = project.get("invoices", {}).values()
    ended = any(bill.get("kind") == "kill_fee" and bill["issued"] <= day for bill in bills)
    if "declined" in past:
        after = working(client, past["declined"], 1)
        yield climb(project_id, past["declined"], [(("after-no",), lambda _: after)], history, mine)
    elif "delivered" in past or "finished" in past:
        if "delivered" in past and waits_for_receipt(project, history, mine, day):
            third = working(client, past["delivered"], 3)
            yield climb(project_id, past["delivered"], [(("receipt-check",), lambda _: third)], history, mine)
    elif message and "signed" not in past:
        yield climb(project_id, message, negotiating(client, message), history, mine)
    elif message and not ended:
        yield climb(project_id, message, active(project, message), history, mine)


def negotiating(client: Facts, message: date) -> list[Step]:
    """Return the rungs from our offer to the goodbye."""
    names = [("follow-up", "follow-up-call"), ("last-check-in", "last-check-in-call")]
    if client.get("prefers", "email") != "email":
        names = [(sheet, letter) for letter, sheet in names]
    return [
        (names[0], lambda _: message + 5 * DAY),
        (names[1], lambda below: below + 7 * DAY),
        (("closing-the-loop",), lambda below: below + 14 * DAY),
        (("reconnect",), lambda below: below + 60 * DAY),
    ]


def active(project: Facts, message: date) -> list[Step]:
    """Return the rungs from the nudge to the end of the contract."""
    monday = message - message.weekday() * DAY
    stop = message + project.get("silence_days", 14) * DAY
    end = message + project.get("abandon_days", 60) * DAY
    return [
        (("nudge",), lambda _: monday + 8 * DAY),
        (("contact-check",), lambda below: below + 7 * DAY),
        (("stop-work",), lambda below: max(stop, below)),
        (("termination",), lambda below: max(end, below)),
    ]


def climb(project: str, since: date, steps: list[Step], history: list[tuple[date, str]], mine: Rows) -> Matter:
    """Return how far a ladder was climbed: a rung by a row of one of its names, or by a call if it is a call sheet."""
    matter = Matter(project, project)
    below: date | None = since
    for names, rule in steps:
        own = rule(below) if below else None
        days = [row["date"] for row in mine if row["project"] == project and row["document"] in names]
        days = [on for on in days if on >= since]
        if own and names[0] in SHEETS:
            days += [on for on, what in history if what in ("called", "met") and on >= own]
        below = min(days, default=None)
        if below:
            matter.posted.append((names[0], below))
            matter.coming, matter.above = [], []
        elif own:
            matter.coming = [Rung(names[0], own)]
        else:
            matter.above.append(names[0])
    return matter


def waits_for_receipt(project: Facts, history: list[tuple[date, str]], mine: Rows, day: date) -> bool:
    """Return whether nothing was heard since the delivery and something is still to be paid."""
    heard = False
    for _, what in history:
        if what == "delivered":
            heard = False
        elif what in ("received", "replied", "finished"):
            heard = True
    bills = project.get("invoices", {}).items()
    there = [(number, bill) for number, bill in bills if bill["issued"] <= day and bill.get("kind") != "credit"]
    unpaid = any(balance(project, number, bill, mine, day) > 0 for number, bill in there)
    return not heard and (unpaid or all(bill.get("kind") == "deposit" for _, bill in there))


# Days


def last_day(client: Facts, document: str, today: date) -> date:
    """Return the deadline of a notice posted on *today*."""
    days = least(client, document)
    on = max(today + days * DAY, working(client, today, 5))
    while not open_on(client, on):
        on += DAY
    return min(on, today + max(30, days) * DAY)


def least(client: Facts, document: str) -> int:
    """Return how many days a notice leaves at the least."""
    if document != "final-notice":
        return 14
    if client["law"] == "uk" and (client.get("kind") == "consumer" or client.get("sole_trader")):
        return 30
    return LEAST[client["law"]]


def working(client: Facts, day: date, number: int) -> date:
    """Return the working day that is *number* working days after *day*."""
    while number:
        day += DAY
        number -= open_on(client, day)
    return day


def open_on(client: Facts, day: date) -> bool:
    """Return whether people work on *day* where the client is."""
    return day.weekday() < 5 and day not in closed(client["country"], client.get("region", ""), day.year)


@cache
def closed(country: str, region: str, year: int) -> frozenset[date]:
    """Return the public holidays and half days of a country: with a region, and else with those of every region."""
    kind = getattr(holidays, country)
    regions = [region] if region else ["", *kind.subdivisions]
    if country == "US":
        regions = [""]
    names = [name for name in ("public", "half_day") if name in kind.supported_categories and country != "US"]
    found: set[date] = set()
    for each in regions:
        found.update(kind(subdiv=each or None, years=year, categories=names or ["public"]))
    return frozenset(on for on in found if on.year == year)
