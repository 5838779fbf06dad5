"""What was really posted, said and paid: `posted`, `log`, `paid`, and the register they write."""

from __future__ import annotations

import csv
import hashlib
import json
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from docgen import disk, gate
from docgen.cli import main, record
from docgen.problem import Problems
from docgen.records import register
from docgen.records.register import COLUMNS, HEAD, Row

Acme = Callable[..., Path]
DAY = "2026-09-01"
NOTICE = "acme/2026-014-first-notice"
KEPT = f"posted/acme/{DAY}-2026-014-first-notice.pdf"
CONTRACT = f"2026-05-04,acme,website,website,contract,mail,,,,{'x' * 1900}\n"
LIMITED = """
import resource, sys
from docgen.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)), resource.RLIM_INFINITY))
main()
"""
HOLDING = """
import sys, time
from pathlib import Path
from docgen import disk
with disk.alone(Path(sys.argv[1]), "docgen posted"):
    print("held", flush=True)
    time.sleep(60)
"""


def run(home: Path, *words: str) -> Result:
    """Run a command on the workspace *home* as of the day."""
    return CliRunner().invoke(main, ["--home", str(home), "--today", DAY, *words], catch_exceptions=False)


def letters(home: Path, *options: str) -> Path:
    """Make the letters that are due in *home*; return it."""
    assert run(home, "letters", "acme", *options).exit_code == 0
    return home


