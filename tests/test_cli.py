"""The commands, as a person runs them: on the example, on a new workspace, and with things gone wrong."""

from __future__ import annotations

import hashlib
import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import papers
import pytest
import words_docx
import words_pdf
from click.testing import CliRunner, Result

from docgen import cli
from docgen.cli import main, workspace

Acme = Callable[..., Path]
TODAY = ["--today", "2026-11-23"]
LATER = ["--today", "2026-09-01"]


def run(home: Path, *words: str) -> Result:
    """Run a command on the workspace *home*."""
    return CliRunner().invoke(main, ["--home", str(home), *words], catch_exceptions=False)


def files(home: Path) -> dict[str, str]:
    """Return the files below *home*'s out that an owner sees, with a hash of each."""
    out = home / "out"
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("[!.]*"))
        if path.is_file()
    }


def test_the_example_makes_every_kind_of_document_and_says_why(example: Path) -> None:
    """What `make letters` promises: each kind as PDF and DOCX, a line a client, and nothing sent."""
    ran = run(example, "letters", "--papers", "--format", "both", *TODAY)
    made = files(example)
    for stem in papers.KINDS.values():
        assert stem.endswith("-statement") or {f"{stem}.pdf", f"{stem}.docx"} <= set(made)
    lines = ran.stdout.splitlines()
    book = workspace.open_(example, papers.TODAY).book
    assert [line.split(":")[0] for line in lines[:-1]] == [client.id for client in book.clients]
    assert next(line for line in lines if line.startswith("harrow")) == (
        "harrow: second-notice (2026-032): Invoice 2026-032 was due on 2026-09-19, 65 days ago; "
        "1,375.00 GBP is unpaid. The first-notice was posted on 2026-10-20. "
        "Deadline 2026-12-07: 14 days, as the schedule says. "
        "Also made: guide-contract, 2026-023-invoice, 2026-032-invoice. Next: final-notice on 2026-12-18."
    )
    assert "Nothing was sent or printed" in lines[-1]


def test_a_second_run_writes_nothing(example: Path) -> None:
    """Not one file is touched."""
    run(example, "letters", "--format", "both", *TODAY)
    before = {path: path.stat().st_mtime_ns for path in (example / "out").rglob("*")}
    assert (
        run(example, "letters", "--format", "both", *TODAY).stdout.splitlines()[-1].startswith("0 of 32 files written")
    )
    assert {path: path.stat().st_mtime_ns for path in (example / "out").rglob("*")} == before


STRANGE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONHASHSEED": "7",
    "SOURCE_DATE_EPOCH": "1",
    "RL_invariant": "0",
    "RL_pageCompression": "0",
    "RL_useA85": "1",
    "RL_shapedFontGlob": "x",
}
AHEAD = """
import os, sys, time
os.umask(0o077)
now = time.time
time.time = lambda: now() + 1e8
from docgen.cli import main
sys.argv[0] = "docgen"
main()
"""
EVERY = [
    ("letters", "--papers", "--format", "both"),
    ("statement", "vidal", "--format", "both"),
    ("print", "--envelopes", "--labels", "l7160"),
    ("print", "--test"),
    ("posted", "--all"),
    ("evidence", "2026-036"),
]  # a folder's whole life


def test_the_same_input_gives_the_same_bytes_in_any_environment(example: Path, tmp_path: Path) -> None:
    """Another zone, locale, encoding, hash seed, clock, folder and umask, and no assertions, make no difference."""
    there = tmp_path / "í öðrum stað"
    shutil.copytree(example, there)
    env = {**os.environ, **STRANGE, "PYTHONPATH": str(papers.HOME)}
    for words in EVERY:
        options = [*words, *TODAY]
        here = run(example, *options)
        command = [sys.executable, "-O", "-c", AHEAD, *options]
        ran = subprocess.run(command, cwd=there, env=env, check=True, capture_output=True)
        assert ran.stdout.decode().splitlines()[:-1] == here.stdout.replace(f"{example}/", "").splitlines()[:-1]
    assert files(there) == files(example)
    for name in ("register.csv", "posted/vidal/2026-11-23-2026-036-first-notice.pdf"):
        assert (there / name).read_bytes() == (example / name).read_bytes()
    stems = {name.rpartition(".")[0] for name in files(example)}
    assert set(papers.KINDS.values()) <= stems
    assert {name.rpartition(".")[2] for name in files(example)} == {"pdf", "docx", "csv"}
    assert {path.stat().st_mode & 0o777 for path in (there / "out").rglob("*.pdf")} == {0o600}


