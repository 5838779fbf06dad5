"""Makes many documents at once: parcels of orders go to an executor's processes, and come back made, in their order.

A parcel is all that is sent: where the workspace is, the day, what the book says of some clients, and what to make.
"""

from __future__ import annotations

import functools
import io
import pickle
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from docgen import docket
from docgen.compose import desk as at
from docgen.compose.desk import Desk
from docgen.frozen import dataclass
from docgen.jurisdiction import Laws
from docgen.press import Order, Outcome, Press
from docgen.problem import Mark, Problem
from docgen.records.book import Book, Business
from docgen.shelf import Shelf

PARCEL = 16  # documents in one
AHEAD = 3  # parcels given out for each that can be worked on


@dataclass(frozen=True, slots=True)
class Setting:
    """What all documents of a run are made in: the *business* writes, and *inputs* is the hash of the files read."""

    home: Path
    day: date
    business: Business
    formats: tuple[str, ...]
    inputs: str


@dataclass(frozen=True, slots=True)
class Crew:
    """Processes that make documents, *hands* at a time."""

    executor: Executor
    hands: int

    def make(self, setting: Setting, book: Book, orders: Sequence[Order]) -> Iterator[Outcome]:
        """Yield what comes of each of *orders*, in their order; only a few parcels are out or back at any time."""
        waiting: deque[Future[list[Outcome]]] = deque()
        try:
            for start in range(0, len(orders), PARCEL):
                waiting.append(self.executor.submit(work, parcel(setting, book, orders[start : start + PARCEL])))
                if len(waiting) >= AHEAD * self.hands:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


class Sender(pickle.Pickler):
    """Writes a parcel; the desk is not sent, as whoever opens it has one."""

    def persistent_id(self, one: Any) -> str | None:  # noqa: ANN401 - whatever there is
        """Return a word in place of a desk, and none for anything else."""
        return "desk" if isinstance(one, Desk) else None


class Opener(pickle.Unpickler):
    """Reads a parcel: first what it is about, then what is asked for at the *desk* that was made ready for that."""

    desk: Desk

    def persistent_load(self, _: Any) -> Desk:  # noqa: ANN401 - the only word there is
        """Return the desk here."""
        return self.desk


def parcel(setting: Setting, book: Book, orders: Sequence[Order]) -> bytes:
    """Return *orders* as they are sent, with what *book* says of their clients."""
    file = io.BytesIO()
    sender = Sender(file, pickle.HIGHEST_PROTOCOL)
    sender.dump((setting, book.about(order.client for order in orders)))
    sender.dump(list(orders))
    return file.getvalue()


def work(sent: bytes) -> list[Outcome]:
    """Return what comes of each order in the parcel *sent*."""
    opener = Opener(io.BytesIO(sent))
    setting, book = opener.load()
    bench = ready(setting)
    opener.desk = replace(bench.desk, book=book)
    orders: list[Order] = opener.load()
    if bench.inputs != setting.inputs:
        message = "the texts, the house or the program changed meanwhile, or are others where documents are made"
        return [Outcome(problems=(Problem(Mark(str(setting.home)), message),))] * len(orders)
    return [bench.press.tried(order) for order in orders]


@dataclass(frozen=True, slots=True)
class Bench:
    """What a process keeps from parcel to parcel."""

    desk: Desk
    press: Press
    inputs: str


@functools.lru_cache(maxsize=1)
def ready(setting: Setting) -> Bench:
    """Return the bench for *setting*; its desk has a book without clients."""
    shelf = Shelf(setting.home)
    desk = at.desk(Book(setting.business, ()), shelf, setting.day, Laws(shelf))
    return Bench(desk, Press(shelf, setting.formats), docket.inputs(shelf))
