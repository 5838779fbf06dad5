"""Many documents at once, and none twice: whoever makes them and whatever changed, the files are the same."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import Any

import papers
import pytest
from click.testing import CliRunner, Result
from distributed import LocalCluster

from docgen import crew, docket, press
from docgen.cli import main, makers, workspace
from docgen.crew import Crew, Setting
from docgen.orders.invoices import invoice_of
from docgen.press import Press
from docgen.problem import Problems
from docgen.records import book, register

Acme = Callable[..., Path]
TODAY = ("--today", "2026-11-23")
LATER = ("--today", "2026-09-01")
ALL = ("letters", "acme", "--papers", "--format", "text")


def run(home: Path, *words: str) -> Result:
    """Run a command on the workspace *home*."""
    return CliRunner().invoke(main, ["--home", str(home), *words], catch_exceptions=False)


def tree(out: Path) -> dict[str, bytes]:
    """Return the files in *out*, the docket among them."""
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Yield the address of a Dask cluster of two workers on this machine."""
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(**options, host="127.0.0.1", protocol="tcp", silence_logs=50) as found:
        yield found.scheduler_address.replace("tcp://", "dask://")


def test_one_process_two_or_a_cluster_make_the_same_files_in_the_same_order(example: Path, cluster: str) -> None:
    """The very bytes, and the very words on the screen."""
    said = []
    for how in (("--jobs", "1"), ("--jobs", "2"), ("--executor", cluster)):
        shutil.rmtree(example / "out", ignore_errors=True)
        said.append((run(example, "letters", "--papers", *TODAY, *how).output, tree(example / "out")))
    assert len(said[0][1]) > makers.FEW
    assert said[0] == said[1]
    assert said[0] == said[2]


@pytest.mark.parametrize("how", [("--jobs", "2"), ()])
@pytest.mark.parametrize("words", [("letters", "--papers"), ("check",)])
def test_mistakes_are_the_same_wherever_they_are_found(
    example: Path, cluster: str, words: tuple[str, ...], how: tuple[str, ...]
) -> None:
    """A text that is missing and a character without a glyph: all of them, in their order, and nothing is written."""
    (example / "letters/es/first-notice.md").unlink()
    (example / "letters/is/invoice.docx").write_bytes(b"")
    clients = example / "clients.yaml"
    clients.write_text(clients.read_text(encoding="utf-8").replace("title: ", "title: 漢 ", 3), encoding="utf-8")
    ours = run(example, *words, *TODAY, "--jobs", "1")
    theirs = run(example, *words, *TODAY, *(how or ("--executor", cluster)))
    assert (ours.exit_code, ours.stderr) == (1, theirs.stderr)
    assert "first-notice.md" in ours.stderr
    assert "漢" in ours.stderr
    assert ("letters/is/invoice.docx: it is no Word" in ours.stderr) == (words == ("check",))
    assert not (example / "out").exists()


def test_a_check_says_the_same_whoever_makes_the_documents_and_writes_nothing(example: Path, cluster: str) -> None:
    """Of a workspace without a mistake, the warnings among it."""
    files = tree(example)
    said = [run(example, "check", *TODAY, *how) for how in (("--jobs", "1"), ("--jobs", "2"), ("--executor", cluster))]
    assert said[0].stdout.startswith("No mistakes.")
    assert int(said[0].stdout.rstrip(".\n").rpartition(" ")[2]) > makers.FEW
    assert len({(ran.exit_code, ran.stdout, ran.stderr) for ran in said}) == 1
    assert tree(example) == files


def test_of_what_is_made_on_trial_nothing_comes_back_but_what_is_wrong(example: Path) -> None:
    """A Word file is made only by a template of the owner's, and the PDF of the same document all the same."""
    work = workspace.open_(example, papers.TODAY)
    orders = [invoice_of(work.desk(), number) for number in work.book.invoices]
    (example / "letters/is/invoice.docx").write_bytes(b"")
    trial = Press(work.shelf, ("pdf", "docx"), trial=True)
    setting = Setting(example, work.day, work.book.business, trial.formats, docket.inputs(work.shelf), trial.trial)
    made = list(Crew(Slow(), 1).make(setting, work.book, orders))
    assert made == [*map(trial.tried, orders)]
    assert not any(outcome.files for outcome in made)
    own = {order.stem for order in orders if trial.own(order)}
    assert own == {order.stem for order, outcome in zip(orders, made, strict=True) if outcome.problems} != set()