def test_a_new_workspace_works_at_once_and_is_never_overwritten(tmp_path: Path) -> None:
    """`init`, then `letters`; a second `init` refuses and changes nothing."""
    home = tmp_path / "new"
    assert CliRunner().invoke(main, ["init", str(home)]).exit_code == 0
    assert run(home, "check").exit_code == 0
    assert "files written" in run(home, "letters").stdout
    (home / "clients.yaml").write_text("mine", encoding="utf-8")
    again = CliRunner().invoke(main, ["init", str(home)])
    assert (again.exit_code, (home / "clients.yaml").read_text(encoding="utf-8")) == (1, "mine")


def test_plan_prints_json_and_writes_nothing(acme: Acme) -> None:
    """Each letter is an object with the fields the format promises."""
    home = acme()
    found = json.loads(run(home, "plan", "--json", *LATER).stdout)
    assert list(found[0]) == ["client", "project", "subject", "document", "state", "date", "deadline", "why"]
    assert [job["document"] for job in found if job["state"] == "due"] == ["receipt-check", "first-notice"]
    assert [path.name for path in home.iterdir()] == ["clients.yaml"]


def test_one_client_and_one_document_can_be_made_alone(acme: Acme) -> None:
    """The path of a document follows from what it is."""
    home = acme()
    run(home, "letters", "acme", *LATER)
    run(home, "contract", "acme/website", "--format", "docx")
    run(home, "invoice", "2026-025", "--copy")
    run(home, "invoice", "acme", "--out", str(home / "elsewhere"))
    assert list(files(home)) == [
        "acme/2026-014-first-notice.pdf",
        "acme/2026-025-invoice.pdf",
        "acme/website-contract.docx",
        "acme/website-receipt-check.pdf",
    ]
    assert len(list((home / "elsewhere" / "acme").iterdir())) == 3
    assert "COPY" in words_pdf.words((home / "out/acme/2026-025-invoice.pdf").read_bytes())


def test_a_kill_fee_and_the_credit_of_a_whole_invoice_follow_from_the_project(acme: Acme) -> None:
    """60 % of 8,000 is done, half was invoiced: 800 for the work and a quarter of the other 3,200."""
    balance = "          2026-021:\n            kind: balance\n            issued: 2026-06-22\n"
    paid = "            payments:\n              - {date: 2026-08-02, amount: 1000.00}\n"
    bills = (
        "          2026-021: {kind: kill_fee, issued: 2026-06-22}\n"
        "          2026-022: {kind: credit, credits: 2026-021, issued: 2026-07-20}\n"
    )
    fee = "        fee: 8000.00\n"
    home = acme((balance + paid, bills), (fee, f"{fee}        work_done: 60%\n"))
    run(home, "invoice", "2026-021", "2026-022", "--format", "text", "--today", "2026-07-01")
    asked, credited = ((home / f"out/acme/2026-02{n}-invoice.text").read_text(encoding="utf-8") for n in (1, 2))
    assert "Work done, and kill fee of 25% of the rest: Website redesign  $1,600.00" in asked
    assert "Work done, and kill fee of 25% of the rest: Website redesign  −1  $1,600.00  −$1,600.00" in credited
    assert "Amount credited  $1,600.00" in credited


def test_an_invoice_with_its_late_fee_states_what_is_owed_today(acme: Acme) -> None:
    """570.00 dollars, 32 days late at 1.5 % a month: 9.00 more, in the headline and in the total."""
    home = acme()
    run(home, "invoice", "2026-025", "--with-late-fee", *LATER)
    words = words_pdf.words((home / "out/acme/2026-025-invoice.pdf").read_bytes())
    assert words.count("$579.00") == 2
    assert "$9.00" in words


@pytest.mark.parametrize(
    "words", [("letters", "acmo"), ("contract", "acme/wobsite"), ("invoice", "2026-999"), ("plan", "--today", "soon")]
)
def test_wrong_usage_exits_with_2_and_a_hint(acme: Acme, words: tuple[str, ...]) -> None:
    """A mistake on the command line is not one in the workspace."""
    assert run(acme(), *words).exit_code == 2


