"""What `docgen plan` tells a person: every job in its place, every line within the width, colours where they can be."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen import report
from docgen.cli import main, screen, workspace
from docgen.plan import State, ended
from docgen.plan.view import View
from docgen.report import explanation, overview, words
from docgen.report.outlook import Outlook
from docgen.report.page import Page, Tone

Acme = Callable[..., Path]
MONDAY = date(2026, 11, 23)
HEAD = "date,client,project,subject,document,channel,tracking,sha256,amount,note\n"
DEPOSIT = ("          2026-014: {kind: deposit, issued: 2026-05-04}\n", "")
BALANCE = "          2026-021:\n            kind: balance\n            issued: 2026-06-22\n"
PART = "            payments:\n              - {date: 2026-08-02, amount: 1000.00}\n"
FREE = ("late_fee: 1.5% per month", "late_fee: none")
DELIVERED = "          - {date: 2026-06-20, event: delivered}\n"
CONFIRMED = f"{DELIVERED}          - {{date: 2026-06-21, event: received}}\n"
RECEIVED = (DELIVERED, CONFIRMED)
DISPUTED = ("            due: 2026-07-31\n", "            due: 2026-07-31\n            hold: disputed\n")
LAST = "              - {item: Extra round of revisions, quantity: 6, unit: hour, price: 95.00, tax: 0%}\n"
RELAUNCH = "      relaunch:\n        title: Relaunch\n        fee: 5000.00\n"
WIDTHS = (60, 72, 80, 100, 133, 200)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
UNBROKEN = re.compile(rf"{DATE.pattern}|\w+-notice|[\d,.]+ [A-Z]{{3}}\b")
NOTICES = (
    "2026-08-30,acme,website,2026-025,first-notice,mail,,,,\n"
    "2026-09-29,acme,website,2026-025,second-notice,mail,,,,\n"
    "2026-10-29,acme,website,2026-025,final-notice,certified,RR123456785US,,,\n"
)


def seen(home: Path, day: date, *clients: str) -> Outlook:
    """Return what the plan has to say of the workspace on *day*."""
    work = workspace.open_(home, day, until=date.max)  # so that a look back is no mistake
    chosen, view = work.clients(clients), View(work.book, work.schedule, work.laws, day)
    return Outlook(view, chosen, work.plan(chosen), ended.ended(view, chosen))


def looked(found: Outlook, page: Page) -> Iterator[str]:
    """Return the lines of the overview of what was *found*."""
    return overview.told([overview.overview(found, page)], page)


def told(home: Path, day: date, width: int = 1000) -> dict[str, str]:
    """Return the sections of the overview by their headings, what stands below the last under an empty one."""
    parts = "\n".join(looked(seen(home, day), Page(width))).split("\n\n")
    *sections, rest = parts
    return {**dict(part.split("\n", 1) for part in sections), "": rest}


def explained(home: Path, day: date, *clients: str, width: int = 1000) -> str:
    """Return all that is said about *clients*, every client if none is named."""
    return "\n".join(explanation.explain(seen(home, day, *clients), Page(width)))


def alone(acme: Acme, *changes: tuple[str, str], posted: str = "") -> Path:
    """Return a workspace in which 2026-025, due on 2026-07-31, is the only invoice and the only matter."""
    return acme(DEPOSIT, (BALANCE + PART, ""), RECEIVED, *changes, register=HEAD + posted)


def paid(*lines: str) -> tuple[str, str]:
    """Return the change by which invoice 2026-025 has the payments of *lines*."""
    return (LAST, LAST + "            payments:\n" + "".join(f"              - {{{line}}}\n" for line in lines))


def negotiating(acme: Acme, *events: str, register: str = "") -> Path:
    """Return a workspace with one project that is not signed, and with what was said."""
    lines = "".join(f"          - {{{event}}}\n" for event in events)
    home = acme(DEPOSIT, (BALANCE + PART, ""), ("        signed: 2026-05-04\n", ""), register=register)
    text = (home / "clients.yaml").read_text(encoding="utf-8")
    head, _ = text.split("        history:")
    (home / "clients.yaml").write_text(f"{head}        history:\n{lines}", encoding="utf-8")
    return home


# The overview


@pytest.mark.parametrize("day", [date(2026, 10, 5), MONDAY, date(2027, 1, 18), date(2027, 6, 1)])
def test_every_document_of_the_example_stands_in_its_section_or_is_counted(example: Path, day: date) -> None:
    """What is due today, what waits for something, what is held once, what comes by its day; the rest as numbers."""
    found, jobs = told(example, day), seen(example, day).jobs
    today = found[f"To do today, {words.long(day)}"]
    for job in jobs:
        start = rf"(?m)^{job.document} +{job.client.id} +{re.escape(words.about(job))} +"
        line = rf"{start}{job.on} +{job.deadline or ''} *{words.how(job)}$"
        ahead = job.state is State.WAITING and not job.blocked
        assert bool(re.search(line, today)) == (job.state is State.DUE)
        assert bool(re.search(line, found.get("Coming in the next 30 days", ""))) == (
            ahead and (job.on - day).days <= 30
        )
        if job.state is State.HELD:
            assert len(re.findall(rf"(?m)^\S+ +{job.client.id} +{re.escape(words.about(job))} +", found["Held"])) == 1
    later = sum(job.state is State.WAITING and not job.blocked and (job.on - day).days > 30 for job in jobs)
    posted = {(job.client.id, job.document, job.on) for job in jobs if job.state is State.POSTED}
    assert found[""].startswith(f"Later than 30 days: {later}; posted so far: {len(posted)}. `docgen plan CLIENT`")


def test_calls_come_before_letters_and_what_comes_stands_by_its_day(example: Path) -> None:
    """The telephone first, the longest due before the others."""
    found = told(example, MONDAY)
    rows = [line for line in found["To do today, Monday 23 November 2026"].splitlines()[1:] if line[0] != " "]
    calls = [row.endswith("telephone") for row in rows]
    days = [dates(row)[0] for row in rows]
    assert calls == sorted(calls, reverse=True)
    assert days == sorted(days[: sum(calls)]) + sorted(days[sum(calls) :])
    comes = [dates(row)[0] for row in found["Coming in the next 30 days"].splitlines()[1:] if row[0] != " "]
    assert comes == sorted(comes)


def test_a_letter_about_several_invoices_names_the_oldest_and_counts_the_others(acme: Acme) -> None:
    """The row has all that the letter is, and the reason stands below it."""
    table = told(acme(RECEIVED), date(2026, 9, 1))["To do today, Tuesday 1 September 2026"].splitlines()
    assert table[0].split() == ["What", "For", "About", "Due", "since", "Deadline", "How"]
    assert table[1].split() == ["first-notice", "acme", "2026-014", "+2", "2026-06-17", "2026-09-15", "post"]
    assert table[2].startswith("    Invoice 2026-014 was due on 2026-05-18, 106 days ago; ")


def test_what_waits_says_for_what_and_only_once_for_what_comes_after_it(acme: Acme) -> None:
    """A reply stops all the notices above alike; another letter stops the one that would go today."""
    reply = "          - {date: 2026-08-10, event: replied}\n"
    found = told(alone(acme, (CONFIRMED, CONFIRMED + reply)), date(2026, 9, 1))
    (_, row, what, why) = found["Waiting"].splitlines()
    assert row.split() == ["first-notice", "acme", "2026-025", "2026-09-02", "post"]
    assert what == (
        "    waits for our answer to the client's reply of 2026-08-10; "
        "so do the second-notice and the final-notice"
    )  # fmt: skip
    assert why.startswith("    Invoice 2026-025 was due on 2026-07-31")
    assert found["To do today, Tuesday 1 September 2026"] == "Nothing is due today."
    assert "Coming in the next 30 days" not in found


def test_what_is_held_stands_once_with_the_reason(acme: Acme) -> None:
    """Not again for every rung above."""
    found = told(alone(acme, DISPUTED), date(2026, 9, 1))
    (_, row, why) = found["Held"].splitlines()
    assert row.split()[:3] == ["first-notice", "acme", "2026-025"]
    assert why.endswith("It is held: disputed. So are the second-notice and the final-notice.")


def test_a_last_letter_that_was_for_nothing_is_to_be_taken_to_court(acme: Acme) -> None:
    """From the day after its deadline, with the deadline and where the evidence is."""
    home = alone(acme, posted=NOTICES)
    (limit,) = [job.deadline for job in seen(home, MONDAY).jobs if job.document == "final-notice"]
    assert limit == date(2026, 11, 9)
    assert told(home, limit)["To do today, Monday 9 November 2026"] == "Nothing is due today."
    (_, row, why, evidence) = told(home, MONDAY)["To do today, Monday 23 November 2026"].splitlines()
    assert row.split() == ["court", "acme", "2026-025", "2026-11-10", "2026-11-09"]
    assert "Its deadline passed on 2026-11-09: take it to court" in why
    assert "`docgen statement acme`" in evidence
    assert "`posted/acme/`" in evidence
    for text in (why, evidence):
        assert text.strip() in explained(home, MONDAY, "acme")


def test_nothing_to_do_is_said_in_one_line(acme: Acme) -> None:
    """A heading, the line, and what is left out."""
    assert told(negotiating(acme, "date: 2026-11-01, event: replied"), MONDAY) == {
        "To do today, Monday 23 November 2026": "Nothing is due today.",
        "": "Later than 30 days: 0; posted so far: 0. `docgen plan CLIENT` shows all of one client.",
    }


def test_what_comes_in_thirty_days_is_shown_and_what_comes_later_is_counted(acme: Acme) -> None:
    """The invoice goes out again on 2026-08-07, and the notices later than that."""
    for day, coming, later in ((7, False, 4), (8, True, 3)):
        found = told(alone(acme), date(2026, 7, day))
        assert ("Coming in the next 30 days" in found) == coming
        assert found[""].startswith(f"Later than 30 days: {later};")


# What was taken away


def test_an_invoice_paid_late_and_in_full_is_named_for_thirty_days(acme: Acme) -> None:
    """Where no late fee is agreed nothing more is owed."""
    home = alone(acme, FREE, paid("date: 2026-10-24, amount: 570.00"))
    line = "  acme/website: Invoice 2026-025 was paid in full on 2026-10-24: no more letters about it."
    assert "Taken away lately" not in told(home, date(2026, 10, 23))
    for day in (date(2026, 10, 24), MONDAY):
        assert told(home, day)["Taken away lately"] == line
        assert line.strip().split(": ", 1)[1] in explained(home, day, "acme")
    assert "Taken away lately" not in told(home, date(2026, 11, 24))


def test_an_invoice_paid_in_time_was_never_on_the_ladder(acme: Acme) -> None:
    """On the day it is due is in time."""
    assert "Taken away lately" not in told(
        alone(acme, FREE, paid("date: 2026-07-31, amount: 570.00")), date(2026, 8, 1)
    )


def test_a_paid_invoice_stays_while_its_late_fee_is_unpaid(acme: Acme) -> None:
    """Posted letters or not; and it is gone with the day the fee is paid."""
    principal = "date: 2026-11-01, amount: 570.00"
    for posted in ("", NOTICES):
        home = alone(acme, paid(principal), posted=posted)
        assert "Taken away lately" not in told(home, date(2026, 11, 2))
        (fee,) = {found for job in seen(home, MONDAY).jobs for found in re.findall(r"late fee of (\S+) USD", job.why)}
        home = alone(acme, paid(principal, f"date: 2026-11-20, amount: {fee}"), posted=posted)
        assert told(home, MONDAY)["Taken away lately"] == (
            "  acme/website: Invoice 2026-025 and its late fee were paid in full on 2026-11-20: "
            "no more letters about it."
        )


def test_a_silence_that_was_broken_is_named_if_it_lasted_a_day(acme: Acme) -> None:
    """An answer on the same day broke none, and one to a letter that is waited for again is of no use."""
    wrote, reply = "date: 2026-11-12, event: wrote", "date: 2026-11-20, event: replied"
    assert told(negotiating(acme, wrote, reply), MONDAY)["Taken away lately"] == (
        "  acme/website: The client replied on 2026-11-20 to our message of 2026-11-12: nothing more is due about it."
    )
    for events in (
        (wrote,),
        (wrote, "date: 2026-11-12, event: replied"),
        (wrote, reply, "date: 2026-11-21, event: wrote"),
    ):
        assert "Taken away lately" not in told(negotiating(acme, *events), MONDAY)


@pytest.mark.parametrize("answer", ["2026-06-30, event: replied", "2026-06-21, event: received"])
def test_an_answer_after_the_delivery_took_no_letter_away(acme: Acme, answer: str) -> None:
    """The delivery had ended the wait, and about a message after it none was to come."""
    before = "          - {date: 2026-06-18, event: wrote}\n"
    after = f"          - {{date: 2026-06-20, event: wrote}}\n          - {{date: {answer}}}\n"
    for history in (before + CONFIRMED, DELIVERED + after):
        home = acme(DEPOSIT, (BALANCE + PART, ""), (DELIVERED, history))
        assert "Taken away lately" not in told(home, date(2026, 7, 1))


def test_an_invoice_that_was_credited_is_not_called_paid(acme: Acme) -> None:
    """The day is that of the credit note."""
    note = "          R1: {kind: credit, credits: 2026-025, issued: 2026-11-16}\n"
    assert told(alone(acme, FREE, (LAST, LAST + note)), MONDAY)["Taken away lately"] == (
        "  acme/website: Invoice 2026-025 was credited in full on 2026-11-16: no more letters about it."
    )


def test_a_no_ends_the_silence_once_the_call_about_it_is_made(acme: Acme) -> None:
    """Until then there is something to do about it."""
    events = ("date: 2026-11-12, event: wrote", "date: 2026-11-19, event: declined")
    assert "Taken away lately" not in told(negotiating(acme, *events), MONDAY)
    found = told(negotiating(acme, *events, "date: 2026-11-20, event: called"), MONDAY)
    assert "The client said no on 2026-11-19 to our message of 2026-11-12" in found["Taken away lately"]


# Late payers


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "the contract asks for the whole fee in advance."),
        ("        deposit: {first: 50%, repeat: 50%}\n", "the project says its own deposit."),
        ("        signed: 2026-11-01\n", None),
        ("        history: [{date: 2026-11-02, event: declined}]\n", None),
    ],
)
def test_before_a_contract_with_a_late_payer_the_rate_is_reviewed(acme: Acme, more: str, said: str | None) -> None:
    """As long as the contract is not signed, and the project not declined."""
    home = alone(acme, (LAST, LAST + RELAUNCH + more), posted=NOTICES)
    expected = f"acme/relaunch: review the rate: a final notice was needed on 2026-10-29; {said}"
    assert told(home, MONDAY).get("Review the rate") == (f"  {expected}" if said else None)
    assert (expected in explained(home, MONDAY, "acme")) == bool(said)
    (client,) = seen(home, MONDAY).clients
    assert [report.late_payer(client, project, MONDAY) for project in client.projects] == ["", expected if said else ""]
    assert "Review the rate" not in told(alone(acme, (LAST, LAST + RELAUNCH + more)), MONDAY)


# One client in full


@pytest.mark.parametrize("day", [date(2026, 8, 1), date(2026, 10, 1), MONDAY, date(2027, 3, 1)])
def test_the_explanation_lists_every_rung_of_every_ladder_in_its_order(example: Path, day: date) -> None:
    """Each ladder that has a document has all of the schedule's, with the full reason for what is not posted."""
    found = seen(example, day)
    for client in found.clients:
        text = explained(example, day, client.id)
        mine = [job for job in found.jobs if job.client is client]
        assert text.startswith(f"{client.id}: {client.name}, ")
        for name, subject in {(found.ladder(job), subject) for job in mine for subject in job.subjects}:
            below = text.split(f"  Ladder `{name}`, {'invoice' if name == 'overdue' else 'project'} {subject}\n")[1]
            lines = re.match(r"(?:    .*\n?)+", below)
            assert lines
            rows = [line.split()[0] for line in lines[0].splitlines()[1:] if line[4] != " "]
            names = [rung.names for rung in found.view.schedule.ladders[name]]
            places = [next(place for place, some in enumerate(names) if row in some) for row in rows]
            assert places == sorted(places)
            assert set(places) == set(range(len(names)))
        for job in mine:
            assert re.search(rf"    {job.document} +{job.state} +{job.on} +{job.deadline or ''}", text)
            assert job.state is State.POSTED or job.why in text


