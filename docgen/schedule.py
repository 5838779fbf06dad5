"""The ladders as the business keeps them in letters/schedule.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from functools import cached_property

from docgen.frozen import dataclass
from docgen.problem import Mark, Problem, Problems, meant
from docgen.records.book import Client, What
from docgen.records.entry import Entry
from docgen.records.register import PAYMENT
from docgen.records.typed import name, whole
from docgen.shelf import Shelf
from docgen.source import Text

FILE = "letters/schedule.yaml"
# The ladders there are, each with the fact it starts from.
LADDERS = {
    "negotiating": "message",
    "declined": "declined",
    "active": "message",
    "delivered": "delivered",
    "overdue": "due",
}
OVERDUE = "overdue"
PREVIOUS = "previous"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TERMS = ("silence_days", "abandon_days")
NO_DEADLINE: int | str = 0
TAKEN = (*What, PAYMENT)  # what a line of the register can say besides a letter's name


class Channel(StrEnum):
    """How a document reaches the client; one for the telephone is a call sheet, not a letter."""

    EMAIL = "email"
    MAIL = "mail"
    CERTIFIED = "certified"
    PHONE = "phone"


class Encloses(StrEnum):
    """What goes into the same file."""

    NOTHING = "nothing"
    INVOICE = "invoice"


@dataclass(frozen=True, slots=True)
class After:
    """How long after a day: *days* (working days if so said), a *term* of the project, or a *weekday* next week."""

    days: int = 0
    working: bool = False
    term: str = ""
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """One document of a ladder.

    *since* is the rung below whose posting *after* counts from, None for the fact the ladder starts from. *deadline*
    is days, ``law`` or nothing. *call* is the call sheet in its place for a client who prefers to talk. An *optional*
    rung is no condition for the next, and lapses when that is due.
    """

    document: str
    after: After
    since: int | None
    deadline: int | str
    encloses: Encloses
    channel: Channel
    call: str = ""
    optional: bool = False
    mark: Mark = field(default=Mark(""), compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the texts it may have."""
        return (self.document, self.call) if self.call else (self.document,)


@dataclass(frozen=True)
class Schedule:
    """The ladders, and the least days between two overdue letters and between any two letters to a client."""

    ladders: Mapping[str, tuple[Rung, ...]]
    overdue_gap: int
    client_gap: int

    @cached_property
    def rungs(self) -> dict[str, tuple[str, int]]:
        """Return the ladder and the place on it of every document."""
        return {
            name: (ladder, index)
            for ladder, rungs in self.ladders.items()
            for index, rung in enumerate(rungs)
            for name in rung.names
        }

    @property
    def last_notice(self) -> str:
        """Return the name of the last overdue letter, empty if there is none."""
        rungs = self.ladders[OVERDUE]
        return rungs[-1].document if rungs else ""

    def rung(self, document: str) -> Rung | None:
        """Return the rung of *document*, None if it is on no ladder."""
        ladder, index = self.rungs.get(document, ("", 0))
        return self.ladders[ladder][index] if ladder else None

    def is_call(self, document: str) -> bool:
        """Return whether *document* is a call sheet."""
        rung = self.rung(document)
        return rung is not None and (rung.channel is Channel.PHONE or document == rung.call)


def read(shelf: Shelf) -> Schedule:
    """Return the ladders; raises Problems with everything that is wrong in their file."""
    source = shelf.yaml(FILE)
    top = Entry(source, source.root, "the schedule")
    ladders, gaps = top.entry("ladders", "`ladders`"), top.entry("gaps", "`gaps`")
    if ladders is None or gaps is None:
        top.report(None, "the schedule needs `ladders` and `gaps`")
        raise Problems(source.problems)
    seen = Seen(shelf.stems("letters"))
    found = Schedule(
        {ladder: tuple(rungs(ladders, ladder, seen)) for ladder in LADDERS},
        gaps.whole("overdue", 14),
        gaps.whole("client", 4),
    )
    for entry in (top, ladders, gaps):
        entry.finish()
    if source.problems:
        raise Problems(source.problems)
    return found


