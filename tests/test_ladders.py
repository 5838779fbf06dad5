"""The ladders held against a naive second reckoning: whole domains, and simulated years of an owner's life."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache, partial
from itertools import product
from pathlib import Path
from typing import Any

import naive_ladders as naive
import pytest
from naive_ladders import DAY, Facts, Rows

from docgen import report
from docgen.cli import workspace
from docgen.cli.workspace import Workspace

COLUMNS = ("date", "client", "project", "subject", "document", "channel", "tracking", "sha256", "amount", "note")
BUSINESS = {"name": "Studio", "address": "1 Quay", "country": "ES", "language": "en", "currency": "EUR", "law": "es"}
TERMS = {"late_fee": "none", "deposit": {"first": "50%", "repeat": "50%"}}
PLACES: list[Facts] = [
    {"country": "ES", "region": "VC", "law": "es", "currency": "EUR"},
    {"country": "US", "law": "us", "currency": "USD"},
    {"country": "GB", "law": "uk", "currency": "GBP"},
    {"country": "IS", "law": "is", "currency": "ISK"},
    {"country": "GB", "region": "SCT", "law": "uk", "currency": "GBP", "sole_trader": True},
    {"country": "DE", "law": "de", "currency": "EUR"},
    {"country": "US", "region": "NY", "law": "us", "currency": "USD", "kind": "consumer"},
    {"country": "GB", "region": "NIR", "law": "uk", "currency": "GBP", "kind": "consumer"},
    {"country": "ES", "law": "es", "currency": "EUR", "kind": "public"},
    {"country": "IE", "law": "ie", "currency": "EUR"},
    {"country": "NO", "law": "eu", "currency": "EUR"},
]


def plan_of(home: Path, day: date) -> list[dict[str, Any]]:
    """Return the plan of the workspace on *day* as `plan --json` prints it: the only way from here to the program."""
    work = opened(home, (home / "clients.yaml").read_bytes(), (home / "register.csv").read_bytes())
    return [report.data(job) for job in work.plan(work.book.clients, day)]


@lru_cache(maxsize=64)
def opened(home: Path, *_files: bytes) -> Workspace:
    """Return the workspace in *home*, read once for all days as long as its files are the same."""
    return workspace.open_(home, date.max)


# Workspaces


def write(home: Path, clients: Facts, rows: Rows) -> Path:
    """Write a workspace into a new folder and return the folder."""
    home.mkdir(exist_ok=True)
    whole = {"business": BUSINESS, "terms": TERMS, "clients": clients}
    (home / "clients.yaml").write_text(json.dumps(whole, default=str, indent=1), encoding="utf-8")
    lines = io.StringIO(newline="")
    table = csv.DictWriter(lines, COLUMNS, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    (home / "register.csv").write_text(lines.getvalue(), encoding="utf-8")
    return home


def client(place: int, *projects: Facts, **more: object) -> Facts:
    """Return a client somewhere with its projects, called p1, p2 and so on."""
    where = PLACES[place % len(PLACES)]
    named = {f"p{n}": {"title": "Work", "fee": Decimal(4000)} | project for n, project in enumerate(projects, 1)}
    return {"name": "Client", "address": "1 Road", **where, **more, "projects": named}


def said(day: date, *events: tuple[int, str]) -> list[Facts]:
    """Return a history, its days counted from *day*."""
    return [{"date": day + late * DAY, "event": what} for late, what in events]


def row(day: date, name: str, subject: str, document: str, **more: object) -> Facts:
    """Return a line of the register about project p1."""
    return {"date": day, "client": name, "project": "p1", "subject": subject, "document": document, **more}


# Comparison


def differences(name: str, who: Facts, rows: Rows, day: date, plan: list[dict[str, Any]]) -> list[str]:
    """Return where the program's plan for a client is not what the naive ladders expect, a line each."""
    expected = naive.expect(name, who, rows, day)
    left = [job for job in plan if job["client"] == name]
    wrong = []
    for each in expected.said:
        found = next((job for job in left if same(job, each)), None)
        if found is None:
            wrong.append(f"{day} {name}: expected {each}")
        else:
            left.remove(found)
    mine = [row for row in rows if row["client"] == name]
    return wrong + [f"{day} {name}: got {job}" for job in left if not allowed(job, expected, mine, who, day)]