def test_a_rung_without_a_document_was_passed_over_or_has_lapsed_or_is_not_needed(acme: Acme) -> None:
    """By hand the second notice went out first, and then the money came."""
    posted = "2026-09-29,acme,website,2026-025,second-notice,mail,,,,\n"
    states = [("resend", "lapsed"), ("first-notice", "passed over"), ("second-notice", "posted")]
    ladder = r"(?m)^    ([a-z]+-?[a-z]+)  +(lapsed|passed over|not needed|posted|waiting)"
    home = alone(acme, FREE, posted=posted)
    assert re.findall(ladder, explained(home, date(2026, 10, 1))) == [*states, ("final-notice", "waiting")]
    home = alone(acme, FREE, paid("date: 2026-10-05, amount: 570.00"), posted=posted)
    assert re.findall(ladder, explained(home, MONDAY)) == [*states, ("final-notice", "not needed")]


def test_every_fact_names_the_line_it_stands_on_and_none_is_of_a_later_day(example: Path) -> None:
    """A person finds it there."""
    files = {
        name: (example / name).read_text(encoding="utf-8").splitlines() for name in ("clients.yaml", "register.csv")
    }
    for day in (date(2026, 9, 1), MONDAY):
        facts = re.findall(r"(?m)^ +(\d{4}-\d\d-\d\d)  ([a-z.]+):(\d+) +(.*)", explained(example, day))
        assert len(facts) > 20
        for on, name, line, what in facts:
            there = files[name][int(line) - 1]
            number = re.match(r"(?:invoice|credit note) (\S+) ", what)
            assert (number[1] if number else on) in there
            assert date.fromisoformat(on) <= day