WRONG = [
    ("letters/es/first-notice.md", None, "letters/es/first-notice.md: there is no such text"),
    (
        "letters/en/first-notice.md",
        "# A\n\nDear {client.nam},\n\nYours,\n",
        "first-notice.md:3:6: {client.nam} is no blank",
    ),
    (
        "letters/en/first-notice.md",
        "# A\n\nDear {client name},\n\nYours,\n",
        "first-notice.md:3:6: '{client name}' is no blank",
    ),
    ("letters/en/first-notice.md", "", "letters/en/first-notice.md:1:1: the text is empty"),
    ("letters/en/first-notice.md", "Dear reader,\n\nYours,\n", "needs a line that begins with `# `"),
    ("letters/schedule.yaml", "ladders: {}\n", "the schedule needs `ladders` and `gaps`"),
    ("letters/house.docx", "no zip", "letters/house.docx"),
]


@pytest.mark.parametrize(("path", "content", "message"), WRONG)
def test_a_broken_text_is_one_clear_error_and_nothing_is_written(
    example: Path, path: str, content: str | None, message: str
) -> None:
    """Not even the letters that could have been made."""
    if "/en/" in path:
        clients = (example / "clients.yaml").read_text(encoding="utf-8")
        (example / "clients.yaml").write_text(clients.replace("language: es", "language: en"), encoding="utf-8")
    if content is None:
        (example / path).unlink()
    else:
        (example / path).write_text(content, encoding="utf-8")
    ran = run(example, "letters", *TODAY)
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert message in ran.stderr
    assert not (example / "out").exists()


def test_a_missing_or_unreadable_file_says_so(tmp_path: Path) -> None:
    """A folder in its place is no file either."""
    assert "clients.yaml: there is no such file" in run(tmp_path, "check").stderr
    (tmp_path / "clients.yaml").mkdir()
    assert "clients.yaml: cannot be read" in run(tmp_path, "check").stderr


NASTY = "<b>&amp; {{ 7*7 }} {client.name} **x** \\ {%p if %} ]]> “Ñandú” Þór</b>"


def test_a_strange_name_is_printed_as_it_is_in_every_format(acme: Acme) -> None:
    """Nothing in a record becomes markup, in the texts, in Word or in the PDF."""
    home = acme(("name: Acme Robotics, Inc.", f"name: '{NASTY}'"))
    assert run(home, "letters", "--format", "both", *LATER).exit_code == 0
    stem = home / "out/acme/2026-014-first-notice"
    assert NASTY in " ".join(words_pdf.words(stem.with_suffix(".pdf").read_bytes()))
    assert NASTY in " ".join(words_docx.words(stem.with_suffix(".docx").read_bytes()))


def test_a_character_without_a_glyph_is_an_error_that_names_it(acme: Acme) -> None:
    """Never a box, and never a letter without the name."""
    ran = run(acme(("name: Acme Robotics, Inc.", "name: 東京 KK")), "letters", *LATER)
    assert ran.exit_code == 1
    assert "U+6771" in ran.stderr


def test_a_clause_left_out_closes_the_numbering(acme: Acme) -> None:
    """Without the portfolio and the kill fee every later clause moves up."""
    fee = "        fee: 8000.00\n"
    home = acme((fee, f"{fee}        without: [portfolio]\n"), ("  kill_fee: 25%  ", "  kill_fee: 0%  "))
    run(home, "contract", "acme", "--format", "text")
    made = (home / "out/acme/website-contract.text").read_text(encoding="utf-8")
    titles = dict(re.findall(r"^(\d+)\. (.+?)  ", made, re.MULTILINE))
    assert list(titles) == [str(number) for number in range(1, 21)]
    assert not {"Portfolio", "Kill fee"} & set(titles.values())
    assert f"to the details in clause\N{NO-BREAK SPACE}{next(n for n, t in titles.items() if t == 'Parties')}." in made


def test_a_reference_to_a_clause_left_out_is_an_error(acme: Acme) -> None:
    """The text that refers to it is named."""
    fee = "        fee: 8000.00\n"
    ran = run(acme((fee, f"{fee}        without: [changes]\n")), "contract", "acme")
    assert ran.exit_code == 1
    assert "the clause `changes` is left out, but contracts/en/services.md:10 refers to it" in ran.stderr


