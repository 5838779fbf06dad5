"""Orders for invoices."""

from __future__ import annotations

import functools

from docgen.compose import invoice, texts
from docgen.compose.desk import Desk
from docgen.compose.texts import LETTERS
from docgen.press import Order


def invoice_of(table: Desk, number: str, *, copy: bool = False, late_fee: bool = False) -> Order:
    """Return the order for the invoice called *number*."""
    client, _, bill = table.book.invoices[number]
    own = texts.own(LETTERS, client.language, *invoice.template(bill), client.law)
    make = functools.partial(invoice.compose, table, number, copy=copy, late_fee=late_fee)
    return Order(LETTERS, f"{client.id}/{number}-invoice", make, own)