def same(job: dict[str, Any], each: naive.Said) -> bool:
    """Return whether a line of the plan says what is expected; of what is held, the day is nobody's business."""
    dated = job["state"] == "held" or job["date"] == str(each.on)
    ends = job["state"] in ("held", "waiting") or job["deadline"] == (str(each.deadline) if each.deadline else None)
    names = {each.document, each.document.removesuffix("-call")} if job["state"] == "posted" else {each.document}
    where = (job["project"], job["subject"], job["state"]) == (each.project, each.subject, each.state)
    return dated and ends and where and job["document"] in names


def allowed(job: dict[str, Any], expected: naive.Expected, mine: Rows, who: Facts, day: date) -> bool:
    """Return whether a line that nobody asked for is true: a rung above the next one, or one posted in the past."""
    if job["state"] == "posted":
        history = naive.events(job["project"], who["projects"][job["project"]], mine, day)
        calls = [on for on, what in history if what in ("called", "met") and job["document"] in naive.SHEETS]
        rows = [row for row in mine if row["document"].removesuffix("-call") == job["document"].removesuffix("-call")]
        days = [row["date"] for row in rows if job["subject"] in row["subject"].split()]
        return job["date"] in {str(on) for on in calls + days} and job["date"] <= str(day)
    above = expected.above.get((job["subject"], job["document"]))
    return bool(job["state"] == above and (above == "held" or job["date"] > str(day)))


def disagreements(home: Path, clients: Facts, rows: Rows, days: list[date]) -> list[str]:
    """Return where the program and the naive ladders disagree about the workspace."""
    write(home, clients, rows)
    return [
        wrong
        for day in days
        for plan in [plan_of(home, day)]
        for name, who in clients.items()
        for wrong in differences(name, who, rows, day, plan)
    ]


# Whole domains

DUE = date(2024, 8, 31)
DAYS = [DUE + late * DAY for late in [*range(146), *range(146, 201, 6)]]
RUNGS: list[list[tuple[int, str]]] = [
    [],
    [(7, "resend")],
    [(29, "resend")],
    [(30, "first-notice")],
    [(55, "first-notice")],
    [(7, "resend"), (30, "first-notice")],
    [(7, "resend"), (30, "first-notice"), (60, "second-notice")],
    [(7, "resend"), (30, "first-notice"), (60, "second-notice"), (90, "final-notice")],
    [(30, "first-notice"), (88, "second-notice"), (140, "final-notice")],
    [(40, "second-notice")],
]
AMOUNT = Decimal(1200)


def owing(place: int, number: str, *history: tuple[int, str], fee: str = "none", **invoice: object) -> Facts:
    """Return a client with one overdue invoice, and the work finished long ago."""
    lines = [{"item": "Work", "quantity": 1, "unit": "piece", "price": AMOUNT}]
    bill = {"issued": DUE - 14 * DAY, "due": DUE, "lines": lines, **invoice}
    before = ((-60, "signed"), (-40, "finished"))
    project = {"late_fee": fee, "history": said(DUE, *before, *history), "invoices": {number: bill}}
    return client(place, project)


def paid(late: int, amount: Decimal) -> list[Facts]:
    """Return one payment."""
    return [{"date": DUE + late * DAY, "amount": amount}]


def with_fee(place: int, number: str, late: int) -> Facts:
    """Return a client who paid the invoice and its late fee."""
    owes = owing(place, number, fee=(fee := "1.5% per month"))
    project = owes["projects"]["p1"]
    whole = naive.owed(owes, project, number, [], DUE + late * DAY)
    return owing(place, number, fee=fee, payments=paid(late, whole))


def held(place: int, number: str, where: str) -> Facts:
    """Return a client with a hold on the client, the project or the invoice."""
    owes = owing(place, number)
    project = owes["projects"]["p1"]
    {"client": owes, "project": project, "invoice": project["invoices"][number]}[where]["hold"] = "a reason"
    return owes


