"""Makes many documents at once: parcels of orders go to an executor's processes, and come back made, in their order.

A parcel is all that is sent: where the workspace is, the day, what the book says of some clients, and what to make.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path

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
    """What all documents of a run are made in: the *business* writes, and *inputs* is the hash of the files read.

    On *trial* what is wrong comes back, and nothing that was made.
    """

    home: Path
    day: date
    business: Business
    formats: tuple[str, ...]
    inputs: str
    trial: bool = False


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


def parcel(setting: Setting, book: Book, orders: Sequence[Order]) -> bytes:
    """Return *orders* as they are sent, with what *book* says of their clients."""
    about = book.about(order.client for order in orders)
    return pickle.dumps((setting, about, list(map(undesked, orders))), pickle.HIGHEST_PROTOCOL)


def undesked(order: Order) -> Order:
    """Return *order* without its desk, which is not sent: whoever opens the parcel has one."""
    make = order.asked
    return replace(order, compose=partial(make.func, *make.args[1:], **make.keywords))


def work(sent: bytes) -> list[Outcome]:
    """Return what comes of each order in the parcel *sent*."""
    setting, book, orders = pickle.loads(sent)  # noqa: S301 - it comes from whoever started this process
    bench = ready(setting)
    if bench.inputs != setting.inputs:
        message = "the texts, the house or the program changed meanwhile, or are others where documents are made"
        return [Outcome(problems=(Problem(Mark(str(setting.home)), message),))] * len(orders)
    desk = replace(bench.desk, book=book)
    return [bench.press.tried(desked(order, desk)) for order in orders]


def desked(order: Order, desk: Desk) -> Order:
    """Return *order*, which came without one, with this *desk*."""
    make = order.asked
    return replace(order, compose=partial(make.func, desk, *make.args, **make.keywords))


@dataclass(frozen=True, slots=True)
class Bench:
    """What a process keeps from parcel to parcel."""

    desk: Desk
    press: Press
    inputs: str


@lru_cache(maxsize=1)
def ready(setting: Setting) -> Bench:
    """Return the bench for *setting*; its desk has a book without clients."""
    shelf = Shelf(setting.home)
    desk = at.desk(Book(setting.business, ()), shelf, setting.day, Laws(shelf))
    return Bench(desk, Press(shelf, setting.formats, setting.trial), docket.inputs(shelf))
