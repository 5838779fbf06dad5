"""What the plan says beside the ladders' days: reasons, deadlines, contract, schedule; the days are in test_ladders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from docgen import workday
from docgen.cli import papers as commands
from docgen.cli import workspace
from docgen.cli.workspace import Workspace
from docgen.plan import Job, State
from docgen.press import Press
from docgen.problem import Problems

Acme = Callable[..., Path]
HEAD = "date,client,project,subject,document,channel,tracking,sha256,amount,note\n"
ONE = ("          2026-014: {kind: deposit, issued: 2026-05-04}\n", "")
TWO = "          2026-021:\n            kind: balance\n            issued: 2026-06-22\n"
PAID = "            payments:\n              - {date: 2026-08-02, amount: 1000.00}\n"
DELIVERED = "          - {date: 2026-06-20, event: delivered}\n"
RECEIVED = f"{DELIVERED}          - {{date: 2026-06-22, event: received}}\n"
DUE = date(2026, 7, 31)  # of invoice 2026-025, the only one left in `alone`


def alone(acme: Acme, *changes: tuple[str, str], posted: str = "") -> Path:
    """Return a workspace with invoice 2026-025 as the only one, and what was *posted* about it."""
    return acme(ONE, (TWO + PAID, ""), (DELIVERED, RECEIVED), *changes, register=HEAD + posted)


def row(day: date, document: str, subject: str = "2026-025") -> str:
    """Return a line of the register."""
    return f"{day},acme,website,{subject},{document},,,,,\n"


def due(work: Workspace) -> list[Job]:
    """Return what is due."""
    return [job for job in work.plan(work.book.clients) if job.state is State.DUE]


def on(home: Path, day: date) -> list[Job]:
    """Return what is due on *day*, whatever happened later."""
    return due(workspace.open_(home, day, date.max))


def said(work: Workspace, job: Job) -> str:
    """Return the words of the document of *job*."""
    (order,) = commands.letters_due(work.desk(), [job])
    (made,) = Press(work.shelf, ("text",)).files(order)
    return made.content.decode()


def test_the_plan_says_why_with_dates_and_sums(acme: Acme) -> None:
    """A person can check the reason against the file."""
    (job,) = on(alone(acme), date(2026, 9, 1))
    assert job.why == (
        "Invoice 2026-025 was due on 2026-07-31, 32 days ago; 570.00 USD is unpaid. "
        "Deadline 2026-09-15: 14 days, as the schedule says."
    )


LEAST = [
    ("us", "business", "", 10),
    ("is", "business", "", 10),
    ("es", "business", "", 30),
    ("uk", "business", "", 14),
    ("uk", "business", "\n    sole_trader: true", 30),
    ("uk", "consumer", "", 30),
]


@pytest.mark.parametrize(("law", "kind", "trader", "least"), LEAST)
@pytest.mark.parametrize("country", ["US", "ES", "IS", "GB"])
def test_a_final_notice_leaves_what_the_law_wants_and_five_working_days(
    acme: Acme, law: str, kind: str, trader: str, least: int, country: str
) -> None:
    """For every day of a year, and never longer than thirty days, or than the law wants."""
    place = ("AZ 85701\n    country: US", f"AZ 85701\n    country: {country}")
    posted = row(DUE + timedelta(30), "first-notice") + row(DUE + timedelta(60), "second-notice")
    home = alone(acme, ("law: us ", f"law: {law} "), ("kind: business", f"kind: {kind}{trader}"), place, posted=posted)
    work = workspace.open_(home, DUE, date.max)
    for late in range(90, 456):
        day = DUE + timedelta(late)
        (job,) = [job for job in work.plan(work.book.clients, day) if job.state is State.DUE]
        assert job.limit
        left = job.limit.by - day
        assert max(timedelta(least), workday.add(day, 5, country) - day) <= left <= timedelta(30), day
        assert workday.is_open(job.limit.by, country) or left == timedelta(30), day
        assert f"Deadline {job.limit.by}: {least} days, the least under the law of" in job.why


@pytest.mark.parametrize(
    ("start", "country", "region", "fifth"),
    [
        ("2026-11-21", "US", "", "2026-11-30"),  # Thanksgiving
        ("2026-11-21", "ES", "MD", "2026-11-27"),
        ("2026-12-22", "IS", "", "2027-01-04"),  # Christmas Eve and New Year's Eve are half days
        ("2026-12-21", "GB", "ENG", "2026-12-30"),  # Boxing Day falls on a Saturday
        ("2026-12-21", "GB", "", "2026-12-30"),
        ("2026-07-09", "GB", "NIR", "2026-07-17"),
        ("2026-07-09", "GB", "ENG", "2026-07-16"),
    ],
)
def test_working_days_are_those_of_the_country_and_its_region(
    start: str, country: str, region: str, fifth: str
) -> None:
    """Half days count as closed, the states' own holidays of the United States as open."""
    assert workday.add(date.fromisoformat(start), 5, country, region) == date.fromisoformat(fifth)