def test_the_facts_of_a_client_tell_what_was_said_asked_paid_and_posted(acme: Acme) -> None:
    """In the order of the dates, with about and tracking number."""
    home = acme(RECEIVED, register=HEAD + NOTICES + "2026-11-02,acme,website,2026-025,payment,,,,70.00,\n")
    text = explained(home, MONDAY, "acme")
    facts = [line.split(maxsplit=2)[2] for line in text.split("  Facts\n")[1].split("  Ladder")[0].splitlines()]
    assert text.splitlines()[0] == (
        "acme: Acme Robotics, Inc., business, country US, language en, law us, prefers email"
    )  # fmt: skip
    assert "acme/website: Website redesign (delivered)\n  Terms: fee 8,000.00 USD, deposit 50%" in text
    assert facts == [
        "we wrote (proposal)",
        "the contract was signed",
        "the client replied",
        "invoice 2026-014 (deposit): 4,000.00 USD, due 2026-05-18",
        "we delivered",
        "the client confirmed receipt",
        "invoice 2026-021 (balance): 4,000.00 USD, due 2026-07-06",
        "invoice 2026-025 (lines): 570.00 USD, due 2026-07-31",
        "1,000.00 USD was paid on invoice 2026-021",
        "posted the first-notice about 2026-025, post",
        "posted the second-notice about 2026-025, post",
        "posted the final-notice about 2026-025, certified post, tracking number RR123456785US",
        "70.00 USD was paid on invoice 2026-025",
    ]