@dataclass(frozen=True, slots=True)
class Seen:
    """The names of the texts there are, and where on the ladders each was named so far."""

    texts: frozenset[str]
    marks: dict[str, Mark] = field(default_factory=dict)

    def claim(self, entry: Entry, key: str, document: str) -> None:
        """Take the name of a *document* for one rung; one that cannot be taken is reported."""
        if document in TAKEN:
            entry.report(key, f"`{document}` is no name for a letter: in the register it says what happened")
        elif document in self.marks:
            first = f"the first is on line {self.marks[document].line}"
            entry.report(key, f"`{document}` stands twice, and the register could not tell which went out; {first}")
        elif document and document not in self.texts:
            near = meant(document, self.texts)
            hint = f"did you mean `{near}`?" if near else f"write letters/en/{document}.md, and so in each language"
            entry.report(key, f"there is no text `{document}`; {hint}")
        elif document:
            self.marks[document] = entry.mark(key)


def rungs(ladders: Entry, ladder: str, seen: Seen) -> Iterator[Rung]:
    """Yield the rungs of one ladder, in their order."""
    entries = list(ladders.list(ladder, "a rung"))
    order = [str(entry.node.get("document", "")) for entry in entries]
    optional: list[bool] = []
    for entry in entries:
        found = one(entry, ladder, order, optional)
        for document, key in ((found.document, "document"), (found.call, "call")):
            seen.claim(entry, key, document)
        entry.finish()
        optional.append(found.optional)
        yield found


def one(entry: Entry, ladder: str, order: list[str], optional: list[bool]) -> Rung:
    """Return one rung; *optional* says of each rung below it whether it is."""
    return Rung(
        document=entry.parsed("document", "", name, needed=True),
        after=entry.parsed("after", After(), after, needed=True),
        since=since(entry, ladder, order, optional),
        deadline=entry.parsed("deadline", NO_DEADLINE, deadline, needed=False),
        encloses=entry.choice("encloses", Encloses, Encloses.NOTHING),
        channel=entry.choice("channel", Channel, Channel.MAIL),
        call=entry.parsed("call", "", name, needed=False),
        optional=entry.yes("optional", default=False),
        mark=entry.mark("document"),
    )


def since(entry: Entry, ladder: str, order: list[str], optional: list[bool]) -> int | None:
    """Return the rung whose posting the days count from, None for the fact that *ladder* starts from.

    Reports a rung that would wait for itself or for one above it.
    """
    start, mine = LADDERS[ladder], len(optional)
    said = entry.scalar("from", needed=False) or PREVIOUS
    if said == start:
        return None
    if said == PREVIOUS:
        below = [index for index, free in enumerate(optional) if not free]
        if not below:
            entry.report(None, f"the first rung has none before it to count from; say `from: {start}`")
        return below[-1] if below else None
    if said in order[:mine]:
        return order.index(said)
    if said in order:
        circle = "itself" if said == order[mine] else "a letter that waits for it"
        entry.report("from", f"the schedule is circular: `{order[mine]}` counts from `{said}`, {circle}")
    else:
        near = meant(said, [start, PREVIOUS, *order[:mine]])
        hint = f"; did you mean `{near}`?" if near else ""
        entry.report("from", f"`from` is {start}, previous or a letter below on the ladder, not {said!r}{hint}")
    return None


def after(text: Text) -> After:
    """Return how long after; raises ValueError for what is none of the ways to say it."""
    if text in TERMS:
        return After(term=str(text))
    if text in WEEKDAYS:
        return After(weekday=WEEKDAYS.index(text))
    working = re.fullmatch(r"([0-9]{1,4}) working days?", text)
    if working:
        return After(int(working[1]), working=True)
    if not text.isdigit():
        hint = f"a number, `3 working days`, the name of a weekday, or {' or '.join(TERMS)}"
        raise ValueError(f"{text!r} is no time to wait; write {hint}")
    return After(whole(text))


def deadline(text: Text) -> int | str:
    """Return a number of days or ``law``; raises ValueError for anything else."""
    return "law" if text == "law" else whole(text)


def unspoken(schedule: Schedule, shelf: Shelf, clients: Iterable[Client]) -> Iterator[Problem]:
    """Yield what is missing where a document has a text, but none in the language of one of *clients*."""
    spoken = sorted({(client.language, client.law) for client in clients})
    for rung in (rung for rungs in schedule.ladders.values() for rung in rungs):
        for stem in dict.fromkeys(f"letters/{language}/{text}" for text in rung.names for language, _ in spoken):
            laws = [f"{stem}.{law}.md" for language, law in spoken if stem.split("/")[1] == language]
            if not shelf.has(f"{stem}.md") and not all(map(shelf.has, laws)):
                yield Problem(rung.mark, f"there is no {stem}.md yet, for clients who are written to in that language")