MONTHLY = "1.5% per month"
HAPPENED: dict[str, Callable[[int, str], Facts]] = {
    "unpaid": owing,
    "unpaid with a late fee": partial(owing, fee=MONTHLY),
    "paid and nothing more is owed": partial(owing, payments=paid(40, AMOUNT)),
    "paid but not the late fee": partial(owing, payments=paid(40, AMOUNT), fee=MONTHLY),
    "paid on the day": partial(owing, payments=paid(0, AMOUNT), fee=MONTHLY),
    "paid with the late fee": partial(with_fee, late=20),
    "paid with the late fee after two months": partial(with_fee, late=65),
    "part-paid": partial(owing, payments=paid(20, AMOUNT - 1), fee=MONTHLY),
    "held client": partial(held, where="client"),
    "held project": partial(held, where="project"),
    "held invoice": partial(held, where="invoice"),
}
HEARD: list[list[tuple[int, str]]] = [
    [(-1, "replied")],
    [(0, "replied")],
    [(30, "replied")],
    [(33, "replied")],
    [(0, "replied"), (0, "wrote")],
    [(33, "replied"), (38, "called")],
    [(29, "met"), (59, "replied"), (60, "met"), (87, "replied")],
    [(62, "wrote"), (62, "replied"), (99, "delivered")],
    [(50, "called"), (50, "received")],
]


@pytest.mark.parametrize("posted", RUNGS, ids=str)
def test_every_day_after_due_is_as_the_naive_ladder_has_it(tmp_path: Path, posted: list[tuple[int, str]]) -> None:
    """Whatever was posted, paid, held, replied and answered, up to two hundred days after the due date."""
    cases: list[Callable[[int, str], Facts]] = [
        *HAPPENED.values(),
        *(partial(replying, history=history) for history in HEARD),
    ]
    clients = {f"c{n}": case(n, f"N{n}") for n, case in enumerate(cases)}
    rows = [row(DUE + late * DAY, f"c{n}", f"N{n}", document) for late, document in posted for n in range(len(cases))]
    same = posted[-1][0] if posted and posted[:-1] in RUNGS else 0  # before that it is as with one rung less
    assert not disagreements(tmp_path, clients, rows, DAYS[same:])


def replying(place: int, number: str, history: list[tuple[int, str]]) -> Facts:
    """Return a client who owes and was heard."""
    return owing(place, number, *history)


def test_what_the_register_says_counts_like_what_was_typed(tmp_path: Path) -> None:
    """The same replies, calls and payments as lines of register.csv."""
    clients, rows = {}, []
    for n, (posted, history) in enumerate(product(RUNGS, HEARD)):
        clients[f"c{n}"] = owing(n, f"N{n}", fee=MONTHLY)
        events = [row(DUE + late * DAY, f"c{n}", "p1", what) for late, what in history]
        money = [row(DUE + 20 * DAY, f"c{n}", f"N{n}", "payment", amount=AMOUNT - 100)]
        rows += events + money + [row(DUE + late * DAY, f"c{n}", f"N{n}", document) for late, document in posted]
    rows.sort(key=lambda each: str(each["date"]))
    assert not disagreements(tmp_path, clients, rows, DAYS[::12])


SILENT: list[list[tuple[int, str]]] = [
    [],
    [(0, "follow-up")],
    [(5, "follow-up")],
    [(11, "follow-up")],
    [(5, "follow-up-call")],
    [(4, "called")],
    [(5, "called")],
    [(9, "met")],
    [(9, "met"), (16, "called")],
    [(5, "follow-up"), (12, "last-check-in")],
    [(5, "follow-up"), (13, "called")],
    [(5, "follow-up"), (12, "last-check-in"), (26, "closing-the-loop")],
    [(5, "follow-up"), (12, "last-check-in"), (26, "closing-the-loop"), (86, "reconnect")],
    [(7, "follow-up"), (20, "last-check-in"), (50, "closing-the-loop"), (150, "reconnect")],
    [(8, "last-check-in")],
    [(-2, "follow-up")],
    [(5, "follow-up"), (8, "replied")],
    [(5, "follow-up"), (8, "replied"), (30, "wrote")],
    [(5, "follow-up"), (8, "wrote"), (40, "signed")],
    [(12, "declined")],
]
WORKING: list[list[tuple[int, str]]] = [
    [],
    [(0, "nudge")],
    [(14, "nudge")],
    [(14, "nudge"), (20, "called")],
    [(14, "nudge"), (21, "called")],
    [(14, "nudge"), (21, "contact-check")],
    [(14, "nudge"), (40, "met"), (41, "stop-work")],
    [(14, "nudge"), (21, "met"), (25, "stop-work"), (70, "termination")],
    [(14, "stop-work")],
    [(14, "nudge"), (21, "met"), (25, "stop-work"), (30, "replied")],
    [(14, "nudge"), (21, "met"), (25, "stop-work"), (30, "delivered")],
    [(14, "nudge"), (21, "met"), (25, "finished")],
    [(3, "wrote"), (30, "received"), (31, "wrote")],
]
MONDAY = date(2024, 12, 2)