def test_what_was_posted_about_no_project_stands_with_the_client(acme: Acme) -> None:
    """A statement of account, unless the register says for which project."""
    for project, indent in (("", "  "), ("website", "    ")):
        home = alone(acme, posted=f"2026-11-02,acme,{project},acme,statement,email,,,,\n")
        line = rf"(?m)^{indent}2026-11-02  register.csv:2 +posted the statement about acme, e-mail$"
        assert re.search(line, explained(home, MONDAY))


def test_a_client_without_anything_says_so(acme: Acme) -> None:
    """Without projects, and with one in which nothing happened."""
    home = acme()
    text = (home / "clients.yaml").read_text(encoding="utf-8").split("    projects:")[0]
    (home / "clients.yaml").write_text(text, encoding="utf-8")
    assert "the client has no projects" in explained(home, MONDAY, "acme")
    (home / "clients.yaml").write_text(f"{text}    projects:\n{RELAUNCH}", encoding="utf-8")
    assert "Nothing happened yet." in explained(home, MONDAY, "acme")


# Lines


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_longer_than_the_page_and_no_date_is_broken(example: Path, acme: Acme, width: int) -> None:
    """Nor is a letter's name or a sum: of the example and of a client with a very long name."""
    long = alone(acme, ("  acme: ", f"  {'acme' * 15}: "), posted=NOTICES.replace(",acme,", f",{'acme' * 15},"))
    for home in (example, long):
        for text in (
            tuple(looked(seen(home, MONDAY), Page(width))),
            explained(home, MONDAY, width=width).splitlines(),
        ):
            assert max(map(len, text)) <= width
            assert not any(line.endswith(" ") for line in text)
        wide, narrow = (explained(home, MONDAY, width=some) for some in (1000, width))
        assert UNBROKEN.findall(narrow) == UNBROKEN.findall(wide)
        assert set(dates("\n".join(told(home, MONDAY, width).values()))) == set(
            dates("\n".join(told(home, MONDAY).values()))
        )