class Slow(Executor):
    """Does what is asked for when its result is, and counts what is out."""

    out = most = 0

    def submit(self, work: Callable[..., Any], /, *given: Any, **_: Any) -> Future[Any]:  # noqa: ANN401
        """Return what *work* will be."""
        self.out += 1
        self.most = max(self.most, self.out)
        future: Future[Any] = Future()
        future.result = lambda timeout=None: self.done(work, *given)  # type: ignore[method-assign]  # noqa: ARG005
        return future

    def done(self, work: Callable[..., Any], *given: Any) -> Any:  # noqa: ANN401
        """Return what *work* is."""
        self.out -= 1
        return work(*given)


def test_any_executor_will_do_and_few_parcels_are_out_at_any_time(example: Path) -> None:
    """However many documents there are."""
    work = workspace.open_(example, papers.TODAY)
    orders = [invoice_of(work.desk(), number) for number in work.book.invoices] * 20
    setting = Setting(example, work.day, work.book.business, ("text",), docket.inputs(work.shelf))
    slow = Slow()
    made = list(Crew(slow, 1).make(setting, work.book, orders))
    assert made == [*map(Press(work.shelf, ("text",)).tried, orders)]
    assert (slow.out, slow.most) == (0, crew.AHEAD)


def test_whoever_has_other_texts_makes_nothing(example: Path) -> None:
    """A machine with another house, or a text that changed after the run began, is a mistake."""
    work = workspace.open_(example, papers.TODAY)
    orders = [invoice_of(work.desk(), number) for number in work.book.invoices]
    setting = Setting(example, work.day, work.book.business, ("text",), "others")
    with pytest.raises(Problems, match="changed meanwhile"):
        [*press.gathered(work.shelf, orders, crew.work(crew.parcel(setting, work.book, orders)))]


def test_a_second_run_loads_nothing_that_makes_documents(example: Path) -> None:
    """Not even the writer is imported."""
    run(example, "letters", *TODAY)
    code = "import sys; from docgen.cli import main; main(sys.argv[1:], standalone_mode=False); print(*sys.modules)"
    command = [sys.executable, "-c", code, "--home", str(example), *TODAY, "letters"]
    said = subprocess.run(command, cwd=papers.HOME, capture_output=True, text=True, check=True).stdout
    assert "0 of 16 files written" in said
    assert "docgen.docket" in said
    assert "docgen.write.pdf" not in said


@pytest.mark.parametrize(
    ("before", "words", "more"),
    [
        ("plan", ("letters",), set()),
        ("plan", ("invoice", "2026-042"), {"holidays"}),
        ("invoice 2026-036", ("invoice", "2026-042"), {"holidays", "stdnum", "uharfbuzz", "yaml"}),
    ],
)
def test_only_what_a_command_needs_is_loaded(
    before: str, words: tuple[str, ...], more: set[str], example: Path
) -> None:
    """Not what reads a house or a font that is ours, nor a PDF that is, nor the facts where they were read."""
    run(example, *before.split(), *TODAY)
    code = "import sys; from docgen.cli import main; main(sys.argv[1:], standalone_mode=False); print(*sys.modules)"
    command = [sys.executable, "-c", code, "--home", str(example), *TODAY, *words]
    said = subprocess.run(command, cwd=papers.HOME, capture_output=True, text=True, check=True).stdout
    heavy = {"PIL", "asyncio", "docx", "jinja2", "lxml", "multiprocessing", "num2words", "pikepdf", "reportlab"}
    assert "docgen.write.pdf" in said
    assert not {name.split(".")[0] for name in said.split()} & (heavy | more)
    assert "holidays.countries.japan" not in said


