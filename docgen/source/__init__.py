"""Reads YAML as the owner typed it: every value stays text, with its place, and a record's schema gives it a type.

PyYAML's own types would turn the country NO into False, a postcode into an octal number and a sum into a float,
so `usual` reads lines as most are, and `builder` the parser's events where any is not; what a plain record has no use
for (tags, anchors, aliases, merge keys, a key given twice) is refused.
"""

from __future__ import annotations

import re
from array import array
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import field
from functools import cached_property
from itertools import accumulate, product
from typing import Any, TypeAlias

from docgen import gate
from docgen.frozen import dataclass
from docgen.problem import Mark, Problem, Problems, stop

BYTES = 64 << 20  # ten thousand clients with their projects take twelve
BLOCK = 64  # lines, of which the first is known by its place
UNENDED = re.compile(rb"[^\r\n]*")
LONGEST = 5_000  # characters of one value
NOTHING = frozenset({"", "~", *map("".join, product("nN", "uU", "lL", "lL"))})  # what says that there is no value
MISTAKES = 500  # in one file, before it is laid aside

# A line and a column, both counted from 0.
Place: TypeAlias = tuple[int, int]


class Placed:
    """What stands somewhere in a file; *start* is the line and the column in which it begins, counted from 0."""

    __slots__ = ()
    start: Place

    @property
    def line(self) -> int:
        """Return the line on which it begins, counted from 1."""
        return self.start[0] + 1

    @property
    def column(self) -> int:
        """Return the column in which it begins, counted from 1."""
        return self.start[1] + 1


class Text(Placed, str):
    """A value as typed, and where; *comment* is what stands behind it on its line after a ``#``."""

    __slots__ = ("start",)
    comment: str = ""


class Remarked(Text):
    """A value with a comment."""

    __slots__ = ("comment",)
    comment: str


class Nothing(Text):
    """A value typed without quotes that says nothing."""

    __slots__ = ()


class Map(Placed, dict[str, "Node"]):
    """Keys with their values, where they begin, and where each key does."""

    __slots__ = ("start", "starts")
    starts: list[Place]

    def placed(self) -> Iterator[tuple[Text, Node]]:
        """Yield keys and values, the keys with their places."""
        for (key, value), start in zip(self.items(), self.starts, strict=True) if self else ():
            yield key if isinstance(key, Text) else placed(key, start), value


class List(Placed, list["Node"]):
    """Values in their order, and where they begin."""

    __slots__ = ("start",)


Node: TypeAlias = Text | Map | List