def story(name: str, place: int, day: date, steps: list[tuple[int, str]], **more: object) -> tuple[Facts, Rows]:
    """Return a client to whom we wrote on *day*, and the lines of the register about what was posted since."""
    prefers = more.pop("prefers", "email")
    begun: list[tuple[int, str]] = more.pop("begun", [(0, "wrote")])  # type: ignore[assignment] # a story's own
    events = [(late, what) for late, what in steps if what in naive.EVENTS]
    rows = [row(day + late * DAY, name, "p1", what) for late, what in steps if what not in naive.EVENTS]
    return client(place, {"history": said(day, *begun, *events), **more}, prefers=prefers), rows


def hold_against(home: Path, stories: Iterator[tuple[Facts, Rows]], days: list[date]) -> None:
    """Compare the stories, each of which is called c0, c1 and so on, with the naive ladders."""
    told = list(stories)
    clients = {f"c{n}": who for n, (who, _) in enumerate(told)}
    rows = sorted((row for _, rows in told for row in rows), key=lambda each: str(each["date"]))
    assert not disagreements(home, clients, rows, days)


@pytest.mark.parametrize("prefers", ["email", "phone", "meeting"])
def test_every_day_of_a_silence_while_negotiating_is_as_the_naive_ladder_has_it(tmp_path: Path, prefers: str) -> None:
    """By letter and by call sheet, posted on the day, late, by hand and out of turn, answered or not."""
    stories = (story(f"c{n}", n, MONDAY, steps, prefers=prefers) for n, steps in enumerate(SILENT))
    hold_against(tmp_path, stories, [MONDAY + late * DAY for late in [*range(-3, 100), *range(100, 201, 3)]])


@pytest.mark.parametrize("weekday", range(7))
def test_every_day_of_a_silence_while_working_is_as_the_naive_ladder_has_it(tmp_path: Path, weekday: int) -> None:
    """The nudge comes on the Tuesday after the week of the message, whatever its weekday, and the rest follows."""
    begun = [(-30, "signed"), (0, "wrote")]
    terms = [{}, {"silence_days": 30, "abandon_days": 35}, {"silence_days": 7}]
    day = MONDAY + weekday * DAY
    cases = list(product(WORKING, terms))[weekday % 3 :: 3]
    stories = (story(f"c{n}", n, day, steps, begun=begun, **more) for n, (steps, more) in enumerate(cases))
    hold_against(tmp_path, stories, [day + late * DAY for late in range(201 if weekday == 0 else 90)])


def test_a_kill_fee_ends_the_ladder_of_work(tmp_path: Path) -> None:
    """Once its invoice is issued, on whatever day."""
    bills = [{"kind": "kill_fee", "issued": MONDAY + n * DAY, "due": MONDAY + 365 * DAY} for n in range(0, 100, 9)]
    begun = [(-30, "signed"), (0, "wrote")]
    stories = (
        story(f"c{n}", n, MONDAY, steps, begun=begun, invoices={f"N{n}": bill})
        for n, (steps, bill) in enumerate(product(WORKING[::3], bills))
    )
    hold_against(tmp_path, stories, [MONDAY + late * DAY for late in range(0, 120, 3)])


def test_the_call_after_a_no_comes_on_the_next_working_day_of_the_client(tmp_path: Path) -> None:
    """For a no on every day around Christmas and Easter, in every country, called on that day, before it or never."""
    days = [date(2024, 12, 20) + n * DAY for n in range(14)] + [date(2025, 4, 14) + n * DAY for n in range(8)]
    steps: list[list[tuple[int, str]]] = [[], [(0, "called")], [(7, "called")], [(9, "after-no")]]
    cases = enumerate(product(days, range(len(PLACES))))
    stories = [
        story(f"c{n}", place, day, steps[n % 4], begun=[(-9, "wrote"), (0, "declined")]) for n, (day, place) in cases
    ]
    around = sorted({day + n * DAY for day in days for n in range(12)})
    hold_against(tmp_path, iter(stories), around)


