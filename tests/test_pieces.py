"""A file that is read in parts says what it says as a whole: the same book, or the same mistakes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.cli import anew, main
from docgen.crew import Crew
from docgen.problem import Mark, Problems
from docgen.records import intake
from docgen.records.book import Book, Business, Client
from docgen.records.files import FILE, REGISTER, Files
from docgen.records.schema import Known
from docgen.shelf import Shelf
from docgen.source.pieces import pieces

BUSINESS = "business:\n  {name: Studio, address: Portland, country: US, language: en, currency: USD, law: us}\n"
TERMS = "terms: {late_fee: 1.5% per month}\n"
CLIENTS = "clients:  # all of them\n"
HEAD = BUSINESS + TERMS + CLIENTS
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
DUMPED = """\
  NAME:
    address: '1 Desert Road


      Tucson

      '
    country: US
    name: Company
    projects:
      website:
        fee: '8000.00'
        history:
        - date: '2026-05-02'
          event: delivered
        invoices:
          NUMBER:
            issued: '2026-05-03'
            kind: deposit
            payments:
            - amount: '10.00'
              date: '2026-05-04'
        signed: '2026-05-01'
        title: Website
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
    f"  ends: {SHORT}\r",
    '  spans:\n    address: Tucson\n    country: US\n    name: "Company\nterms: {late_fee: 2% per month} # "\n',
    '  spans: {address: Tucson, country: US, name: "Company\nclients:\n  inner: one"}\n',
]
KNOWN = Known(("en",), ("us",))
ROWS = (
    "date,client,project,subject,document,channel,tracking,sha256,amount,note\n"
    "2026-05-05,usual-2,website,A-2,payment,,,,20.00,\n"
)
SIZE = 40  # bytes, so that each client is a piece


def usual(number: int) -> str:
    """Return a client as most are."""
    return numbered(USUAL, number)


def numbered(text: str, number: int) -> str:
    """Return *text* as the client of this *number*."""
    return text.replace("NAME", f"usual-{number}").replace("NUMBER", f"A-{number}")


FIVE = "".join(usual(number) for number in range(5))


def whole(home: Path, text: str) -> list[object]:
    """Return all that the file says as a whole, with every place, or what is wrong with it."""
    (home / FILE).write_bytes(text.encode())
    try:
        return said([intake.read(Files(home), KNOWN)])
    except Problems as wrong:
        return list(wrong.problems)


def parted(home: Path) -> list[object]:
    """Return all that its pieces say together, with every place; nothing where that is not sure."""
    files = Files(home)
    found = pieces(files.facts, "clients", SIZE)
    parts = [part for piece in found if (part := intake.part(piece, files.register, KNOWN))]
    if not len(found) == len(parts) > 1 or not intake.agree([outline for _, outline in parts], files.register):
        return []
    return said([book for book, _ in parts])


def said(books: list[Book]) -> list[object]:
    """Return all that *books* of the same business say, with every place."""
    assert all(book.business == books[0].business for book in books)
    clients = [client for book in books for client in book.clients]
    return [books[0].business, *clients, *((mark, mark.source) for client in clients for mark in marks(client))]


def marks(client: Client) -> Iterator[Mark]:
    """Yield where all of it stands."""
    yield client.mark
    for project in client.projects:
        yield from (project.mark, *(event.mark for event in project.history))
        for bill in project.invoices:
            yield from (bill.mark, *(payment.mark for payment in bill.payments))


def test_pieces_are_of_about_the_same_size_and_keep_their_lines() -> None:
    """What is cut away stands there as empty lines, so that a mistake names the line of the file."""
    text = (BUSINESS + CLIENTS + "".join(usual(number) for number in range(8)) + TERMS).encode()
    found = pieces(text, "clients", 2 * len(usual(1)))
    assert [piece.count(b"name: Company") for piece in found] == [2, 2, 2, 2]
    lines = [piece.split(b"\n") for piece in found]
    for number, line in enumerate(text.split(b"\n")):
        assert {each[number] for each in lines} <= {line, b"", b"#"}
        assert any(each[number] == line for each in lines)