@pytest.mark.parametrize("width", [80, 100, 200])
def test_the_columns_of_all_sections_begin_at_the_same_place(example: Path, width: int) -> None:
    """On a page wide enough for one line a row; a narrower one has more lines, aligned as well."""
    rows = [line for text in told(example, MONDAY, width).values() for line in text.splitlines() if line[:1] != " "]
    starts = {found.start() for row in rows if (found := re.search(r"(?<= )2026-\d\d-\d\d(?= )", row))}
    assert len(starts) == 1
    narrow = "\n".join(told(example, MONDAY, 60).values()).splitlines()
    assert all(re.match(r"  2026-\d\d-\d\d ", below) for row, below in pairwise(narrow) if row.startswith("nudge "))


def dates(text: str) -> list[str]:
    """Return every date in *text*."""
    return DATE.findall(text)


def test_a_day_has_its_english_name_whatever_the_system_speaks() -> None:
    """The names are the program's own."""
    assert [words.long(date(2026, 11, day)) for day in (1, 23)] == ["Sunday 1 November 2026", "Monday 23 November 2026"]


# The command


def test_json_is_the_list_of_all_documents_and_nothing_else(example: Path) -> None:
    """With and without clients named, on the day and later."""
    for names in ([], ["vidal"], ["harrow", "vidal"]):
        ran = CliRunner().invoke(main, ["--home", str(example), "plan", "--json", "--today", str(MONDAY), *names])
        assert json.loads(ran.stdout) == [
            {
                "client": job.client.id,
                "project": job.project.id,
                "subject": job.subject,
                "document": job.document,
                "state": job.state.value,
                "date": str(job.on),
                "deadline": str(job.deadline) if job.deadline else None,
                "why": job.why,
            }
            for job in seen(example, MONDAY, *names).jobs
        ]


