"""The index: where each client stands in a large clients.yaml, so that a command about one need not read the others.

It is made once all of a workspace was read without a mistake, and holds for those very files, laws, ladders and that
program alone. The lines of the other clients are then left blank, and what remains is read like any other file. Where
anything does not fit, all is read. The index may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from docgen import reach, records, source
from docgen.frozen import dataclass
from docgen.problem import Problems
from docgen.records import Files
from docgen.records.book import Book

FILE = ".docgen.read"
LARGE = 128 << 10  # bytes of clients.yaml, which some two hundred clients take
ALONE = b"clients:\n"  # what stands before the last client, for the reader to find where it ends


@dataclass(frozen=True, slots=True)
class Index:
    """Where each client begins and ends in clients.yaml, whose each invoice is, and the day of the last fact."""

    clients: Mapping[str, tuple[int, int]]
    bills: Mapping[str, str]
    last: str

    def part(self, facts: bytes, clients: Iterable[str]) -> bytes:
        """Return *facts* with the lines of all but these *clients* left blank; the others keep their numbers."""
        done, end = min(self.clients.values())[0], max(self.clients.values())[1]
        parts = [facts[:done]]
        for start, stop in (*sorted(self.clients[name] for name in clients), (end, end)):
            parts += [blank(facts[done:start]), facts[start:stop]]
            done = stop
        return b"".join([*parts, facts[end:]])


def blank(lines: bytes) -> bytes:
    """Return as many lines without anything in them; a mark on the first ends whatever stands before."""
    return b"#" + b"\n" * lines.count(b"\n") if lines else b""


def key(files: Files, inputs: Callable[[], str]) -> str:
    """Return the hash of *files* and all *inputs* that are read with them; none if they are small or cannot be read."""
    try:
        if len(files.facts) < LARGE:
            return ""
        parts = [files.facts, b"-" if files.register is None else b"+" + files.register]
    except Problems:
        return ""
    return ":".join([inputs(), *(hashlib.sha256(part).hexdigest() for part in parts)])


def make(book: Book, files: Files) -> Index | None:
    """Return the index of *book*, which is what *files* say, None where a client cannot be read without the others."""
    places = {client.id: (client.mark.line, client.mark.column) for client in book.clients}
    owners = {number: client.id for number, (client, _, _) in book.invoices.items()}
    if b"\r" in files.facts.replace(b"\r\n", b"") or not places:
        return None
    starts = list(beginnings(files.facts, [line for line, _ in places.values()]))
    columns = [column for _, column in places.values()]
    indents = [files.facts[start : start + column - 1] for start, column in zip(starts, columns, strict=True)]
    end = ending(files.facts, starts[-1])
    if any(map(bytes.strip, indents)) or not end:
        return None
    spans = dict(zip(places, pairwise([*starts, end]), strict=True))
    return Index(spans, owners, records.last(book).isoformat())


def beginnings(facts: bytes, lines: Iterable[int]) -> Iterator[int]:
    """Yield where in *facts* each of *lines*, counted from 1 and one below the other, begins."""
    start, here = 0, 1
    for line in lines:
        for _ in range(line - here):
            start = facts.index(b"\n", start) + 1
        here = line
        yield start


def ending(facts: bytes, start: int) -> int:
    """Return where the last client ends, who begins at *start*: at the next key, or with the file; 0 if unknown."""
    rest = facts[start:]
    try:
        (_, *keys) = source.read(ALONE + rest, records.FILE).root.placed()
    except Problems:
        return 0
    if not keys:
        return len(facts)
    line = keys[0][0].line - ALONE.count(b"\n") - 1
    return start + sum(map(len, rest.splitlines(keepends=True)[:line]))


def content(found: Index, key: str) -> bytes:
    """Return the file that says what was *found* in what has that *key*."""
    said = {"clients": found.clients, "invoices": found.bills, "last": found.last}
    return json.dumps({"of": seal(said, key), **said}, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def read(out: Path, key: str) -> Index | None:
    """Return the index in *out*, None if there is none, or it is not the very one that was made of what has *key*."""
    try:
        said = json.loads((reach.read(out, FILE) if key else None) or b"{}")
        if not isinstance(said, dict) or said.pop("of", "") != seal(said, key):
            return None
        return Index({name: (a, b) for name, (a, b) in said["clients"].items()}, said["invoices"], said["last"])
    except (Problems, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def seal(said: Mapping[str, object], key: str) -> str:
    """Return the hash of what is *said* of the files and the program with that *key*."""
    return hashlib.sha256(f"{key}\n{json.dumps(said)}".encode()).hexdigest()
