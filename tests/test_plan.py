"""The ladders, over whole domains: every day, posted or not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from docgen import jurisdiction, plan, records, schedule
from docgen.plan import Job, State
from docgen.records.schema import Known
from docgen.shelf import Shelf

Acme = Callable[..., Path]
KNOWN = Known(("en", "es", "is"), ("es", "is", "uk", "us"))
HEAD = "date,client,project,subject,document,channel,tracking,sha256,amount,note\n"
ONE = ("          2026-014: {kind: deposit, issued: 2026-05-04}\n", "")
DUE = date(2026, 7, 31)  # of invoice 2026-025, the only one left in `alone`
NOTICES = ["first-notice", "second-notice", "final-notice"]


def jobs(home: Path, day: date) -> list[Job]:
    """Return the plan of the workspace on *day*."""
    book = records.read(home, KNOWN)
    laws = {law: jurisdiction.read(Shelf(home), law) for law in KNOWN.laws}
    return list(plan.plan(book, book.clients, schedule.read(Shelf(home)), laws, day))


def due(home: Path, day: date) -> list[tuple[str, str]]:
    """Return the documents due on *day*, each with its subject."""
    return [(job.document, job.subject) for job in jobs(home, day) if job.state is State.DUE]


def alone(acme: Acme, *changes: tuple[str, str], posted: str = "") -> Path:
    """Return a workspace with invoice 2026-025 as the only one, and what was *posted* about it."""
    balance = "          2026-021:\n            kind: balance\n            issued: 2026-06-22\n"
    paid = "            payments:\n              - {date: 2026-08-02, amount: 1000.00}\n"
    return acme(ONE, (balance + paid, ""), *changes, register=HEAD + posted)


def row(day: date, document: str, subject: str = "2026-025") -> str:
    """Return a line of the register."""
    return f"{day},acme,website,{subject},{document},,,,,\n"


@pytest.mark.parametrize("posted", range(4))
def test_every_day_after_due_has_the_one_letter_that_its_rung_asks_for(acme: Acme, posted: int) -> None:
    """Each rung posted on its own day, or not: no rung is skipped, none comes early, none is forgotten."""
    days = [30, 60, 90][:posted]
    rows = "".join(row(DUE + timedelta(d), n) for d, n in zip(days, NOTICES, strict=False))
    home = alone(acme, posted=rows)
    for late in range(121):
        there = sum(day <= late for day in days)
        ready = there < 3 and late >= [30, 60, 90][there]
        expected = [(NOTICES[there], "2026-025")] if ready else []
        assert due(home, DUE + timedelta(late)) == expected, late


def test_a_late_posting_puts_off_the_next_letter_by_fourteen_days(acme: Acme) -> None:
    """The first notice went out on day 55: the second comes on day 69, not on day 60."""
    home = alone(acme, posted=row(DUE + timedelta(55), "first-notice"))
    assert due(home, DUE + timedelta(68)) == []
    assert due(home, DUE + timedelta(69)) == [("second-notice", "2026-025")]


def test_a_letter_that_was_never_posted_stays_due(acme: Acme) -> None:
    """A final notice is never the first contact, however late it is."""
    assert due(alone(acme), DUE + timedelta(400)) == [("first-notice", "2026-025")]


@pytest.mark.parametrize("late", range(0, 121, 10))
def test_full_payment_takes_the_letter_away(acme: Acme, late: int) -> None:
    """On the day of the payment and on every day after it."""
    line = "              - {item: Extra round of revisions, quantity: 6, unit: hour, price: 95.00, tax: 0%}\n"
    on = DUE + timedelta(late)
    home = alone(acme, (line, f"{line}            payments:\n              - {{date: {on}, amount: 570.00}}\n"))
    assert all(due(home, DUE + timedelta(day)) == [] for day in range(late, 130, 7))
    assert (due(home, on - timedelta(1)) != []) == (late > 30)


@pytest.mark.parametrize(
    "where",
    [
        ("    name: Acme Robotics, Inc.\n", "    name: Acme Robotics, Inc.\n    hold: a reason\n"),
        ("        title: Website redesign\n", "        title: Website redesign\n        hold: a reason\n"),
        ("            due: 2026-07-31\n", "            due: 2026-07-31\n            hold: a reason\n"),
    ],
)
def test_a_hold_stops_every_letter_and_the_plan_says_so(acme: Acme, where: tuple[str, str]) -> None:
    """On the client, on the project and on the invoice alike, on every day."""
    home = alone(acme, where)
    for late in range(0, 121, 15):
        found = jobs(home, DUE + timedelta(late))
        assert [job.state for job in found] == [State.HELD], late
        assert "It is held: a reason." in found[0].why


def test_notices_at_the_same_rung_go_into_one_letter_named_after_the_oldest(acme: Acme) -> None:
    """Three invoices overdue by more than thirty days make one letter."""
    day = date(2026, 9, 1)
    found = [job for job in jobs(acme(), day) if job.state is State.DUE]
    assert [(job.subject, [bill.number for bill in job.invoices]) for job in found] == [
        ("2026-014", ["2026-014", "2026-021", "2026-025"])
    ]


def test_the_higher_notice_goes_first_and_the_other_waits_four_days(acme: Acme) -> None:
    """One letter to a client in a run, and four days between any two."""
    home = acme(register=HEAD + row(date(2026, 8, 1), "first-notice", "2026-014"))
    found = jobs(home, date(2026, 9, 1))
    assert [(job.document, job.subject) for job in found if job.state is State.DUE] == [("second-notice", "2026-014")]
    waiting = [job for job in found if job.document == "first-notice" and job.state is State.WAITING]
    assert [(job.subject, job.on) for job in waiting] == [
        ("2026-021", date(2026, 9, 5)),
        ("2026-025", date(2026, 9, 5)),
    ]


SILENT = (
    "        signed: 2026-05-04\n",
    "",
)
WROTE = (
    "          - {date: 2026-05-04, event: replied}\n          - {date: 2026-06-20, event: delivered}\n",
    "",
)


@pytest.mark.parametrize("posted", range(4))
def test_every_day_of_silence_while_negotiating(acme: Acme, posted: int) -> None:
    """Follow-up after 5 days, last check-in 7 days after it was posted, closing 14 days after that."""
    ladder, days = ["follow-up", "last-check-in", "closing-the-loop"], [5, 12, 26]
    wrote = date(2026, 5, 2)
    rows = "".join(row(wrote + timedelta(d), n, "website") for d, n in zip(days[:posted], ladder, strict=False))
    home = alone(acme, SILENT, WROTE, ("            issued: 2026-07-01\n", "            issued: 2027-07-01\n"),
                 ("            due: 2026-07-31\n", ""), posted=rows)  # fmt: skip
    for day in range(120):
        there = sum(d <= day for d in days[:posted])
        ready = there < 3 and day >= days[there]
        assert due(home, wrote + timedelta(day)) == ([(ladder[there], "website")] if ready else []), day


@pytest.mark.parametrize("silence", [7, 14, 30])
def test_work_stops_after_the_contracts_days_of_silence(acme: Acme, silence: int) -> None:
    """An active project, our message unanswered."""
    home = alone(
        acme,
        ("  silence_days: 14 ", f"  silence_days: {silence} "),
        ("          - {date: 2026-06-20, event: delivered}\n", "          - {date: 2026-06-20, event: wrote}\n"),
        ("            issued: 2026-07-01\n", "            issued: 2027-07-01\n"),
        ("            due: 2026-07-31\n", ""),
    )
    for day in range(60):
        expected = [("stop-work", "website")] if day >= silence else []
        assert due(home, date(2026, 6, 20) + timedelta(day)) == expected, day


LEAST = [("us", "business", 10), ("is", "business", 10), ("es", "business", 30), ("uk", "business", 14)]


@pytest.mark.parametrize(("law", "kind", "least"), [*LEAST, ("uk", "consumer", 30)])
def test_a_final_notice_leaves_at_least_what_the_law_wants_and_ends_on_a_working_day(
    acme: Acme, law: str, kind: str, least: int
) -> None:
    """A weekend moves the deadline on, except beyond thirty days."""
    home = alone(acme, ("law: us ", f"law: {law} "), ("kind: business", f"kind: {kind}"), posted=(
        row(DUE + timedelta(30), "first-notice") + row(DUE + timedelta(60), "second-notice")))  # fmt: skip
    for late in range(90, 121):
        day = DUE + timedelta(late)
        (job,) = [job for job in jobs(home, day) if job.state is State.DUE]
        assert job.deadline
        assert timedelta(least) <= job.deadline - day <= timedelta(max(30, least))
        assert job.deadline.weekday() < 5 or job.deadline - day == timedelta(30)


def test_the_plan_says_why_with_dates_and_sums(acme: Acme) -> None:
    """A person can check the reason against the file."""
    (job,) = [job for job in jobs(alone(acme), date(2026, 9, 1)) if job.state is State.DUE]
    assert job.why == "Invoice 2026-025 was due on 2026-07-31, 32 days ago; 570.00 USD is unpaid."