def rows(home: Path) -> list[dict[str, str]]:
    """Return the lines of the register as a spreadsheet reads them."""
    with (home / "register.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def state(home: Path) -> dict[str, bytes]:
    """Return what is recorded in *home*: the register and the files kept."""
    paths = [home / "register.csv", *(home / "posted").rglob("*")]
    return {str(path.relative_to(home)): path.read_bytes() for path in paths if path.is_file()}


def states(home: Path) -> dict[str, str]:
    """Return where each document about the oldest invoice stands."""
    jobs = json.loads(run(home, "plan", "--json").stdout)
    return {job["document"]: job["state"] for job in jobs if job["subject"] == "2026-014"}


def start(home: Path, *words: str) -> subprocess.Popen[str]:
    """Start a command on *home* in a process of its own."""
    command = [sys.executable, "-m", "docgen", "--home", str(home), "--today", DAY, *words]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def limited(home: Path, size: int, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command on *home* that can write no file longer than *size*."""
    command = [sys.executable, "-B", "-c", LIMITED, str(size), "--home", str(home), "--today", DAY, *words]
    return subprocess.run(command, text=True, capture_output=True, check=False)


def test_what_was_posted_is_a_line_and_the_very_file(acme: Acme) -> None:
    """The plan goes on from there; the line names every invoice of the letter, and the file cannot be changed."""
    home = letters(acme())
    content = (home / f"out/{NOTICE}.pdf").read_bytes()
    ran = run(home, "posted", NOTICE, "--tracking", "RB 12", "--channel", "certified", "--note", "from the main office")
    assert (ran.stdout, ran.stderr) == (f"posted {NOTICE} on {DAY}, kept as {KEPT}\n", "")
    cells = [DAY, "acme", "website", "2026-014 2026-021 2026-025", "first-notice", "certified", "RB 12"]
    cells += [hashlib.sha256(content).hexdigest(), "", "from the main office"]
    assert [list(row.values()) for row in rows(home)] == [cells]
    assert ((home / KEPT).read_bytes(), (home / KEPT).stat().st_mode & 0o777) == (content, 0o444)
    assert states(home) == {"first-notice": "posted", "second-notice": "waiting", "final-notice": "waiting"}


@pytest.mark.parametrize(
    "name", [NOTICE, f"{NOTICE}.pdf", f"{NOTICE}.docx", f"out/{NOTICE}.docx", f"{{home}}/out/{NOTICE}"]
)
def test_a_letter_is_named_by_its_file_or_by_what_it_is(acme: Acme, name: str) -> None:
    """The format that was named counts, and the PDF where none was."""
    home = letters(acme(), "--format", "both")
    form = "docx" if name.endswith("docx") else "pdf"
    run(home, "posted", name.format(home=home), NOTICE if form == "pdf" else name)
    assert [row["document"] for row in rows(home)] == ["first-notice"]
    assert list(state(home))[1:] == [KEPT.replace("pdf", form)]


def test_a_letter_in_this_folder_is_named_by_its_file_alone(acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan of what was signed is a file like any other, and differs from what would be made."""
    home = acme()
    scan = home / "scans/acme/2026-014-first-notice.PDF"
    scan.parent.mkdir(parents=True)
    scan.write_bytes(b"%PDF-signed")
    monkeypatch.chdir(scan.parent)
    assert "is not what would be made on 2026-09-01" in run(home, "posted", scan.name).stderr
    assert (home / KEPT).read_bytes() == b"%PDF-signed"


NOT_DUE = {
    "acme/2026-014-second-notice": "is not due on 2026-09-01, but waiting: Invoice 2026-014 was due on 2026-05-18",
    "acme/2026-021-first-notice": f"goes out in one letter with others: name `{NOTICE}`",
    "acme/2026-014-frist-notice": f"did you mean `{NOTICE}`? Due on {DAY}: acme/website-receipt-check, {NOTICE}",
    "out/acme/website-contract.pdf": "there is no letter `acme/website-contract`",
    "acmo/2026-014-first-notice": "there is no client `acmo`; did you mean `acme`? A letter is called CLIENT/",
    "first-notice": "its client is missing. A letter is called CLIENT/SUBJECT-DOCUMENT",
    NOTICE: "there is no such file; make it with `docgen letters acme`",
}


def test_all_that_is_not_due_is_refused_at_once(acme: Acme) -> None:
    """Each with its reason, and nothing is written."""
    home = acme()
    ran = run(home, "posted", *NOT_DUE)
    assert ran.exit_code == 1
    said = dict(line.split(": ", 1) for line in ran.stderr.splitlines()[:-1])
    assert [name for name, message in NOT_DUE.items() if message not in said[name]] == []
    assert ran.stderr.splitlines()[-1] == f"{len(NOT_DUE)} mistakes; nothing was written."
    assert not (home / "register.csv").exists()


def test_one_wrong_letter_keeps_the_right_one_from_being_recorded(acme: Acme) -> None:
    """Neither a line nor a file."""
    home = letters(acme())
    assert run(home, "posted", NOTICE, "acme/2026-014-final-notice").exit_code == 1
    assert state(home) == {}


def test_one_letter_in_two_formats_is_refused(acme: Acme) -> None:
    """Only one of the files can be what was posted."""
    home = letters(acme(), "--format", "both")
    ran = run(home, "posted", f"{NOTICE}.pdf", f"{NOTICE}.docx")
    assert (ran.exit_code, state(home)) == (1, {})
    assert f"{NOTICE}.docx: is the same letter as {home}/out/{NOTICE}.pdf; name the file that was posted" in ran.stderr


def test_a_letter_on_hold_is_not_posted(acme: Acme) -> None:
    """The owner's own reason is said."""
    home = acme(("    prefers: email", "    hold: in mediation\n    prefers: email"))
    assert "but held: " in run(home, "posted", NOTICE).stderr
    assert "in mediation" in run(home, "posted", NOTICE).stderr


@pytest.mark.parametrize(("on", "message"), [
    (DAY, "was posted already on 2026-08-20"),
    ("2026-08-10", "was posted already on 2026-08-20, says register.csv:2:1"),
    ("2026-09-02", "2026-09-02 is after today, 2026-09-01"),
])  # fmt: skip
def test_nothing_is_posted_twice_or_in_the_future(acme: Acme, on: str, message: str) -> None:
    """Not even on a day before that of the line there is."""
    home = letters(acme())
    assert run(home, "posted", NOTICE, "--on", "2026-08-20").exit_code == 0
    before = state(home)
    ran = run(home, "posted", NOTICE, "--on", on)
    assert (ran.exit_code, state(home)) == (1, before)
    assert f"{NOTICE}: {message}" in ran.stderr


def test_a_file_of_another_day_is_kept_as_it_is_with_a_warning(acme: Acme) -> None:
    """What was posted counts, not what would be made."""
    home = letters(acme())
    content = (home / f"out/{NOTICE}.pdf").read_bytes()
    ran = run(home, "posted", NOTICE, "--on", "2026-08-30")
    assert f"{NOTICE}.pdf: is not what would be made on 2026-08-30" in ran.stderr
    assert (home / KEPT.replace(DAY, "2026-08-30")).read_bytes() == content


def test_a_letter_that_cannot_be_made_again_is_recorded_with_a_warning(acme: Acme) -> None:
    """A text that was broken since does not undo what went out."""
    home = letters(acme())
    (home / "contracts").mkdir()
    ran = run(home, "posted", NOTICE)
    assert "cannot be made again to compare it: contracts/" in ran.stderr
    assert len(rows(home)) == 1


def test_a_crash_between_file_and_line_does_no_harm(acme: Acme) -> None:
    """The next run finds the file and adds the line; another file in its place is never overwritten."""
    home = letters(acme())
    kept = home / KEPT
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"another")
    ran = run(home, "posted", NOTICE)
    assert (ran.exit_code, state(home)) == (1, {KEPT: b"another"})
    assert f"{KEPT}: another file is kept here already" in ran.stderr
    kept.write_bytes((home / f"out/{NOTICE}.pdf").read_bytes())
    assert run(home, "posted", NOTICE).exit_code == 0
    assert len(rows(home)) == 1


def test_all_are_the_letters_that_are_due_and_no_call_sheets(acme: Acme) -> None:
    """All of them or none; where nothing is due it says so, and writes nothing."""
    home = acme(("2026-06-20, event: delivered}", "2026-06-20, event: declined}"))
    ran = run(home, "posted", "--all")
    assert f"{NOTICE}: there is no such file" in ran.stderr
    assert run(home, "posted", "--all", "--on", "2026-05-10").stdout == (
        "No letter is due on 2026-05-10; nothing was recorded.\n"
    )
    assert state(home) == {}
    letters(home)
    run(home, "posted", "--all")
    assert [row["document"] for row in rows(home)] == ["first-notice"]


def test_a_call_sheet_may_be_named_and_is_a_call(acme: Acme) -> None:
    """It counts like a call that was logged."""
    home = letters(acme(("2026-06-20, event: delivered}", "2026-06-20, event: declined}")))
    assert run(home, "posted", "acme/website-after-no").exit_code == 0
    assert [(row["document"], row["channel"]) for row in rows(home)] == [("after-no", "phone")]


USAGE = [
    ("posted",),
    ("posted", NOTICE, "--all"),
    ("posted", NOTICE, "acme/2026-025-resend", "--tracking", "1"),
    ("posted", NOTICE, "--note", "a\x07b"),
    ("posted", NOTICE, "--channel", "pigeon"),
    ("log", "acme/wobsite", "called"),
    ("log", "acmo", "called"),
    ("log", "acme", "phoned"),
    ("log", "acme", "called", "--about", "x" * 2001),
    ("log", "acme", "called", "--on", "1/9/2026"),
    ("paid", "2026-14", "10"),
    ("paid", "2026-014", "1.250"),
    ("paid", "2026-014", "1,250.00"),
    ("paid", "2026-014", "10.005"),
]


@pytest.mark.parametrize("words", USAGE)
def test_wrong_usage_exits_with_2_and_writes_nothing(acme: Acme, words: tuple[str, ...]) -> None:
    """What was typed cannot be understood."""
    home = acme()
    assert run(home, *words).exit_code == 2
    assert state(home) == {}


def test_an_event_is_noted_and_the_plan_says_what_follows(acme: Acme) -> None:
    """A reply makes the letters wait for ours; a call made after it lets them go on."""
    home = acme()
    said = run(home, "log", "acme", "replied", "--about", "  will pay\tsoon ").stdout.splitlines()
    assert said[0] == "noted acme/website: replied on 2026-09-01"
    assert said[1].startswith("Nothing is due now. Next: ")
    assert said[1].endswith("it waits for our answer to the client's reply of 2026-09-01.")
    assert (
        run(home, "log", "acme/website", "called")
        .stdout.splitlines()[1]
        .startswith("Now due: first-notice (2026-014).")
    )
    assert [list(row.values()) for row in rows(home)] == [
        [DAY, "acme", "website", "website", "replied", "", "", "", "", "will pay soon"],
        [DAY, "acme", "website", "website", "called", "", "", "", "", ""],
    ]


@pytest.mark.parametrize(("words", "message"), [
    (("replied", "--on", "2026-05-04"), "acme/website: `replied` on 2026-05-04 is recorded already, in clients.yaml:"),
    (("met", "--on", "2026-08-01"), "acme/website: `met` on 2026-08-01 is recorded already, in register.csv:2:1"),
    (("signed",), "acme/website: was signed on 2026-05-04 already, says clients.yaml:"),
    (("declined",), "acme/website: was declined on 2026-08-02 already, says register.csv:3:1"),
    (("called", "--on", "2026-09-02"), "acme/website: 2026-09-02 is after today, 2026-09-01"),
])  # fmt: skip
def test_an_event_that_cannot_be_is_not_noted(acme: Acme, words: tuple[str, ...], message: str) -> None:
    """Twice on a day, twice at all where it happens once, or not yet."""
    home = acme(register=f"{HEAD}2026-08-01,acme,website,,met,,,,,\n2026-08-02,acme,website,,declined,,,,,\n")
    before = state(home)
    ran = run(home, "log", "acme", *words)
    assert (ran.exit_code, state(home)) == (1, before)
    assert message in ran.stderr


def test_the_project_must_be_said_where_there_are_several(acme: Acme) -> None:
    """The message names them."""
    home = acme(("    projects:\n", "    projects:\n      poster:\n        title: Poster\n"))
    assert "say which project: acme/poster or acme/website" in run(home, "log", "acme", "called").stderr
    assert run(home, "log", "acme/poster", "called").exit_code == 0


def test_a_payment_counts_at_once(acme: Acme) -> None:
    """The letters go on for the late fee alone, and stop when that is paid too."""
    home = acme()
    said = run(home, "paid", "2026-014", "4000", "--note", "transfer").stdout.splitlines()
    assert said == [
        "paid 2026-014: 4,000.00 USD on 2026-09-01",
        "209.10 USD of its late fee is left on 2026-09-01. Letters about it go on: the first-notice is due.",
    ]
    assert run(home, "paid", "2026-014", "209.10").stdout.endswith("Nothing is left. No more letters about it.\n")
    assert [(row["subject"], row["document"], row["amount"], row["note"]) for row in rows(home)] == [
        ("2026-014", "payment", "4000.00", "transfer"),
        ("2026-014", "payment", "209.10", ""),
    ]


def test_a_part_payment_says_what_is_left(acme: Acme) -> None:
    """The balance, and the late fee on top."""
    said = run(acme(), "paid", "2026-021", "500.5", "--on", "2026-08-02").stdout
    assert "2,499.50 USD is left on 2026-09-01, and a late fee of 90.24 USD. Letters about it go on" in said


@pytest.mark.parametrize(("words", "message"), [
    (("2026-025", "0"), "2026-025: a payment of 0.00 USD is none"),
    (("2026-025", "9", "--on", "2026-09-02"), "2026-025: 2026-09-02 is after today"),
    (("2026-025", "9", "--on", "2026-06-30"), "2026-025: paid on 2026-06-30, before it was issued on 2026-07-01"),
    (("2026-025", "579.01"), "579.01 USD is more than is owed on 2026-09-01, 570.00 USD and a late fee of 9.00 USD"),
    (("2026-021", "1000", "--on", "2026-08-02"), "1,000.00 USD of 2026-08-02 is recorded already, in clients.yaml:"),
    (("2026-021", "3950", "--on", "2026-07-10"), "2026-021: 3,950.00 USD is more than is owed on 2026-08-02"),
    (("2026-027", "9"), "2026-027: is a credit note; record the payment with the invoice that it credits, 2026-021"),
])  # fmt: skip
def test_a_payment_that_cannot_be_is_not_recorded(acme: Acme, words: tuple[str, ...], message: str) -> None:
    """Nothing, not yet, too early, too much, twice, or of what asks for none."""
    line = "{item: Extra round of revisions, quantity: 6, unit: hour, price: 95.00, tax: 0%}\n"
    credit = (
        "          2026-027:\n            kind: credit\n            credits: 2026-021\n            issued: 2026-09-01\n"
    )
    home = acme((line, f"{line}{credit}            lines: [{{item: Rebate, price: 10.00}}]\n"))
    ran = run(home, "paid", *words)
    assert (ran.exit_code, state(home)) == (1, {})
    assert message in ran.stderr


def test_another_payment_just_like_one_before_is_recorded_when_asked_for(acme: Acme) -> None:
    """Two halves may come in on one day."""
    home = acme()
    assert run(home, "paid", "2026-021", "1000", "--on", "2026-08-02", "--again").exit_code == 0
    assert len(rows(home)) == 1


CELL = st.text(max_size=8).map(
    lambda text: gate.pattern().sub("", unicodedata.normalize("NFC", text)).replace("\n", "").replace("\t", " ").strip()
)
TRAP = st.sampled_from(["=1+1", "'=1", "''-2", "+34 600", "@x", '"', '""', "'", ',"', ';"', "\uff1d1", "x;=1"])


@given(st.lists(CELL | TRAP, min_size=9, max_size=9), st.sampled_from(",;"))
def test_every_text_comes_back_as_it_was_and_none_is_a_formula(cells: list[str], separator: str) -> None:
    """Whatever it begins with, in either kind of file."""
    client, project, subject, document = (cell or "x" for cell in cells[:4])
    channel, tracking, sha256, amount, note = cells[4:]
    given_ = Row(date(2026, 9, 1), client, project, subject, document, channel, tracking, sha256, amount, note)
    line = register.line(given_, separator)
    found, problems = register.read((HEAD.replace(",", separator) + line).encode(), "register.csv")
    assert ([*found.letters, *found.events, *found.payments], problems) == ([given_], [])
    (written,) = csv.reader([line], delimiter=separator, strict=True)
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\uff1d", "\uff0b", "\uff0d", "\uff20")) for cell in written
    )