def test_a_client_who_changes_has_new_documents_and_nobody_else(example: Path) -> None:
    """Not even those whose lines in the file moved."""
    run(example, "letters", *TODAY, "--format", "text")
    before = json.loads((example / "out" / docket.FILE).read_text(encoding="utf-8"))
    clients = example / "clients.yaml"
    text = clients.read_text(encoding="utf-8")
    clients.write_text(text.replace("    name: Harrow", "    # moved\n    name: New Harrow", 1), encoding="utf-8")
    run(example, "letters", *TODAY, "--format", "text")
    after = json.loads((example / "out" / docket.FILE).read_text(encoding="utf-8"))
    changed = {path.split("/")[0] for path in before if before[path] != after[path]}
    assert (changed, list(before)) == ({"harrow"}, list(after))


def test_a_mark_holds_every_field_of_the_book() -> None:
    """All but places in files, which no document shows."""
    classes = [one for one in vars(book).values() if dataclasses.is_dataclass(one) and one.__module__ == book.__name__]
    assert book.Client in classes
    for one in classes:
        assert {field.name for field in dataclasses.fields(one) if not field.repr} <= {"mark"}, one


FACTS = [
    ("name: Studio Lumen", "name: Studio Lumière"),
    ("signatory: Ada Reyes", "signatory: Ada Lovelace"),
    ("12 Harbour Street", "14 Harbour Street"),
    ("email: ada@", "email: reyes@"),
    ("+1 503 555 0142", "+1 503 555 0143"),
    ("12-3456789", "12-3456780"),
    ("the State of Oregon, USA", "the State of Maine, USA"),
    ("the courts of Multnomah", "the courts of Clackamas"),
    ("bank: First", "bank: Second"),
    ("link: https://pay.", "link: https://paid."),
    ("payment_days: 14", "payment_days: 21"),
    ("first: 50%", "first: 40%"),
    ("1.5% per month", "1% per month"),
    ("kill_fee: 25%", "kill_fee: 20%"),
    ("silence_days: 14", "silence_days: 15"),
    ("ip: assign", "ip: license"),
    ("portfolio: true", "portfolio: false"),
    ("revisions: 2", "revisions: 3"),
    ("  tax: 0%", "  tax: 21%"),
    ("withholding: 0%", "withholding: 15%"),
    ("Acme Robotics, Inc.", "Acme Robots, Inc."),
    ("kind: business", "kind: consumer"),
    ("Wile Coyote", "W. E. Coyote"),
    ("77 Desert", "78 Desert"),
    ("    country: US\n    prefers", "    country: CA\n    prefers"),
    ("prefers: email", "prefers: phone"),
    ("    language: en\n    projects", "    language: es\n    projects"),
    ("title: Website", "title: Webpage"),
    ("Design system, Ten", "Design system, Nine"),
    ("fee: 8000.00", "fee: 8800.00"),
    ("signed: 2026-05-04", "signed: 2026-05-05"),
    ("2026-06-20, event: delivered", "2026-06-21, event: delivered"),
    ("amount: 1000.00", "amount: 900.00"),
    ("date: 2026-08-02, amount", "date: 2026-08-03, amount"),
    ("quantity: 6", "quantity: 7"),
    ("due: 2026-07-31", "due: 2026-07-30"),
    ("Extra round", "Another round"),
]
FILES = [
    ("letters/en/first-notice.md", "thank you", "thanks"),
    ("letters/en/invoice.md", "# ", "# The "),
    ("letters/schedule.yaml", "overdue: 14", "overdue: 15"),
    ("contracts/outline.yaml", "  - law: kind\n", ""),
    ("languages/en.yaml", "{US: en-US,", "{US: en-GB,"),
    ("jurisdictions/us.yaml", "name: ", "name: The "),
]


def check(home: Path, change: Callable[[], object], *words: str) -> None:
    """Make all papers in *home*, change something, make them again: they are as if they had never been made."""
    run(home, *ALL, *LATER)
    change()
    again = run(home, *ALL, *LATER, *words)
    warm = tree(home / "out")
    shutil.rmtree(home / "out")
    fresh = run(home, *ALL, *LATER, *words)
    assert (again.exit_code, again.stderr) == (fresh.exit_code, fresh.stderr)
    if not fresh.exit_code:
        clean = tree(home / "out")
        assert {name: data for name, data in warm.items() if name in clean and name != docket.FILE} == {
            name: data for name, data in clean.items() if name != docket.FILE
        }


