"""The ladders as the business keeps them in letters/schedule.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from docgen.problem import Problems
from docgen.records.book import Terms
from docgen.records.entry import Entry
from docgen.records.typed import name, whole
from docgen.shelf import Shelf
from docgen.source import Text

FILE = "letters/schedule.yaml"
TERMS = ("silence_days", "abandon_days")
ZERO: int | str = 0


class Since(StrEnum):
    """What a rung's days are counted from."""

    MESSAGE = "message"
    DUE = "due"
    PREVIOUS = "previous"


class Channel(StrEnum):
    """How a letter is to be sent."""

    MAIL = "mail"
    CERTIFIED = "certified"


class Encloses(StrEnum):
    """What goes into the same file."""

    NOTHING = "nothing"
    INVOICE = "invoice"


@dataclass(frozen=True, slots=True)
class Rung:
    """One letter of a ladder; *after* is days or the name of a term, *deadline* days, ``law`` or nothing."""

    document: str
    after: int | str
    since: Since
    deadline: int | str
    encloses: Encloses
    channel: Channel

    def days(self, terms: Terms) -> int:
        """Return the days after which the letter goes out, under *terms*."""
        return self.after if isinstance(self.after, int) else int(getattr(terms, self.after))


@dataclass(frozen=True, slots=True)
class Schedule:
    """The ladders, and the least days between two overdue letters and between any two letters to a client."""

    negotiating: tuple[Rung, ...]
    active: tuple[Rung, ...]
    overdue: tuple[Rung, ...]
    overdue_gap: int
    client_gap: int


def read(shelf: Shelf) -> Schedule:
    """Return the ladders; raises Problems with everything that is wrong in their file."""
    source = shelf.yaml(FILE)
    top = Entry(source, source.root, "the schedule")
    ladders, gaps = top.entry("ladders", "`ladders`"), top.entry("gaps", "`gaps`")
    if ladders is None or gaps is None:
        top.report(None, "the schedule needs `ladders` and `gaps`")
        raise Problems(source.problems)
    found = Schedule(
        ladder(ladders, "negotiating"),
        ladder(ladders, "active"),
        ladder(ladders, "overdue"),
        gaps.whole("overdue", 14),
        gaps.whole("client", 4),
    )
    for entry in (top, ladders, gaps):
        entry.finish()
    if source.problems:
        raise Problems(source.problems)
    return found


def ladder(ladders: Entry, stage: str) -> tuple[Rung, ...]:
    """Return the rungs of one ladder, in their order."""
    found: list[Rung] = []
    for entry in ladders.list(stage, "a rung"):
        rung = one(entry)
        if any(other.document == rung.document for other in found):
            entry.report("document", f"`{rung.document}` stands twice in one ladder")
        if rung.since is Since.PREVIOUS and not found:
            entry.report(None, "the first rung has none before it; say `from: message` or `from: due`")
        entry.finish()
        found.append(rung)
    return tuple(found)


def one(entry: Entry) -> Rung:
    """Return one rung."""
    return Rung(
        document=entry.parsed("document", "", name, needed=True),
        after=entry.parsed("after", ZERO, days, needed=True),
        since=entry.choice("from", Since, Since.PREVIOUS),
        deadline=entry.parsed("deadline", ZERO, deadline, needed=False),
        encloses=entry.choice("encloses", Encloses, Encloses.NOTHING),
        channel=entry.choice("channel", Channel, Channel.MAIL),
    )


def days(text: Text) -> int | str:
    """Return a number of days or the name of a term; raises ValueError for anything else."""
    return str(text) if text in TERMS else whole(text)


def deadline(text: Text) -> int | str:
    """Return a number of days or ``law``; raises ValueError for anything else."""
    return "law" if text == "law" else whole(text)
