"""Orders for contracts."""

from __future__ import annotations

import functools

from docgen.compose import contract, texts
from docgen.compose.desk import Desk
from docgen.compose.texts import CONTRACTS
from docgen.press import Order
from docgen.records.book import Client, Project


def contract_of(table: Desk, client: Client, project: Project) -> Order:
    """Return the order for the contract of *project*."""
    make = functools.partial(contract.compose, table, client, project)
    own = texts.own(CONTRACTS, client.language, "contract", law=client.law)
    return Order(CONTRACTS, f"{client.id}/{project.id}-contract", make, own)
