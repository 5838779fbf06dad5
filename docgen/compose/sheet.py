"""Composes a call sheet: a page to hold while telephoning."""

from __future__ import annotations

from docgen.compose import desk as at
from docgen.compose.desk import Desk
from docgen.compose.fill import Value
from docgen.document import Break, Lines, Pairs
from docgen.records.book import Client, Project, What

MOST = 30  # lines to write on in one place


def values(desk: Desk, client: Client, project: Project) -> dict[str, Value]:
    """Return the blanks that only call sheets have: whom to call, room to write, and how to note the call."""
    log = f"docgen log {client.id}/{project.id}"
    events = {f"sheet.{event}": f"{log} {event}" for event in What}
    room: dict[str, Value] = {f"lines.{count}": (Lines(count),) for count in range(1, MOST + 1)}
    return {**events, **room, "page.break": (Break(),), "sheet.facts": (facts(desk, client, project),)}


def facts(desk: Desk, client: Client, project: Project) -> Pairs:
    """Return whom to call, at which numbers, and about what."""
    tongue, delivered = desk.language(client), project.happened(What.DELIVERED, desk.day)
    rows = [
        ("party.name", client.name),
        ("party.contact", client.contact),
        ("party.phone", client.phone or tongue.label("sheet.no_phone")),
        ("party.email", client.email),
        ("sheet.others", "\n".join(client.contacts)),
        ("invoice.project", project.title),
        ("sheet.deliverables", at.DOT.join(project.deliverables) if delivered else ""),
    ]
    return Pairs(tuple((tongue.label(name), value) for name, value in rows if value))
