"""The papers that are written to measure: a letter, an invoice of twelve lines and a contract for each client."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from docgen.cli import papers as commands
from docgen.cli import workspace
from docgen.document import Document
from docgen.plan import State
from docgen.press import Order

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 23)
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
        (home / "clients.yaml").write_text(facts(clients), encoding="utf-8")
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


def facts(clients: int) -> str:
    """Return a clients.yaml with the example's business and so many clients."""
    business = (ROOT / "clients.yaml").read_text(encoding="utf-8").split("\nclients:", 1)[0]
    return f"{business}\nclients:{''.join(map(_entry, range(1, clients + 1)))}"


def _entry(number: int) -> str:
    """Return the client *number*, who has a project of two and an invoice."""
    name, contact = NAMES[number % len(NAMES)], CONTACTS[number % len(CONTACTS)]
    lines = "\n".join(LINE.format(line=line, name=name, price=40 + number % 50) for line in range(1, 13))
    return CLIENT.format(number=number, name=name, contact=contact, fee=3000 + 10 * number, lines=lines)
