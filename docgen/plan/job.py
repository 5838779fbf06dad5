"""A document of a ladder as it stands on a day."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum

from docgen.frozen import dataclass
from docgen.records.book import Client, Invoice, Project
from docgen.schedule import Channel, Rung


class State(StrEnum):
    """Where a document stands."""

    DUE = "due"
    WAITING = "waiting"
    HELD = "held"
    POSTED = "posted"


@dataclass(frozen=True, slots=True)
class Limit:
    """The last day to act that a letter names, and why that day."""

    by: date
    why: str


@dataclass(frozen=True, slots=True)
class Job:
    """A document: to whom, about what, in which state since or from which day, and on which *facts* that rests.

    *own* is its day before the gaps between letters moved it. *blocked* says what it waits for where that is not its
    day alone. *court* is true of a last letter whose deadline has passed without payment.
    """

    state: State
    client: Client = field(repr=False)
    project: Project = field(repr=False)
    rung: Rung
    on: date
    facts: str
    invoices: tuple[Invoice, ...] = ()
    limit: Limit | None = None
    own: date | None = None
    blocked: str = ""
    court: bool = False

    @property
    def document(self) -> str:
        """Return the name of the document's text."""
        return self.rung.document

    @property
    def subject(self) -> str:
        """Return the number of the invoice, the oldest if there are several, or else the project's id."""
        return self.invoices[0].number if self.invoices else self.project.id

    @property
    def subjects(self) -> tuple[str, ...]:
        """Return the numbers of all its invoices, or else the project's id."""
        return tuple([bill.number for bill in self.invoices]) if self.invoices else (self.project.id,)

    @property
    def call(self) -> bool:
        """Return whether it is a call sheet."""
        return self.rung.channel is Channel.PHONE

    @property
    def deadline(self) -> date | None:
        """Return the last day to act that it names, if it names one."""
        return self.limit.by if self.limit else None

    @property
    def why(self) -> str:
        """Return the facts it rests on, and the reason of its deadline."""
        return f"{self.facts} {self.limit.why}" if self.limit else self.facts