@pytest.mark.parametrize("note", ["", "two, words", 'says "yes" and "no"', '"', "Þökk fyrir ✓", "=1"])
def test_a_line_cut_at_any_byte_is_as_before_or_as_after_or_refused(note: str) -> None:
    """A torn line never changes what is recorded, and the message names it."""
    rows_ = [
        Row(date(2026, 9, day), "acme", "website", "2026-014", "payment", amount="10.00", note=note) for day in (1, 2)
    ]
    first, last = (register.line(row).encode() for row in rows_)
    for size in range(len(last) + 1):
        found, problems = register.read(HEAD.encode() + first + last[:size], "register.csv")
        if problems:
            (problem,) = problems
            assert problem.mark.line == 3
            assert "torn by a crash, complete it with a line end, or delete it" in problem.message
        else:
            assert list(found.payments) == rows_[: 1 if size == 0 else 2]
            assert size in (0, len(last) - (not note), len(last))


def test_a_register_saved_by_a_spreadsheet_reads_well_and_grows_in_its_own_way(acme: Acme) -> None:
    """Semicolons, a byte order mark, other line ends, quotes or none, and a last line without an end."""
    head = "\ufeff" + ";".join(f'"{name.title()}"' for name in COLUMNS)
    home = acme()
    text = f"{head}\r\n2026-08-01;acme;;website;called;;;;;'+1 503\r\n\r\n2026-08-02;acme;website;;met;;;;;"
    (home / "register.csv").write_bytes(text.encode())
    (home / "register.csv").chmod(0o640)
    assert run(home, "log", "acme", "replied", "--about", "a;b").exit_code == 0
    line = ";".join(f'"{cell}"' for cell in (DAY, "acme", "website", "website", "replied", "", "", "", "", "a;b"))
    assert (home / "register.csv").read_bytes() == f"{text}\n{line}\n".encode()
    assert (home / "register.csv").stat().st_mode & 0o777 == 0o640
    found, problems = register.read((home / "register.csv").read_bytes(), "register.csv")
    assert ([row.note for row in found.events], problems) == (["+1 503", "", "a;b"], [])