@pytest.mark.parametrize("change", FACTS)
def test_whatever_is_changed_in_the_facts_the_papers_are_those_of_a_clean_run(
    acme: Acme, change: tuple[str, str]
) -> None:
    """Each value of the business, the terms, the client, the project and its invoices."""
    check(acme(), lambda: acme(change))


@pytest.mark.parametrize(("name", "old", "new"), FILES)
def test_whatever_is_changed_in_a_file_the_papers_are_those_of_a_clean_run(
    acme: Acme, name: str, old: str, new: str
) -> None:
    """A text, the ladders, the outline; a language and a law that the workspace did not have before."""
    home = acme()
    for folder in ("letters", "contracts"):
        shutil.copytree(papers.HOME / folder, home / folder)
    place = papers.HOME / name if (papers.HOME / name).exists() else papers.HOME / "docgen" / name
    text = place.read_text(encoding="utf-8")
    assert old in text
    (home / name).parent.mkdir(exist_ok=True)
    check(home, lambda: (home / name).write_text(text.replace(old, new), encoding="utf-8"))


def test_the_register_the_day_and_what_becomes_of_the_files_count_too(acme: Acme) -> None:
    """A line posted; another day; a file damaged, deleted, or in its place a link; a docket that makes no sense."""
    line = "2026-08-20,acme,website,2026-014,first-notice,mail,,,,\n"
    home = acme()
    out = home / "out/acme/2026-014-invoice.text"
    check(home, lambda: (home / "register.csv").write_text(register.HEAD + line, encoding="utf-8"))
    check(home, lambda: None, "--today", "2026-09-02")
    check(home, lambda: out.write_bytes(out.read_bytes()[:-1] + b"?"))
    check(home, out.unlink)
    for nonsense in ("", "[]", '{"acme/2026-014-invoice.text": 1}', "[" * 10**5, "\0"):
        check(home, partial((home / "out" / docket.FILE).write_text, nonsense, encoding="utf-8"))


def test_a_docket_keeps_nothing_of_files_elsewhere(acme: Acme) -> None:
    """Nor of what can be no file, whoever wrote that into it."""
    strange = dict.fromkeys(
        ("/etc/passwd", "../clients.yaml", "a/../../clients.yaml", "x" * 300, "a\0b", "\ud800", ""), ""
    )
    out = docket.Docket(acme() / "out", strange)
    assert out.after({}) == b"{}\n"
    assert out.after({"b/é.pdf": "2", "a.pdf": "1"}).decode() == '{\n"a.pdf": "1",\n"b/é.pdf": "2"\n}\n'


def test_another_house_makes_other_documents(example: Path) -> None:
    """In Word and in PDF."""
    words = ("invoice", "vidal", "--format", "both", *TODAY)
    run(example, *words)
    before = tree(example / "out")
    shutil.copyfile(example / "contracts/house.docx", example / "letters/house.docx")
    assert "unchanged" not in run(example, *words).stdout
    warm = tree(example / "out")
    shutil.rmtree(example / "out")
    run(example, *words)
    assert tree(example / "out") == warm != before


def test_another_program_makes_its_own_documents(acme: Acme, tmp_path: Path) -> None:
    """A line of code changed is enough."""
    home = acme()
    for name in ("docgen", "contracts", "letters"):
        shutil.copytree(papers.HOME / name, tmp_path / "program" / name, ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "docgen", "--home", str(home), *LATER, *ALL]

    def made() -> str:
        return subprocess.run(command, cwd=tmp_path / "program", capture_output=True, text=True, check=True).stdout

    made()
    assert "\n0 of" in made()
    text = tmp_path / "program/docgen/write/text.py"
    text.write_text(text.read_text(encoding="utf-8") + "\nplain = write\n\n\ndef write(document: Document, look: Look)"
                    " -> bytes:\n    return plain(document, look) + b' '\n", encoding="utf-8")  # fmt: skip
    assert " 0 unchanged" in made()