@pytest.mark.parametrize("first", [1, 2])
def test_of_two_silences_that_waited_for_the_same_day_the_older_goes_first(tmp_path: Path, first: int) -> None:
    """Two follow-ups kept back by one letter: the one that was due longer goes out, whichever stands first."""
    older, newer = ({"history": said(MONDAY, (late, "wrote"))} for late in (0, 2))
    projects = [older, newer] if first == 1 else [newer, older]
    third = {"history": said(MONDAY, (-20, "wrote"))}
    rows = [{**row(MONDAY + 6 * DAY, "c0", "p3", "follow-up"), "project": "p3"}]
    clients = {"c0": client(1, *projects, third)}
    assert not disagreements(tmp_path, clients, rows, [MONDAY + late * DAY for late in range(5, 30)])


LATER: list[list[tuple[int, str]]] = [
    [],
    [(0, "received")],
    [(3, "replied")],
    [(2, "called")],
    [(9, "met")],
    [(9, "receipt-check")],
    [(20, "finished")],
    [(1, "replied"), (2, "delivered")],
    [(4, "wrote")],
]


def test_the_receipt_of_a_delivery_is_checked_while_money_is_open(tmp_path: Path) -> None:
    """Three working days after the delivery, on every day; not once the client was heard or has paid all."""
    line = [{"item": "Work", "quantity": 1, "unit": "piece", "price": AMOUNT}]
    stories: list[tuple[Facts, Rows]] = []
    for late, steps, money in product(range(0, 28, 4), LATER, range(4)):
        day, n = date(2024, 12, 9) + late * DAY, len(stories)
        early = {"kind": "deposit", "issued": day - 20 * DAY, "due": day + 300 * DAY, "payments": []}
        rest = {"issued": day - 2 * DAY, "due": day + 300 * DAY, "lines": line}
        bills: list[Facts] = [
            {},
            {f"D{n}": early | {"payments": [{"date": day - DAY, "amount": Decimal(2000)}]}},
            {f"L{n}": rest},
            {f"L{n}": rest | {"payments": [{"date": day + 5 * DAY, "amount": AMOUNT}]}},
        ]
        begun = [(-30, "signed"), (0, "delivered")]
        stories.append(story(f"c{n}", n, day, steps, begun=begun, invoices=bills[money]))
    hold_against(tmp_path, iter(stories), [date(2024, 12, 7) + n * DAY for n in range(40)])


# Simulated years

START = date(2023, 6, 1)
LENGTH = 400
ENDS = [date(2023, 8, 31), date(2023, 11, 30), date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29)]
TALK = {
    "negotiating": {"wrote": 40, "replied": 15, "called": 15, "signed": 12, "declined": 2},
    "active": {"wrote": 30, "replied": 12, "called": 15, "met": 5, "delivered": 5},
    "delivered": {"wrote": 10, "replied": 15, "called": 15, "received": 5, "finished": 3, "delivered": 3},
    "over": {},
}


@dataclass
class Year:
    """What an owner lived through: the facts at its end, the holds with their first and last days, and the plans."""

    clients: Facts
    rows: Rows = field(default_factory=list)
    holds: list[tuple[date, date, tuple[str, ...]]] = field(default_factory=list)
    moved: set[tuple[str, date]] = field(default_factory=set)
    plans: dict[date, list[dict[str, Any]]] = field(default_factory=dict)

    def as_of(self, day: date) -> Facts:
        """Return the clients as the file has them on *day*, with what is on hold then."""
        found = dict(self.clients)
        for path in (path for first, last, path in self.holds if first <= day <= last):
            place = found[path[0]] = deepcopy(found[path[0]])
            for key, name in zip(("projects", "invoices"), path[1:], strict=False):
                place = place[key][name]
            place["hold"] = "a reason"
        return found

    def until(self, day: date) -> tuple[Facts, Rows]:
        """Return the clients and the register without what happened after *day*."""
        found = deepcopy(self.as_of(day))
        for project in (project for who in found.values() for project in who["projects"].values()):
            project["history"] = [event for event in project["history"] if event["date"] <= day]
            bills = {number: bill for number, bill in project["invoices"].items() if bill["issued"] <= day}
            project["invoices"] = bills
            for bill in bills.values():
                bill["payments"] = [one for one in bill["payments"] if one["date"] <= day]
        return found, [row for row in self.rows if row["date"] <= day]


