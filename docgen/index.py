"""The index: what was read of each client, so that a command reads neither the others nor the same lines again.

It is made once all of a workspace was read without a mistake, and holds for those very files, laws, ladders and that
program alone. Where anything does not fit, all is read. Nothing but the values of a book is taken from it: a file that
someone else has put in its place may say what is not so, as any file in that folder may, but makes nothing run. The
index may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import io
import json
import pickle
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from docgen import reach
from docgen.frozen import dataclass
from docgen.money import Money
from docgen.problem import Mark, Problems
from docgen.records import book, facts
from docgen.records.book import Book, Terms, inorder
from docgen.records.files import Files

FILE = ".docgen.read"
VALUES = {kind.__qualname__: kind for kind in (Decimal, Money, Mark, date)} | {
    name: kind for name, kind in vars(book).items() if isinstance(kind, type) and kind.__module__ == book.__name__
}
SEAL = 64  # characters of the hash with which an index begins, before a line feed
SHARED = "shared"  # stands for the terms that many clients have in common
BROKEN = (pickle.UnpicklingError, EOFError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Index:
    """Where in *data* each client and the business begin and end, whose each invoice is, and the day of the last fact.

    The business, whose name is empty, lies with all terms; a client with what was posted to it.
    """

    places: Mapping[str, tuple[int, int]]
    bills: Mapping[str, str]
    last: date
    data: memoryview

    @property
    def clients(self) -> list[str]:
        """Return the ids of all clients, in the order of the file."""
        return [name for name in self.places if name]

    def book(self, clients: Iterable[str]) -> Book | None:
        """Return the book of these *clients*, None if any of it makes no sense."""
        try:
            business, terms = self._values("", ())
            found = [self._values(name, terms) for name in clients]
            return Book(
                business, tuple(client for client, _ in found), inorder(row for _, rows in found for row in rows)
            )
        except BROKEN:
            return None

    def _values(self, name: str, terms: tuple[Terms, ...]) -> tuple[Any, Any]:
        """Return the two values of the client called *name*, which may share *terms* with others."""
        start, end = self.places[name]
        first, second = Reader(self.data[start:end], terms).load()
        return first, second


class Reader(pickle.Unpickler):
    """Makes values of a book, and nothing else; Python's own would call whatever a file names."""

    def __init__(self, data: memoryview, terms: tuple[Terms, ...]) -> None:
        """Read from *data*; *terms* are those that are only numbered there."""
        super().__init__(io.BytesIO(data))
        self._terms = terms

    def find_class(self, module: str, name: str, /) -> Any:  # noqa: ANN401 - a class or a function
        """Return what makes the values called *name*; raises UnpicklingError if those are none of a book's."""
        if name == SHARED:
            return self._terms.__getitem__
        if name not in VALUES:
            raise pickle.UnpicklingError(f"{module}.{name} is no value of a book")
        return VALUES[name]


def shared(number: int) -> Terms:
    """Return the terms of this *number*; stands in a file for what its Reader does instead."""
    raise NotImplementedError(number)


def key(files: Files, inputs: str) -> str:
    """Return the hash of *files* and all *inputs* that are read with them, empty if any cannot be read."""
    try:
        parts = [files.facts, b"-" if files.register is None else b"+" + files.register]
    except Problems:
        return ""
    return ":".join([inputs, *(hashlib.sha256(part).hexdigest() for part in parts)])


def content(found: Book, key: str) -> list[bytes]:
    """Return, piece by piece, the file that holds all of the book *found*, which was read of what has that *key*."""
    terms = {id(project.terms): project.terms for client in found.clients for project in client.projects}
    numbers = {one: number for number, one in enumerate(terms)}
    table: dict[type, Callable[[Any], tuple[Any, ...]]] = {Terms: lambda one: (shared, (numbers[id(one)],))}
    rows = found.mail
    pieces = [dumped((found.business, tuple(terms.values())), {})]
    pieces += [dumped((client, rows.get(client.id, ())), table) for client in found.clients]
    ends = list(accumulate(map(len, pieces), initial=0))
    places = dict(zip(["", *(client.id for client in found.clients)], pairwise(ends), strict=True))
    owners = {number: client.id for number, (client, _, _) in found.invoices.items()}
    said = {"places": places, "invoices": owners, "last": facts.last(found).isoformat()}
    body = [json.dumps(said, separators=(",", ":")).encode(), b"\n", *pieces]
    return [seal(body, key), b"\n", *body]


def dumped(values: object, table: Mapping[type, Callable[[Any], tuple[Any, ...]]]) -> bytes:
    """Return *values* as bytes, by what *table* says of some kinds."""
    room = io.BytesIO()
    pickler = pickle.Pickler(room, protocol=5)
    pickler.dispatch_table = dict(table)
    pickler.dump(values)
    return room.getvalue()


def read(out: Path, key: str) -> Index | None:
    """Return the index in *out*, None if there is none, or it is not the very one that was made of what has *key*."""
    try:
        data = (reach.read(out, FILE) if key else None) or b""
        if data[:SEAL] != seal([memoryview(data)[SEAL + 1 :]], key):
            return None
        cut = data.index(b"\n", SEAL + 1)
        said = json.loads(data[SEAL + 1 : cut])
        places = {name: (start, end) for name, (start, end) in said["places"].items()}
        return Index(places, said["invoices"], date.fromisoformat(said["last"]), memoryview(data)[cut + 1 :])
    except (Problems, AttributeError, *BROKEN):
        return None


def seal(body: Iterable[bytes | memoryview], key: str) -> bytes:
    """Return the hash of *body* as it was made of what has that *key*."""
    found = hashlib.sha256(key.encode() + b"\n")
    for piece in body:
        found.update(piece)
    return found.hexdigest().encode()
