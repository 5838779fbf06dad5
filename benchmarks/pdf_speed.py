"""Sets the same papers of 200 clients by docgen, platypus, Typst and WeasyPrint, in turns, and prints how long it took.

    python benchmarks/pdf_speed.py [--clients 200] [--seconds 20]

What is measured is the time of the processor from a finished document to the bytes of its PDF; docgen's is tagged,
archival, checked for characters that no glyph shows and read back, the others' are plain. A peer that is slow sets
fewer papers.
"""

from __future__ import annotations

import importlib
import statistics
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from docgen import look
from docgen.cli import papers as commands
from docgen.cli import workspace
from docgen.document import Document
from docgen.look import Look
from docgen.plan import State
from docgen.press import Order
from docgen.proof import pdf as proof
from docgen.write import pdf

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 23)
PEERS = ("pdf_platypus", "pdf_typst", "pdf_weasyprint")
PAPERS = ("letter", "invoice", "contract")
CLIENT = """
  client-{number:03}:
    name: {name} {number:03} Ltd
    contact: {contact}
    email: office@client-{number:03}.example
    phone: +44 20 7946 {number:04}
    address: |
      {number} High Street
      London EC{number:03}
    country: GB
    language: en
    projects:
      talks:
        title: Exhibition {number}
        deliverables: [Panels, Catalogue]
        fee: {fee}.00
        history:
          - {{date: 2026-11-17, event: wrote, about: the second proposal}}
      site:
        title: Website {number}
        deliverables: [Design system, Ten page templates, A guide]
        fee: {fee}.00
        signed: 2026-11-02
        invoices:
          2026-{number:04}:
            issued: 2026-11-16
            lines:
{lines}
"""
LINE = "              - {{item: Page template {line} for {name}, quantity: {line}, unit: hour, price: {price}.50}}"
NAMES = ("Acme", "Borealis", "Cobalt", "Dovetail", "Elmwood", "Fathom", "Gannet")
CONTACTS = ("Wile Coyote", "Þóra Æsa", "Íñigo Núñez", "Ann Other")


class Paper(NamedTuple):
    """A document of some kind and how it looks."""

    kind: str
    document: Document
    house: str


def papers(clients: int) -> Iterator[Paper]:
    """Yield a follow-up, an invoice of twelve lines and a contract for each of *clients*."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        business = (ROOT / "clients.yaml").read_text(encoding="utf-8").split("\nclients:", 1)[0]
        text = "".join(map(_client, range(1, clients + 1)))
        (home / "clients.yaml").write_text(f"{business}\nclients:{text}", encoding="utf-8")
        work = workspace.open_(home, TODAY)
        table, known = work.desk(), work.book.clients
        due = [job for job in work.plan(known) if job.state is State.DUE]
        letters = {order.stem.split("/")[0]: order for order in commands.letters_due(table, due)}
        for client in known:
            contract, invoice = (
                _paper(commands.papers_of(table, client), "contract"),
                _paper(commands.papers_of(table, client), "invoice"),
            )
            for kind, order in zip(PAPERS, (letters[client.id], invoice, contract), strict=True):
                yield Paper(kind, order.compose(), order.house)


def _paper(orders: list[Order], end: str) -> Order:
    """Return the one of *orders* whose name has this *end*."""
    return next(order for order in orders if order.stem.endswith(end))


def _client(number: int) -> str:
    """Return the client *number*, who has a project of two and an invoice."""
    name, contact = NAMES[number % len(NAMES)], CONTACTS[number % len(CONTACTS)]
    lines = "\n".join(LINE.format(line=line, name=name, price=40 + number % 50) for line in range(1, 13))
    return CLIENT.format(number=number, name=name, contact=contact, fee=3000 + 10 * number, lines=lines)


def writers(houses: dict[str, Look]) -> dict[str, Callable[[Paper], bytes]]:
    """Return what writes papers by the names of the writers; those that are not installed are named and left out."""
    found: dict[str, Callable[[Paper], bytes]] = {
        "docgen": lambda paper: _proven(paper, houses[paper.house]),
    }
    for name in PEERS:
        try:
            peer = importlib.import_module(name)
        except ImportError as error:
            print(f"{name} is left out: {error}")  # noqa: T201 - the result
            continue
        made = {house: peer.writer(looks) for house, looks in houses.items()}
        found[name.removeprefix("pdf_")] = lambda paper, made=made: made[paper.house](paper.document)  # type: ignore[misc]
    return found


def _proven(paper: Paper, house: Look) -> bytes:
    """Return the PDF of *paper* as *house* looks, read back."""
    made = pdf.write(paper.document, house)
    proof.check(made, paper.document, house)
    return made


def measure(
    found: list[Paper], write: dict[str, Callable[[Paper], bytes]], seconds: float
) -> dict[tuple[str, str], list[float]]:
    """Return how long each writer took for each paper; each stops after its share of *seconds*."""
    spent: dict[tuple[str, str], list[float]] = {(name, kind): [] for name in write for kind in PAPERS}
    for paper in found:
        for name, one in write.items():
            if sum(spent[name, paper.kind]) < seconds / len(PAPERS):
                start = time.process_time()
                one(paper)
                spent[name, paper.kind].append(time.process_time() - start)
    return spent


def main() -> None:
    """Measure and print a table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    houses = {name: look.read((ROOT / name / "house.docx").read_bytes(), name) for name in ("letters", "contracts")}
    found, write = list(papers(options.clients)), writers(houses)
    spent = measure(found, write, options.seconds)
    print(f"{'':12}" + "".join(f"{kind:>34}" for kind in PAPERS))  # noqa: T201 - the result
    for name in write:
        cells = []
        for kind in PAPERS:
            first, *times = spent[name, kind]
            middle, ours = statistics.median(times), statistics.median(spent["docgen", kind][1:])
            cells.append(f"{1 / middle:8.0f}/s {middle / ours:5.1f}x first {first * 1000:5.0f} ms")
        print(f"{name:12}" + "".join(f"{cell:>34}" for cell in cells))  # noqa: T201 - the result


if __name__ == "__main__":
    main()
