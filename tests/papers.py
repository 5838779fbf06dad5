"""Every kind of document, in every language: the example's, with its clients made to speak another."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

from docgen.cli import papers as commands
from docgen.cli import workspace
from docgen.cli.workspace import Workspace
from docgen.document import Document
from docgen.orders.statements import statement_of
from docgen.plan import State
from docgen.press import Order

HOME = Path(__file__).parent.parent
TODAY = date(2026, 11, 23)
LANGUAGES = ("en", "es", "is")
LAWS = ("es", "is", "uk", "us")
KINDS = {
    "contract": "tern/map-contract",
    "contract-repeat": "brisa/signage-contract",
    "contract-upfront": "thorne/wayfinding-contract",
    "invoice-deposit": "montoya/2026-038-invoice",
    "invoice-balance": "vidal/2026-036-invoice",
    "invoice-lines": "vidal/2026-037-invoice",
    "invoice-credit": "vidal/R2026-004-invoice",
    "follow-up": "cobalt/website-follow-up",
    "last-check-in": "tern/map-last-check-in",
    "closing-the-loop": "oakline/catalogue-closing-the-loop",
    "reconnect": "pereda/catalog-reconnect",
    "follow-up-call": "lark/van-follow-up-call",
    "last-check-in-call": "lark/packaging-last-check-in-call",
    "after-no": "ferrer/shopfront-after-no",
    "nudge": "sorrel/signs-nudge",
    "contact-check": "marlow/programme-contact-check",
    "stop-work": "montoya/identity-stop-work",
    "termination": "fossvik/museum-termination",
    "receipt-check": "nordlicht/covers-receipt-check",
    "resend": "quill/2026-043-resend",
    "first-notice": "vidal/2026-036-first-notice",
    "second-notice": "harrow/2026-032-second-notice",
    "final-notice": "hekla/2026-028-final-notice",
    "statement": "vidal/vidal-statement",
}
SHEETS = ("follow-up-call", "last-check-in-call", "after-no", "contact-check", "receipt-check")


def work(folder: Path, *changes: tuple[str, str]) -> Workspace:
    """Return the example with patterns of its file replaced."""
    text = (HOME / "clients.yaml").read_text(encoding="utf-8")
    for pattern, instead in changes:
        text = re.sub(pattern, instead, text, flags=re.MULTILINE)
    (folder / "clients.yaml").write_text(text, encoding="utf-8")
    (folder / "register.csv").write_bytes((HOME / "register.csv").read_bytes())
    return workspace.open_(folder, TODAY)


def orders(folder: Path, *changes: tuple[str, str]) -> dict[str, Order]:
    """Return the orders of every kind of document, by kind."""
    example = work(folder, *changes)
    table, clients = example.desk(), example.book.clients
    due = [job for job in example.plan(clients) if job.state is State.DUE]
    found = commands.letters_due(table, due) + [
        order for client in clients for order in commands.papers_of(table, client)
    ]
    found += [statement_of(table, client) for client in clients if client.id == "vidal"]
    named = {order.stem: order for order in found}
    return {kind: named[stem] for kind, stem in KINDS.items()}


@cache
def every(language: str, folder: Path, law: str = "") -> dict[str, tuple[str, Document]]:
    """Return every kind of document in *language*, with the folder of the house it looks like."""
    changes = [(r"^    language: \w+", f"    language: {language}")]
    changes += [(r"^(    |  )law: \w+", rf"\g<1>law: {law}")] if law else []
    return {kind: (order.house, order.compose()) for kind, order in orders(folder, *changes).items()}