@dataclass
class Owner:
    """Lives a year by chance, with the naive plan in hand."""

    chance: random.Random
    year: Year
    habits: dict[str, tuple[float, float]]  # of each client: how often we look, how often it pays
    numbers: int = 0

    def live(self, day: date) -> None:
        """Let a day happen: talk, invoices, payments and holds, and then the post."""
        for name, who in self.year.clients.items():
            for key, project in who["projects"].items():
                stage = self.stage(name, key, day)
                self.talk(name, key, stage, day)
                self.bill(name, project, stage, day)
                self.take(name, key, day)
            if self.chance.random() < self.habits[name][0]:
                self.post(name, day)
        if self.chance.random() < 0.006:
            self.hold(day)

    def stage(self, name: str, key: str, day: date) -> str:
        """Return where a project stands."""
        mine = [row for row in self.year.rows if row["client"] == name]
        past = {what for _, what in naive.events(key, self.year.clients[name]["projects"][key], mine, day)}
        if past & {"declined", "finished"}:
            return "over"
        return "delivered" if "delivered" in past else "active" if "signed" in past else "negotiating"

    def talk(self, name: str, key: str, stage: str, day: date) -> None:
        """Say something, or hear something; a day's events are all typed, or all recorded."""
        typed = self.chance.random() < 0.5
        for what, often in TALK[stage].items():
            if self.chance.random() * 1000 < often:
                self.tell(name, key, what, day, typed=typed)
                if what in naive.ANSWERS:
                    break

    def tell(self, name: str, key: str, what: str, day: date, *, typed: bool) -> None:
        """Note an event in the file or in the register."""
        if typed:
            self.year.clients[name]["projects"][key]["history"].append({"date": day, "event": what})
        else:
            self.note(name, key, key, what, day)
        self.year.moved.add((name, day))

    def note(self, name: str, key: str, subject: str, document: str, day: date, **more: object) -> None:
        """Add a line to the register."""
        line = {"date": day, "client": name, "project": key, "subject": subject, "document": document}
        self.year.rows.append({**line, **more})
        self.year.moved.add((name, day))

    def bill(self, name: str, project: Facts, stage: str, day: date) -> None:
        """Issue an invoice now and then, once there is a contract; without late fees also a credit note."""
        bills = project["invoices"]
        if stage == "negotiating" or len(bills) > 3 or self.chance.random() > 0.02:
            return
        ahead = [end for end in ENDS if timedelta(3) < end - day < timedelta(60)]
        due = self.chance.choice([day + days * DAY for days in (0, 7, 14, 30)] + ahead * 2)
        price = Decimal(self.chance.randrange(100, 3000))
        new: Facts = {"issued": day, "due": due, "payments": []}
        fresh = [number for number, bill in bills.items() if "lines" in bill]
        if not bills:
            new["kind"] = "deposit"
        elif stage == "active" and self.chance.random() < 0.2:
            new["kind"] = "kill_fee"
            project["work_done"] = "80%"  # more than the deposit, of which a consumer gets back what is not earned
        elif fresh and project["late_fee"] == "none" and self.chance.random() < 0.3:
            new = {"issued": day, "payments": [], "kind": "credit", "credits": fresh[0]}
        else:
            new["lines"] = [{"item": "Work", "quantity": 1, "unit": "piece", "price": price}]
        if not any(bill.get("credits") == new.get("credits", "-") for bill in bills.values()):
            self.numbers += 1
            bills[f"{day.year}-{self.numbers:03}"] = new
            self.year.moved.add((name, day))

    def take(self, name: str, key: str, day: date) -> None:
        """Take a payment now and then: a part, the sum of the invoice, or all that is owed."""
        who = self.year.clients[name]
        project = who["projects"][key]
        mine = [row for row in self.year.rows if row["client"] == name]
        for number, bill in project["invoices"].items():
            if bill.get("kind") in ("kill_fee", "credit") or self.chance.random() > self.habits[name][1]:
                continue
            rest = naive.balance(project, number, bill, mine, day)
            whole = naive.owed(who, project, number, mine, day)
            amount = self.chance.choice([rest, whole, whole, (rest / 2).quantize(Decimal(1))])
            if amount > 0 and self.chance.random() < 0.5:
                bill["payments"].append({"date": day, "amount": amount})
                self.year.moved.add((name, day))
            elif amount > 0:
                self.note(name, key, number, "payment", day, amount=amount)

    def post(self, name: str, day: date) -> None:
        """Post what is due, and make the calls."""
        found = naive.expect(name, self.year.as_of(day)[name], self.year.rows, day)
        for each in found.said:
            if each.state != "due":
                continue
            if each.document not in naive.SHEETS:
                self.note(name, each.project, " ".join(found.letter), each.document, day)
            elif self.chance.random() < 0.7:
                self.tell(name, each.project, self.chance.choice(["called", "met"]), day, typed=False)
            else:
                self.note(name, each.project, each.project, each.document, day)

    def hold(self, day: date) -> None:
        """Put a client, a project or an invoice on hold for some weeks."""
        name = self.chance.choice(list(self.year.clients))
        key = self.chance.choice(list(self.year.clients[name]["projects"]))
        numbers = list(self.year.clients[name]["projects"][key]["invoices"])
        paths = [(name,), (name, key), *[(name, key, number) for number in numbers]]
        last = day + self.chance.randrange(5, 50) * DAY
        self.year.holds.append((day + DAY, last, self.chance.choice(paths)))