def test_without_a_terminal_there_are_no_colours_and_a_hundred_columns(example: Path) -> None:
    """The command prints what the report says."""
    for names in ([], ["vidal"]):
        ran = CliRunner().invoke(main, ["--home", str(example), "plan", "--today", str(MONDAY), *names])
        tell = explanation.explain if names else looked
        assert ran.stdout.splitlines() == list(tell(seen(example, MONDAY, *names), Page(100)))
        assert "\x1b" not in ran.stdout


def test_colours_are_for_terminals_and_never_with_no_color() -> None:
    """Set but empty, NO_COLOR says nothing."""
    assert screen.coloured({}, terminal=True)
    assert screen.coloured({"NO_COLOR": ""}, terminal=True)
    assert not screen.coloured({"NO_COLOR": "1"}, terminal=True)
    assert not screen.coloured({}, terminal=False)
    assert screen.paint("x", Tone.PLAIN) == "x"


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_a_terminal_gets_its_width_and_its_colours(acme: Acme, no_color: str, coloured: bool) -> None:  # noqa: FBT001
    """A real one, seventy columns wide; but for the colours it shows what the report says."""
    home = alone(acme, posted=NOTICES)
    mine, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 70, 0, 0))
    env = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")} | {"NO_COLOR": no_color}
    command = [sys.executable, "-m", "docgen", "--home", str(home), "plan", "--today", str(MONDAY)]
    subprocess.run(command, stdout=theirs, env=env, check=True, cwd=Path(__file__).parent.parent)
    os.close(theirs)
    text = drained(mine).decode().replace("\r\n", "\n")
    assert ("\x1b[31mcourt" in text) == ("\x1b[1mTo do today" in text) == ("\x1b[2m" in text) == coloured
    assert re.sub(r"\x1b\[\d+m", "", text).splitlines() == list(looked(seen(home, MONDAY), Page(70)))