@pytest.mark.parametrize(
    "text",
    [
        HEAD + FIVE,
        BUSINESS + CLIENTS + FIVE + TERMS,
        f"{CLIENTS}# the first\n{FIVE}# behind them\n{BUSINESS}{TERMS}",
        HEAD + FIVE.replace("  usual-1:", '  "usual-1":').replace("  usual-0:", "  'usual-0':"),
        HEAD + "".join(f"    {line}" for line in FIVE.splitlines(keepends=True)),
        (HEAD + FIVE).replace("\n", "\r\n"),
        BUSINESS + CLIENTS + "".join(map(numbered, [DUMPED] * 5, range(5))) + TERMS,
    ],
    ids=["usual", "terms last", "clients first", "quoted", "deeper", "CRLF", "as PyYAML writes it"],
)
def test_usual_clients_are_read_in_parts(tmp_path: Path, text: str) -> None:
    """The register goes for all of them."""
    (tmp_path / REGISTER).write_text(ROWS, encoding="utf-8")
    found = whole(tmp_path, text)
    assert isinstance(found[0], Business), found
    assert parted(tmp_path) == found
    assert [len(one.projects[0].invoices[0].payments) for one in found if isinstance(one, Client)] == [1, 1, 2, 1, 1]


@pytest.mark.parametrize("odd", ODD)
def test_what_is_odd_says_the_same_in_parts_and_as_a_whole(tmp_path: Path, odd: str) -> None:
    """Before, between and behind other clients, and with each other thing that is odd."""
    for other in ODD[ODD.index(odd) :]:
        around, both = f"{usual(1)}{odd}{usual(2)}", f"{BRIEF}{odd}{usual(1)}{other}"
        for text in (HEAD + around, HEAD + both, BUSINESS + CLIENTS + both + TERMS):
            found = whole(tmp_path, text)
            assert parted(tmp_path) in (found, []), text


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


def test_each_piece_is_read_once_and_they_come_in_their_order() -> None:
    """Here alone, or by others too; where one says nothing, nobody goes on."""
    found, read = [b"%d" % number for number in range(50)], list[bytes]()

    def make(piece: bytes) -> bytes | None:
        read.append(piece)
        return None if piece == b"wrong" else piece

    with ThreadPoolExecutor(2) as executor:
        for helper in (None, Crew(executor, 2)):
            read.clear()
            assert anew.spread(make, found, helper) == found
            assert sorted(read) == sorted(found)
            assert anew.spread(make, [*found, b"wrong"], helper) is None
            assert anew.spread(make, [b"wrong", *found], helper) is None


@pytest.mark.parametrize("trouble", [BrokenExecutor, MemoryError])
def test_where_there_is_no_room_for_several_all_is_read_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: type[Exception]
) -> None:
    """In parts: nothing is lost but time."""
    alone = whole(tmp_path, HEAD + FIVE)
    monkeypatch.setattr(anew, "PIECE", SIZE)
    monkeypatch.setattr(intake, "read", None)

    @contextmanager
    def helpers(_: int) -> Iterator[Crew]:
        with ProcessPoolExecutor(1, get_context("fork"), partial(ended, trouble)) as broken:
            yield Crew(broken, 1)

    monkeypatch.setattr(anew, "helpers", helpers)
    assert said([anew.read(Files(tmp_path), Shelf(tmp_path), date.max, 2)]) == alone


def ended(trouble: type[Exception]) -> None:
    """End a process, or leave it without memory."""
    if trouble is BrokenExecutor:
        os._exit(1)
    vars(anew)["part"] = refused


def refused(*_: object) -> None:
    """Find no memory."""
    raise MemoryError


def test_who_is_interrupted_does_not_wait_for_the_others() -> None:
    """They end at once, whatever they were at."""
    with pytest.raises(KeyboardInterrupt), anew.helpers(1) as helper:  # noqa: PT012 - it is the end that counts
        assert helper
        sleeping = helper.executor.submit(time.sleep, 60)
        while not sleeping.running():
            time.sleep(0.01)
        start = time.monotonic()
        raise KeyboardInterrupt
    assert time.monotonic() - start < 30  # half of what would be waited for