def lived(seed: int) -> Year:
    """Return a year of an owner with several clients somewhere in the world."""
    chance = random.Random(seed)  # noqa: S311 - the same year again for the same seed, and nothing to hide
    clients: Facts = {}
    for number in range(2):
        projects = []
        for _ in range(chance.randrange(1, 4)):
            fee = chance.choice(["none", MONTHLY])
            days = {"silence_days": chance.choice([7, 14, 30]), "abandon_days": chance.choice([35, 60])}
            projects.append({"history": [], "invoices": {}, **TERMS, "late_fee": fee, **days})
        prefers = chance.choice(["email", "email", "phone", "meeting"])
        clients[f"c{number}"] = client(chance.randrange(len(PLACES)), *projects, prefers=prefers)
        if len(projects) > 2:
            projects_of = clients[f"c{number}"]["projects"]
            projects_of["p3"]["currency"] = chance.choice(["EUR", "CHF"])
    habits = {name: (chance.choice([0.03, 0.2, 0.6, 1.0]), chance.choice([0.002, 0.01, 0.03])) for name in clients}
    owner = Owner(chance, Year(clients), habits)
    for late in range(LENGTH):
        owner.live(START + late * DAY)
    return owner.year


@pytest.fixture(scope="module", params=range(6))
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Year:
    """Return a year with the program's plan for each of its days, made at its end from all the facts."""
    found = lived(request.param)
    homes: dict[str, Path] = {}
    for day in (START + late * DAY for late in range(LENGTH)):
        clients = found.as_of(day)
        key = str([path for first, last, path in found.holds if first <= day <= last])
        if key not in homes:
            homes[key] = write(tmp_path_factory.mktemp("year"), clients, found.rows)
        found.plans[day] = plan_of(homes[key], day)
    return found


def test_a_year_of_posting_talking_and_paying_is_as_the_naive_ladders_have_it(year: Year) -> None:
    """Every line of the plan of every day, in several countries, laws and currencies."""
    wrong = []
    for day, plan in year.plans.items():
        for name, who in year.as_of(day).items():
            wrong += differences(name, who, year.rows, day, plan)
    assert not wrong


def test_the_plan_of_a_past_day_is_the_same_without_what_happened_later(year: Year, tmp_path: Path) -> None:
    """On a day every few weeks: the files as they were then give the plan that the files of today give."""
    for day in list(year.plans)[10::60]:
        assert plan_of(write(tmp_path, *year.until(day)), day) == year.plans[day], day


def test_no_letter_comes_twice_early_or_out_of_turn(year: Year) -> None:
    """At most one letter a client and day, the rung below posted, fourteen and four days after the letters before."""
    for day, plan in year.plans.items():
        letters = [job for job in plan if job["state"] == "due" and job["document"] in naive.LETTERS]
        assert len({job["client"] for job in letters}) == len(letters), day
        for job in letters:
            mine = [row for row in year.rows if row["client"] == job["client"] and row["date"] <= day]
            mail = [row for row in mine if row["document"] in naive.LETTERS]
            assert all(day - row["date"] >= 4 * DAY for row in mail), (day, job)
            if job["document"] in naive.OVERDUE:
                check_notice(job, day, [row for row in mail if job["subject"] in row["subject"].split()])
            else:
                check_silence(job, day, mine, year)