def drained(handle: int) -> bytes:
    """Return all that was written to a terminal whose other side is closed."""
    found = b""
    with contextlib.suppress(OSError):  # which is how Linux says that there is no more
        while more := os.read(handle, 4096):
            found += more
    os.close(handle)
    return found


def test_what_is_held_is_yellow_and_a_deadline_within_a_week_red(acme: Acme) -> None:
    """Seven days before it and on the day itself, not eight days before and not afterwards."""
    home = alone(acme, posted=NOTICES.splitlines(keepends=True)[0])  # its deadline is 2026-09-14
    for day, red in ((6, False), (7, True), (14, True), (15, False)):
        lines = explanation.explain(
            seen(home, date(2026, 9, day)), Page(paint=lambda text, tone: f"{tone.name}<{text}>")
        )
        assert any("ALARM<2026-09-14>" in line for line in lines) == red
    held = alone(acme, ("    name: Acme", "    hold: a reason\n    name: Acme"))
    page = Page(paint=lambda text, tone: f"{tone.name}<{text}>")
    assert any(line.startswith("HELD<first-notice>") for line in looked(seen(held, MONDAY), page))


def test_the_line_after_a_run_counts_what_was_made_and_says_once_what_is_held(acme: Acme) -> None:
    """Three rungs are held for one reason."""
    found = seen(alone(acme, DISPUTED), MONDAY)
    assert report.run(found.clients[0], found.jobs, [], MONDAY) == (
        "acme: nothing made for 2026-025: Invoice 2026-025 was due on 2026-07-31, 115 days ago; 570.00 USD is unpaid. "
        "It is held: disputed. Next: nothing is foreseen."
    )