PREVIOUS = ("    projects:\n", """    projects:
      first:
        title: First work
        fee: 1000.00
        signed: 2025-01-10
        history: [{date: 2025-02-01, event: delivered}, {date: 2025-02-02, event: received}]
        invoices:
          2025-001:
            issued: 2025-02-01
            payments: [{date: 2025-06-20, amount: 1061.64}]
            lines: [{item: First work, price: 1000.00}]
""")  # fmt: skip
LATE = "".join(
    row(day, name, "2025-001").replace("website", "first")
    for day, name in [
        (date(2025, 3, 17), "first-notice"),
        (date(2025, 4, 16), "second-notice"),
        (date(2025, 5, 16), "final-notice"),
    ]
)


def test_after_a_final_notice_the_next_contract_asks_for_everything_up_front(acme: Acme) -> None:
    """Unless the project says otherwise; a contract signed before that keeps its deposit."""
    unsigned = ("        signed: 2026-05-04\n", "")
    bare = ("          - {date: 2026-05-04, event: replied}\n" + DELIVERED, "")
    for changes, share in [
        ((), 1),
        ((("        fee: 8000.00\n", "        fee: 8000.00\n        deposit: 40%\n"),), 0.4),
    ]:
        home = acme(PREVIOUS, unsigned, bare, (TWO + PAID, ""), *changes, register=HEAD + LATE)
        book = workspace.open_(home, date(2026, 9, 1)).book
        client = book.clients[0]
        project = next(one for one in client.projects if one.id == "website")
        assert float(client.deposit(project, date(2026, 9, 1))) == share
        assert client.late_payer(project, date(2026, 9, 1)) == date(2025, 5, 16)
        assert client.late_payer(project, date(2025, 5, 15)) is None
        assert float(client.deposit(client.projects[0], date(2026, 9, 1))) == 0.5


SILENT = (DELIVERED, "          - {date: 2026-06-19, event: wrote, about: the colours}\n")
NO_BILLS = (
    """          2026-025:
            issued: 2026-07-01
            due: 2026-07-31
            lines:
              - {item: Extra round of revisions, quantity: 6, unit: hour, price: 95.00, tax: 0%}
""",
    "",
)
SETTLED = (
    "{kind: deposit, issued: 2026-05-04}",
    "{kind: deposit, issued: 2026-05-04, payments: [{date: 2026-05-10, amount: 4000.00}]}",
)
STOPPED = "".join(
    row(day, name, "website")
    for day, name in [
        (date(2026, 6, 23), "nudge"),
        (date(2026, 6, 30), "called"),
        (date(2026, 7, 3), "stop-work"),
    ]
)
TERMS = [
    ((), "Kill fee, 25% of the remaining $4,000.00  $1,000.00\nTo be invoiced  $1,000.00"),
    ((("fee: 8000.00", "fee: 8000.00\n        work_done: 60%"),),
     "−$4,000.00\nKill fee, 25% of the remaining $3,200.00  $800.00\nTo be invoiced  $1,600.00"),
    ((("kill_fee: 25%", "kill_fee: 0%"), ("fee: 8000.00", "fee: 8000.00\n        work_done: 60%")),
     "The account for the work done until today:"),
    ((("fee: 8000.00", "fee: 8000.00\n        without: [kill-fee]"),), "Nothing is owed beyond"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "words"), TERMS)
def test_a_termination_states_the_kill_fee_of_the_contract(
    acme: Acme, changes: tuple[tuple[str, str], ...], words: str
) -> None:
    """Sixty days after the message, under the clauses of the contract, with its share and its deposit."""
    home = acme(SILENT, (TWO + PAID, ""), NO_BILLS, SETTLED, *changes, register=HEAD + STOPPED)
    assert on(home, date(2026, 8, 17)) == []
    work = workspace.open_(home, date(2026, 8, 18))
    (job,) = due(work)
    assert job.document == "termination"
    made = said(work, job)
    numbers = work.desk().outline.numbers(job.client, job.project, work.day)
    assert words in made
    signed = "May\N{NO-BREAK SPACE}4,\N{NO-BREAK SPACE}2026"
    assert f"Under clause\N{NO-BREAK SPACE}{numbers['silence']} of our agreement of {signed}" in made
    assert f"Clause\N{NO-BREAK SPACE}{numbers['termination']} says" in made


