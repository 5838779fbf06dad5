"""A file that several read at once says what it says to one: the same book, or the same mistakes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.cli import anew, main
from docgen.problem import Mark, Problems
from docgen.records import intake
from docgen.records.book import Book
from docgen.records.files import FILE, REGISTER, Files
from docgen.records.schema import Known
from docgen.source.pieces import pieces

HEAD = """\
business:
  {name: Studio, address: Portland, country: US, language: en, currency: USD, law: us}
terms: {late_fee: 1.5% per month}
clients:  # all of them
"""
USUAL = """\
  NAME:
    name: Company
    address: |
      1 Desert Road

      Tucson
    country: US
    projects:
      website:
        title: Website
        fee: 8000.00
        signed: 2026-05-01
        history: [{date: 2026-05-02, event: delivered}]
        invoices:
          NUMBER: {kind: deposit, issued: 2026-05-03, payments: [{date: 2026-05-04, amount: 10.00}]}
"""
SHORT = "{name: Company, address: Tucson, country: US}"
BRIEF = f"  brief: {SHORT}\n"
ODD = [
    "  kept:\n    name: Company\n    country: US\n    address: |+\n      Tucson\n\n\n",
    f"  folded:\n    {SHORT[:9]}\n      {SHORT[9:]}\n",
    '  quoted:\n    name: "Company\n  inner: one"\n    address: Tucson\n    country: US\n',
    "  single:\n    name: 'Company\n  inner: one\n\n  other: two'\n    address: Tucson\n    country: US\n",
    "  flow: {name: Company, address: Tucson,\n  country: US}\n",
    "  flow: {name: Company, address: Tucson,\n  inner: {country: US},\n  country: US}\n",
    "  block:\n    name: Company\n    country: US\n    address: |2\n        inner: Tucson\n",
    f'  "quoted key": {SHORT}\n',
    f'  "key": {SHORT}\n',
    f"  ? explicit\n  : {SHORT}\n",
    f"  ? explicit\n  inner: {SHORT}\n",
    f"  anchored: &a {SHORT}\n",
    "  alias: *a\n",
    "  <<: {a: b}\n",
    f"  twin: {SHORT}\n  Twin: {SHORT}\n",
    f"  usual-1: {SHORT}\n",
    f"  USUAL-1: {SHORT}\n",
    USUAL.replace("NAME", "same-number").replace("NUMBER", "a-1"),
    USUAL.replace("NAME", "credit").replace("kind: deposit", "kind: credit, credits: A-1").replace("NUMBER", "A-9"),
    USUAL.replace("NAME", "late").replace("NUMBER", "A-9").replace("2026-05-04", "2026-05-01"),
    "  nothing:\n",
    "  text: Company\n",
    "  list:\n  - name: Company\n",
    f"  unknown: {SHORT[:-1]}, nmae: Company}}\n",
    "  control: {name: Comp\u2028any, address: Tuc\x07son, country: US}\n",
    "  open: {name: 'Company, address: Tucson, country: US}\n",
    "  open: {name: Company, address: Tucson, country: US\n",
    "  tab:\n\tname: Company\n",
    f"   deeper: {SHORT}\n",
    f" higher: {SHORT}\n",
    f"# a comment\n  # another\n  comment:  # a third\n    # a fourth\n    {SHORT}\n\n",
    "terms: {payment_days: 7}\n",
    "unknown: 1\n",
    "---\n",
    "...\n",
    f"clients:\n  again: {SHORT}\n",
    f"  ends: {SHORT}\r\n",
]
KNOWN = Known(("en",), ("us",))
ROWS = (
    "date,client,project,subject,document,channel,tracking,sha256,amount,note\n"
    "2026-05-05,usual-2,website,A-2,payment,,,,20.00,\n"
)


@pytest.fixture(scope="module")
def helpers() -> Iterator[ThreadPoolExecutor]:
    """Give who reads along."""
    with ThreadPoolExecutor(4) as found:
        yield found


def usual(number: int) -> str:
    """Return a client as most are."""
    return USUAL.replace("NAME", f"usual-{number}").replace("NUMBER", f"A-{number}")


def said(home: Path, text: str, helpers: ThreadPoolExecutor | None, hands: int) -> list[object]:
    """Return all that the file says, with every place, or what is wrong with it."""
    (home / FILE).write_bytes(text.encode())
    try:
        book = intake.read(Files(home), KNOWN, helpers, hands)
    except Problems as wrong:
        return list(wrong.problems)
    return [book, *marks(book)]


def marks(book: Book) -> Iterator[Mark]:
    """Yield where all of it stands."""
    for client in book.clients:
        yield client.mark
        for project in client.projects:
            yield from (project.mark, *(event.mark for event in project.history))
            for bill in project.invoices:
                yield from (bill.mark, *(payment.mark for payment in bill.payments))


def test_pieces_are_of_about_the_same_size_and_keep_their_lines() -> None:
    """What is cut away stands there as empty lines, so that a mistake names the line of the file."""
    text = (HEAD + "".join(usual(number) for number in range(8))).encode()
    found = pieces(text, "clients", 4)
    assert [piece.count(b"Company") for piece in found] == [2, 2, 2, 2]
    lines = [piece.split(b"\n") for piece in found]
    for number, line in enumerate(text.split(b"\n")):
        assert {each[number] for each in lines if len(each) > number} <= {line, b""}
        assert any(each[number] == line for each in lines if len(each) > number)


def test_usual_clients_are_read_by_several(tmp_path: Path, helpers: ThreadPoolExecutor) -> None:
    """Each of the pieces is read elsewhere but for the first, and the register goes for all."""
    (tmp_path / REGISTER).write_text(ROWS, encoding="utf-8")
    text = HEAD + "".join(usual(number) for number in range(5))
    alone = said(tmp_path, text, None, 1)
    assert isinstance(alone[0], Book)
    assert len(alone[0].clients[2].projects[0].invoices[0].payments) == 2
    files = Files(tmp_path)
    lines, _ = intake.rows(files.register)
    for hands in (2, 3, 5):
        assert said(tmp_path, text, helpers, hands) == alone
        parted = pieces(text.encode(), "clients", hands)
        assert len(parted) == hands
        found = intake.together(parted, files.register, lines, KNOWN, helpers)
        assert found
        assert found[2] == alone[0].clients


@pytest.mark.parametrize("odd", ODD)
def test_what_is_odd_says_the_same_to_one_and_to_several(tmp_path: Path, helpers: ThreadPoolExecutor, odd: str) -> None:
    """Before, between and behind other clients, and with each other thing that is odd."""
    for other in ODD[ODD.index(odd) :]:
        text = HEAD + (f"{usual(1)}{odd}{usual(2)}" if odd is other else f"{BRIEF}{odd}{usual(1)}{other}")
        assert said(tmp_path, text, helpers, 6) == said(tmp_path, text, None, 1), text


def test_a_command_reads_many_clients_by_processes(tmp_path: Path) -> None:
    """What it says is the same, and so are the mistakes."""
    many = 2 * anew.PIECE // len(usual(1)) + 1
    texts = [usual(number) for number in range(many)]
    heard = []
    for text in ("".join(texts), "".join([*texts, "  wrong: {name: Company}\n"])):
        (tmp_path / FILE).write_text(HEAD + text, encoding="utf-8")
        for jobs in ("1", "2"):
            ran = CliRunner().invoke(
                main, ["--home", str(tmp_path), "letters", "nobody", "--jobs", jobs, "--today", "2026-05-05"]
            )
            heard.append((ran.exit_code, ran.output))
    assert heard[0] == heard[1]
    assert heard[2] == heard[3]
    assert "there is no client `nobody`" in heard[0][1]
    assert "clients.yaml:" in heard[2][1]


def test_a_process_that_ends_has_all_read_here(tmp_path: Path) -> None:
    """Nothing is lost but time."""
    text = HEAD + "".join(usual(number) for number in range(3))
    alone = said(tmp_path, text, None, 1)
    with ProcessPoolExecutor(1, get_context("fork"), exit) as broken:
        assert [*marks(intake.read(Files(tmp_path), KNOWN, broken, 2))] == alone[1:]


def test_who_is_interrupted_does_not_wait_for_the_others() -> None:
    """They end at once, whatever they were at."""
    with pytest.raises(KeyboardInterrupt), anew.helpers(1) as helper:  # noqa: PT012 - it is the end that counts
        assert helper
        sleeping = helper.submit(time.sleep, 60)
        while not sleeping.running():
            time.sleep(0.01)
        start = time.monotonic()
        raise KeyboardInterrupt
    assert time.monotonic() - start < 30  # half of what would be waited for
