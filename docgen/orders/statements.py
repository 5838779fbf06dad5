"""Orders for statements."""

from __future__ import annotations

import functools

from docgen.compose import statement, texts
from docgen.compose.desk import Desk
from docgen.compose.texts import LETTERS
from docgen.press import Order
from docgen.records.book import Client


def statement_of(table: Desk, client: Client) -> Order:
    """Return the order for the statement of *client*."""
    own = texts.own(LETTERS, client.language, "statement", law=client.law)
    make = functools.partial(statement.compose, table, client)
    return Order(LETTERS, f"{client.id}/{client.id}-statement", make, own)