def test_growing_is_adding_files(example: Path) -> None:
    """A language, a letter, a clause and a law, in the workspace alone."""
    for name in ("contracts", "letters"):
        (example / name / "eo").mkdir()
        for path in (example / name / "en").glob("*.md"):
            (example / name / "eo" / path.name).write_bytes(path.read_bytes())
    (example / "languages").mkdir()
    english = (papers.HOME / "docgen/languages/en.yaml").read_text(encoding="utf-8")
    (example / "languages/eo.yaml").write_text(english.replace("locale: en-GB", "locale: eo"), encoding="utf-8")
    (example / "jurisdictions").mkdir()
    law = (papers.HOME / "docgen/jurisdictions/us.yaml").read_text(encoding="utf-8")
    (example / "jurisdictions/mars.yaml").write_text(law, encoding="utf-8")
    clients = (example / "clients.yaml").read_text(encoding="utf-8")
    added = "currency: USD\n    law: mars\n    governing_law: Leĝo\n    courts: Juĝejo\n    language: eo"
    clients = clients.replace("currency: USD\n    language: en", added, 1)
    (example / "clients.yaml").write_text(clients, encoding="utf-8")
    schedule = (example / "letters/schedule.yaml").read_text(encoding="utf-8")
    rung = "  negotiating:\n    - {document: wave, after: 3, from: message}\n"
    (example / "letters/schedule.yaml").write_text(schedule.replace("  negotiating:\n", rung), encoding="utf-8")
    (example / "letters/eo/wave.md").write_text("# Saluton\n\nKara {client.contact},\n\nĜis,\n", encoding="utf-8")
    outline = (example / "contracts/outline.yaml").read_text(encoding="utf-8")
    (example / "contracts/outline.yaml").write_text(
        outline.replace("  - law: kind\n", "  - robots\n  - law: kind\n"), encoding="utf-8"
    )
    (example / "contracts/eo/robots.md").write_text("# Robotoj\n\nVidu {clause.law}.\n", encoding="utf-8")
    assert run(example, "letters", "cobalt", "--papers", *TODAY).exit_code == 0
    assert list(files(example)) == ["cobalt/website-contract.pdf", "cobalt/website-wave.pdf"]
    words = words_pdf.words((example / "out/cobalt/website-contract.pdf").read_bytes())
    assert "Robotoj" in words


def test_a_consumer_gets_back_what_the_deposit_has_not_earned(example: Path) -> None:
    """Ten per cent were worked, the kill fee is a quarter of the rest, half of the fee was paid."""
    rewrite(
        example, "fossvik", ("work_done: 60%", "work_done: 10%"), ("language: is", "language: en\n    kind: consumer")
    )
    run(example, "letters", "fossvik", "--format", "text", *TODAY)
    made = (example / "out/fossvik/museum-termination.text").read_text(encoding="utf-8")
    assert "To be credited  ISK\N{NO-BREAK SPACE}157,500\n" in made  # 450,000 - 90,000 - 25% of 810,000
    assert "We will credit you ISK\N{NO-BREAK SPACE}157,500," in made


def test_a_letter_that_work_stops_names_the_reactivation_fee(example: Path) -> None:
    """Where the contract has one; and its number."""
    rewrite(example, "montoya", ("language: es", "language: en\n    reactivation_fee: 10%"))
    run(example, "letters", "montoya", "--format", "text", *TODAY)
    made = (example / "out/montoya/identity-stop-work.text").read_text(encoding="utf-8")
    assert "Under clause\N{NO-BREAK SPACE}12 it is 10% of the fee: €360.00, before tax." in made


def rewrite(home: Path, client: str, *changes: tuple[str, str]) -> None:
    """Replace words of *client* in clients.yaml, each where it comes first."""
    before, mine = (home / "clients.yaml").read_text(encoding="utf-8").split(f"\n  {client}:", 1)
    for old, new in changes:
        mine = mine.replace(old, new, 1)
    (home / "clients.yaml").write_text(f"{before}\n  {client}:{mine}", encoding="utf-8")


def test_the_list_of_commands_says_what_each_says_of_itself() -> None:
    """It is written without loading any, so it is held against them here."""
    for name, later in cli.COMMANDS.items():
        command = cli.main.get_command(click.Context(cli.main), name)
        assert command is not None
        assert command.name == name
        assert inspect.cleandoc(command.help or "").split("\n\n")[0].replace("\n", " ") == later.line