MET = "2026-08-01,acme,website,website,met,,,,,"
BAD = [
    ("", "register.csv:1:1: the first line must be date,client,"),
    (HEAD.replace("note", "note,mood"), "csv:1:1: a newer docgen has written this register, with columns unknown"),
    (f"{HEAD}{MET},\n", "register.csv:2:1: the line has 11 cells where 10 belong"),
    (f"{HEAD}{MET.replace(',', ';')}\n", "2:1: the line has 1 cell where 10 belong: its cells are parted by `;`"),
    (f"{HEAD}\n{MET[:20]}", "register.csv:3:1: the line has 3 cells where 10 belong; if it was torn by a crash"),
    (f'{HEAD}{MET}"no end\n{MET}\n', "register.csv:2:1: a quote is opened on this line and not closed"),
    (f"{HEAD}{MET}a\x07b\n", "register.csv:2:42: `note`: U+0007 is a control character"),
    (f"{HEAD}1/8/2026{MET[10:]}\n", "register.csv:2:1: '1/8/2026' is not a date; write it as year-month-day"),
    (f"{HEAD}{MET.replace('acme', 'acmo')}\n", "register.csv:2:1: there is no client `acmo`; did you mean `acme`?"),
    (f"{HEAD}{MET.replace(',website,', ',wobsite,', 1)}\n", "2:1: there is no project of `acme` `wobsite`"),
    (f"{HEAD}{MET.replace('met', 'mett')}\n", "register.csv:2:1: there is no letter `mett`; did you mean `met`?"),
    (f"{HEAD}2026-08-01,acme,,2026-14,first-notice,,,,,\n", "did you mean `2026-014`?"),
    (f"{HEAD}2026-08-01,acme,,2026-14,payment,,,,9,\n", "invoice of `acme` `2026-14`; did you mean `2026-014`?"),
    (f"{HEAD}2026-08-01,acme,,2026-014,payment,,,,1.250,\n", "2:1: `amount`: 1.250 can be read as 1250 or as 1.25 USD"),
    (f"{HEAD}2026-08-01,acme,,,met,,,,,\n", "register.csv:2:1: the line has no subject"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_register_that_cannot_be_understood_stops_every_command_before_it_writes(
    acme: Acme, text: str, message: str
) -> None:
    """The line is named, and nothing is added to it."""
    home = acme()
    (home / "register.csv").write_text(text, encoding="utf-8")
    before = state(home)
    ran = run(home, "log", "acme", "called")
    assert (ran.exit_code, state(home)) == (1, before)
    assert message in ran.stderr


def test_many_at_once_write_a_line_each(acme: Acme) -> None:
    """Eight processes, eight whole lines, in a register that none of them found."""
    home = acme()
    started = [
        start(home, "log", "acme", "called", "--on", f"2026-08-{day:02}", "--about", "x" * 999) for day in range(1, 9)
    ]
    assert [process.communicate()[1] for process in started] == [""] * 8
    assert sorted(row["date"] for row in rows(home)) == [f"2026-08-{day:02}" for day in range(1, 9)]


def test_two_who_post_the_same_letter_leave_one_line(acme: Acme) -> None:
    """The second is told that it was posted."""
    home = letters(acme())
    said = [process.communicate()[1] for process in [start(home, "posted", NOTICE) for _ in range(2)]]
    assert sorted(said) == ["", f"{NOTICE}: was posted already on {DAY}\n1 mistake; nothing was written.\n"]
    assert len(rows(home)) == 1


def test_who_holds_the_register_is_named_and_a_crash_lets_go_of_it(tmp_path: Path) -> None:
    """Nobody has to delete a file after that."""
    with subprocess.Popen([sys.executable, "-c", HOLDING, tmp_path], text=True, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with (
            pytest.raises(Problems, match=rf"being written by docgen posted, process {other.pid}, since 20\d\d-"),
            disk.alone(tmp_path, "docgen log", patience=0.1),
        ):
            pass
        other.send_signal(signal.SIGKILL)
    with disk.alone(tmp_path, "docgen log", patience=5):
        assert (tmp_path / disk.LOCK).read_text(encoding="utf-8").startswith("docgen log, process ")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_where_the_disk_is_full_all_stays_as_it_was(acme: Acme) -> None:
    """Half a line is taken back, and so is the file kept."""
    home = letters(acme())
    size = (home / f"out/{NOTICE}.pdf").stat().st_size
    text = HEAD + CONTRACT * (size // len(CONTRACT) + 1)
    (home / "register.csv").write_text(text, encoding="utf-8")
    for words in (("posted", NOTICE), ("log", "acme", "called")):
        ran = limited(home, len(text) + 20, *words)
        assert (ran.returncode, state(home)) == (1, {"register.csv": text.encode()})
        assert "register.csv: cannot be written: File too large" in ran.stderr
    assert not (home / "posted").exists()


def test_a_folder_that_is_no_workspace_is_left_as_it_is(tmp_path: Path) -> None:
    """Not even a lock is left in it."""
    assert "clients.yaml: there is no such file" in run(tmp_path, "log", "acme", "called").stderr
    assert list(tmp_path.iterdir()) == []


def test_what_the_system_refuses_after_a_fact_was_recorded_does_not_hide_it(tmp_path: Path) -> None:
    """Who reads that nothing was written would record it again."""
    with pytest.raises(Problems) as raised, record.recorded():
        (tmp_path / "gone").read_bytes()
    assert raised.value.done == "the fact was recorded all the same"
    assert str(raised.value) == f"{tmp_path / 'gone'}: cannot be used: No such file or directory"