def test_a_paid_principal_with_an_unpaid_late_fee_stays_on_the_ladder(acme: Acme) -> None:
    """The letter claims the fee alone; paid with the fee, there is no letter."""
    line = "              - {item: Extra round of revisions, quantity: 6, unit: hour, price: 95.00, tax: 0%}\n"
    for amount, letters in [("570.00", ["first-notice"]), ("579.00", [])]:
        paid = f"{line}            payments:\n              - {{date: 2026-09-01, amount: {amount}}}\n"
        assert [job.document for job in on(alone(acme, (line, paid)), date(2026, 9, 2))] == letters


def test_what_is_signed_later_does_not_change_what_was_invoiced(acme: Acme) -> None:
    """A deposit invoiced before another project was signed stays that of a first-time client."""
    unsigned = ("        signed: 2026-05-04\n", "")
    for signed in ("", "\n        signed: 2026-06-01"):
        other = (
            "    projects:\n",
            f"    projects:\n      other:\n        title: Other work\n        fee: 100.00{signed}\n",
        )
        home = acme(unsigned, (TWO + PAID, ""), other)
        assert workspace.open_(home, date(2026, 5, 5), date.max).book.invoices["2026-014"][2].net.amount == 4000


FOLLOW_UP = "{document: follow-up, after: 5, from: message, channel: email, call: follow-up-call}"
WRONG = [
    ("document: nudge,", "document: nugde,", ":24:18: there is no text `nugde`; did you mean `nudge`?"),
    ("call: last-check-in-call", "call: last-calls", ": there is no text `last-calls`"),
    ("document: resend,", "document: nudge,", ": `nudge` stands twice, and the register could not tell"),
    (
        FOLLOW_UP,
        "{document: follow-up, after: 5, from: last-check-in}",
        ":17:45: the schedule is circular: `follow-up` counts from `last-check-in`, a letter that waits for it",
    ),
    (
        FOLLOW_UP,
        "{document: follow-up, after: 5, from: follow-up}",
        ": the schedule is circular: `follow-up` counts from `follow-up`, itself",
    ),
    (FOLLOW_UP, "{document: follow-up, after: 5}", ": the first rung has none before it to count from; say `from: mes"),
    (FOLLOW_UP, "{document: follow-up, after: 5, from: mesage}", ": `from` is message, previous or a letter below"),
    (FOLLOW_UP, "{document: follow-up, after: soon, from: message}", ": `after`: 'soon' is no time to wait; write"),
    ("document: nudge,", "document: replied,", ": `replied` is no name for a letter: in the register it says what"),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG)
def test_a_wrong_schedule_is_one_clear_error_with_its_place(example: Path, old: str, new: str, message: str) -> None:
    """A text that does not exist, two rungs of one name, a circle, a time nobody knows."""
    path = example / "letters/schedule.yaml"
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new), encoding="utf-8")
    with pytest.raises(Problems) as wrong:
        workspace.open_(example, date(2026, 11, 23))
    assert len(wrong.value.problems) == 1
    assert message in str(wrong.value)
    assert str(wrong.value).startswith("letters/schedule.yaml:")


def test_a_business_changes_days_channels_and_gaps_and_adds_a_rung(example: Path) -> None:
    """All of it in the schedule and one text, no code."""
    path = example / "letters/schedule.yaml"
    text_ = path.read_text(encoding="utf-8").replace("after: 30, from: due, deadline: 14", "after: 10, from: due")
    text_ = text_.replace("gaps: {overdue: 14, client: 4}", "gaps: {overdue: 3, client: 1}")
    rung = "    - {document: friendly-call, after: 2 working days, from: first-notice, channel: phone}\n"
    text_ = text_.replace("    - {document: second-notice", f"{rung}    - {{document: second-notice")
    path.write_text(text_, encoding="utf-8")
    sheet = "# Call {client.name} about {claim.numbers}\n\n{sheet.facts}\n\nOwed: {claim.total}\n\n{lines.3}\n"
    for language in ("en", "es", "is"):
        (example / f"letters/{language}/friendly-call.md").write_text(sheet, encoding="utf-8")
    register = example / "register.csv"
    register.write_text(
        register.read_text(encoding="utf-8") + "2026-11-24,quill,almanac,2026-043,first-notice,,,,,\n", encoding="utf-8"
    )
    assert [job.document for job in on(example, date(2026, 11, 23)) if job.client.id == "quill"] == ["resend"]
    (call,) = [job for job in on(example, date(2026, 11, 26)) if job.client.id == "quill"]
    assert (call.document, call.call, call.on) == ("friendly-call", True, date(2026, 11, 26))
    work = workspace.open_(example, date(2026, 11, 26), date.max)
    assert "Call Quill & Reed Press Ltd about 2026-043" in said(work, call)