class Lines:
    """The lines of a file, each made text when it is asked for: all of them as text take four times the file's room."""

    def __init__(self, data: bytes) -> None:
        """Keep *data*."""
        self._data = data

    @cached_property
    def _places(self) -> tuple[array[int], int]:
        """Return where each block of lines begins, as the last of these places where the file ends, and its lines."""
        ends = list(accumulate(map(len, self._data.splitlines(keepends=True)), initial=0))
        return array("I", [*ends[:-1:BLOCK], len(self._data)]), len(ends) - 1

    def __len__(self) -> int:
        """Return how many there are."""
        return self._places[1]

    def __getitem__(self, number: int) -> str:
        """Return the line of this *number*, counted from 0, without its end; there is none beyond the last."""
        places, count = self._places
        if number >= count:
            return ""
        begin, end = places[number // BLOCK : number // BLOCK + 2]
        return str(self._data[begin:end].splitlines()[number % BLOCK], "utf-8", "surrogatepass")

    def having(self, sign: bytes) -> Iterator[tuple[int, int]]:
        """Yield the number of each line that has *sign*, counted from 0, and where the line begins, in bytes."""
        data, number, last = self._data, 0, 0
        while (place := data.find(sign, last)) >= 0:
            begin = max(data.rfind(b"\n", last, place), data.rfind(b"\r", last, place)) + 1  # 0 on the first line
            number += sum(data.count(end, last, place) for end in (b"\n", b"\r")) - data.count(b"\r\n", last, place)
            yield number, begin
            last = place + len(self._unended(place))

    def line_at(self, begin: int) -> str:
        """Return the line that begins at the byte *begin*, without its end."""
        return str(self._unended(begin), "utf-8", "surrogatepass")

    def _unended(self, begin: int) -> bytes:
        """Return what stands from the byte *begin* to the end of its line."""
        found = UNENDED.match(self._data, begin)
        return found[0] if found else b""


@dataclass(slots=True)
class Source:
    """A YAML file that was read: its name, its lines, its content, and what was refused on the way."""

    name: str
    lines: Lines
    root: Map = field(default_factory=Map)
    problems: list[Problem] = field(default_factory=list)

    def mark(self, place: Node | None) -> Mark:
        """Return the mark of *place* in this file."""
        start = getattr(place, "start", None)
        if start is None:
            return Mark(self.name)
        return Mark(self.name, start[0] + 1, start[1] + 1, self.lines)

    def at(self, line: int, column: int) -> Mark:
        """Return the mark of a *line* and *column*, both counted from 1."""
        return Mark(self.name, line, column, self.lines[line - 1] if line else "")

    def report(self, place: Node | None, message: str) -> None:
        """Add a problem at *place*."""
        self.add(Problem(self.mark(place), message))

    def add(self, problem: Problem) -> None:
        """Add *problem*; raises Problems where there are so many that nobody would read on."""
        self.problems.append(problem)
        if len(self.problems) >= MISTAKES:
            last = "mend these first; what else is wrong with the file was not looked at"
            raise Problems([*self.problems, Problem(Mark(self.name), f"there are {MISTAKES} mistakes or more: {last}")])

    def refuse(self, text: Text, end: Any, field: str) -> None:
        """Add a problem for the first character of *text*, a *field* that ends at *end*, that the gate refuses."""
        for number in range(text.line, min(end.line + 1, len(self.lines)) + 1):
            line = self.lines[number - 1]
            start = text.column - 1 if number == text.line else 0
            found = gate.search(line, start, end.column if number == end.line + 1 else len(line))
            if found:
                mark, why = self.at(number, found.start() + 1), gate.reason(found[0])
                break
        else:  # the file writes it another way
            mark, why = self.mark(text), gate.refused(text)
        self.add(Problem(mark, f"`{field}`: {why}" if field else why))


def read(data: bytes, name: str) -> Source:
    """Return the content of *data*; raises Problems where it is not readable as plain YAML at all."""
    from docgen.source import ready  # noqa: PLC0415 - it is made of what stands here

    text = decode(data, name)
    data = data.removeprefix(BOM_UTF8)
    source = Source(name, Lines(data))
    root: Node | None = ready.find(data)
    if root is None:
        from docgen.source import usual  # noqa: PLC0415 - the files that come with docgen are read without it

        root = usual.read(text)
    if root is None:
        del text  # which takes as much room once more
        from docgen.source import builder  # noqa: PLC0415 - most files are read without it

        root = builder.built(source, data)
    if root is None or (isinstance(root, Text) and not root):
        raise stop("the file is empty", Mark(name, 1, 1))
    if not isinstance(root, Map):
        raise stop("the file must begin with `key: value` entries", source.mark(root))
    source.root = root
    return source


def decode(data: bytes, name: str) -> str:
    """Return *data* as text; raises Problems if it is too large or not UTF-8.

    Halves of characters that stand where UTF-8 has none are kept, so that the gate can say where they are.
    """
    if len(data) > BYTES:
        raise stop(f"the file has {len(data) / (1 << 20):.1f} MiB; {BYTES >> 20} MiB are the most", Mark(name))
    try:
        return data.decode("utf-8-sig", "surrogatepass")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8-sig", "surrogatepass")
        message = f"the file is not UTF-8 text, as of the byte {data[error.start]:02X}: save it as UTF-8"
        raise stop(message, Mark(name, line, len(before) + 1)) from None


def placed(value: str, start: Place, comment: str = "") -> Text:
    """Return *value* as a text that begins at *start*, with the *comment* behind it."""
    node = Remarked(value) if comment else Text(value)
    node.start = start
    if comment:
        node.comment = comment
    return node