def check_notice(job: dict[str, Any], day: date, about: Rows) -> None:
    """Check that an overdue letter follows on the ones before it."""
    posted = {row["document"] for row in about}
    assert all(day - row["date"] >= 14 * DAY for row in about), (day, job)
    assert job["document"] not in posted, (day, job)
    if job["document"] in naive.NOTICES[1:]:
        assert naive.NOTICES[naive.NOTICES.index(job["document"]) - 1] in posted, (day, job)


BELOW = {"last-check-in": "follow-up", "closing-the-loop": "last-check-in", "reconnect": "closing-the-loop",
         "stop-work": "contact-check", "termination": "stop-work"}  # fmt: skip


def check_silence(job: dict[str, Any], day: date, mine: Rows, year: Year) -> None:
    """Check that a letter to a silent client follows on the one before it, since the client was last heard."""
    history = naive.events(job["project"], year.clients[job["client"]]["projects"][job["project"]], mine, day)
    heard = max((on for on, what in history if what in naive.ANSWERS), default=date.min)
    posted = {row["document"] for row in mine if row["project"] == job["project"] and row["date"] > heard}
    posted |= {f"{name.removesuffix('-call')}" for name in posted}
    called = any(on > heard for on, what in history if what in ("called", "met"))
    assert any(what == "wrote" and on >= heard for on, what in history), (day, job)
    assert job["document"] not in posted, (day, job)
    below = BELOW.get(job["document"])
    assert below is None or below in posted or (called and below != "stop-work"), (day, job)


def test_nothing_is_due_about_what_is_paid_or_held(year: Year) -> None:
    """A payment in full with the late fee takes the letters about an invoice away, and a hold all that it covers."""
    for day, plan in year.plans.items():
        clients = year.as_of(day)
        for job in plan:
            who = clients[job["client"]]
            project = who["projects"][job["project"]]
            bill = project["invoices"].get(job["subject"], {})
            if job["state"] in ("due", "waiting"):
                assert not any("hold" in each for each in (who, project, bill)), (day, job)
                mine = [row for row in year.rows if row["client"] == job["client"] and row["date"] <= day]
                left = naive.balance(project, job["subject"], bill, mine, day) if bill else 1
                assert left > 0 or naive.owed(who, project, job["subject"], mine, day) > 0, (day, job)


def test_no_letter_is_ever_lost(year: Year) -> None:
    """What is due and not posted is due the next day too, unless something happened or a higher letter goes first."""
    for day, plan in list(year.plans.items())[:-1]:
        tomorrow = {(job["client"], job["subject"], job["document"], job["state"]) for job in year.plans[day + DAY]}
        for job in plan:
            name, subject = job["client"], job["subject"]
            still = (name, subject, job["document"])
            if job["state"] != "due" or {(name, day), (name, day + DAY)} & year.moved or held_anew(year, name, day):
                continue
            others = [one for one in tomorrow if one[0] == name and one[3] == "due" and one[2] in naive.LETTERS]
            allowed = {(*still, "due")}
            if job["document"] == "resend":
                allowed |= {(name, subject, "first-notice", "due")}
            if others:
                allowed |= {(*still, "waiting"), *((*still[:1], *one[1:]) for one in others if one[2] == still[2])}
                allowed |= {(name, subject, "first-notice", "waiting")} if job["document"] == "resend" else set()
            assert allowed & tomorrow, (day, job)


def held_anew(year: Year, name: str, day: date) -> bool:
    """Return whether a hold on something of a client begins on the next day or ends on *day*."""
    return any(path[0] == name and (first == day + DAY or last == day) for first, last, path in year.holds)


def test_every_deadline_is_within_what_the_law_and_the_ladder_allow(year: Year) -> None:
    """Five working days and the law's least at the least, thirty days or the law's least at the most."""
    for day, plan in year.plans.items():
        for job in (job for job in plan if job["state"] == "due" and job["document"] in naive.NOTICES):
            who = year.clients[job["client"]]
            least = naive.least(who, job["document"])
            ends = date.fromisoformat(job["deadline"])
            assert naive.working(who, day, 5) <= ends, (day, job)
            assert least * DAY <= ends - day <= max(30, least) * DAY, (day, job)
            assert naive.open_on(who, ends) or ends - day == max(30, least) * DAY, (day, job)
