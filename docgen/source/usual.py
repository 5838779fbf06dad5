"""Reads YAML as nearly all of it is typed: lines of `key: value` and `- item`, {a: b}, [a, b], and texts below a bar.

What is read here is what the builder makes of the parser's events, to the letter, in less than half the time: a line
that was there before, as most lines of a file of many clients were, is not looked at again. Where anything at all is
written in another way, or is wrong, nothing is read here, and the parser has to.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import zip_longest
from typing import Any, TypeAlias

from docgen import gate
from docgen.frozen import NamedTuple
from docgen.source import LONGEST, NOTHING, List, Map, Node, Place, Remarked, Text

MUCH = 4 << 20  # characters, in which there cannot be more entries than a file may have
DEEP = 12  # levels of lines, and as many of brackets
ROWS = 200  # lines of one pair of brackets
KEPT = 5_000  # lines that may come again
KEY = r"(\w[\w./-]{0,99}):"
FIRST = r"(?:[^\x00-#%-'*,\-:-@[-^`{-\x7f]|-(?=\w))"  # of a text without quotes: what YAML has no other use for
PLAIN, QUOTES, BRACKET, BAR = 4, (5, 6), 7, 8  # groups of a line
QUOTED = r"\"([^\"\\\n]*)\"|'([^'\n]*)'"
LINE = re.compile(
    rf"( *)(?:-( +))?(?:{KEY}(?: +|$))?"
    rf"(?:({FIRST}[^:#\n]*(?:(?::(?=[^ \n])|(?<=[^ ])#)[^:#\n]*)*)|{QUOTED}|(?=([{{[]))|(\|-?))?"
)
REST = re.compile(r" *(?:(?<= )#.*)?")
NAME = re.compile(rf"{KEY} +")
WORD = re.compile(rf"({FIRST}[^,:#?{{}}\[\]\n]*)|{QUOTED}")
BETWEEN = re.compile("(\n{64,})")  # what a piece of a file has in place of others
GAP = re.compile(r" *(?:\n +)*")


class UnusualError(Exception):
    """Something is not written as most is."""


class OpenError(UnusualError):
    """A bracket is not closed on its line."""


class Flow(NamedTuple):
    """The *values* in brackets, in {} with *keys* that begin at *spots*.

    Every place is a column, after the number of lines between it and the first.
    """

    keys: tuple[str, ...]
    spots: tuple[Place, ...]
    values: tuple[Value, ...]


Value: TypeAlias = tuple[int, int, "str | Flow"]


class Line(NamedTuple):
    """What a line says, and the columns: *at* where it begins, *item* where it goes on behind a dash, or 0.

    Its *key* or dash has a *value*, or that of the key comes on the lines that follow, as a text if there is a *bar*.
    The value, or the bar, begins in the column *start*.
    """

    at: int
    item: int
    key: str
    start: int
    value: str | Flow | None
    comment: str
    bar: str


def read(text: str) -> Map | None:
    """Return what *text* says, None where any of it is not written as most is."""
    if len(text) > MUCH:
        return None
    nest, number = Nest(), 0
    try:
        for rows, gap in zip_longest(*[iter(BETWEEN.split(text.replace("\r\n", "\n")))] * 2, fillvalue=""):
            nest.read(rows.split("\n"), number)
            number += rows.count("\n") + len(gap)
        return nest.whole()
    except UnusualError:
        return None


class Nest:
    """Where one is in a file: what *holds* the next line, which begins in a *column*, and all that is around it.

    What is called by the *name*, if there is one, begins on the next line.
    """

    __slots__ = ("around", "column", "holds", "name", "root")

    def __init__(self) -> None:
        """Begin a file."""
        self.root = Map()
        self.root.starts = []
        self.holds: Any = self.root
        self.around: list[tuple[Any, int]] = []
        self.column, self.name = 0, ""

    def whole(self) -> Map:
        """Return what was read, where the file ends; raises UnusualError."""
        if self.name or not self.root:
            raise UnusualError
        self.root.start = self.root.starts[0]
        return self.root

    def read(self, rows: list[str], first: int) -> None:
        """Read *rows* that begin with the line of the number *first*; raises UnusualError."""
        until = 0
        for index, row in enumerate(rows):
            if not row or index < until:
                continue
            try:
                line = said(row)
            except OpenError:
                line, until = several(rows, index)
            if line is None:
                continue
            number = first + index
            at, item, key, start, value, comment, bar = line
            if self.name or at != self.column or bool(item) is not (type(self.holds) is List):
                self.move(number, at, item, key)
            if item and key:
                self.enter(begun(number, item), item)
            if bar:
                value, until = below(rows, index + 1, self.column, bar)
            self.put(number, key, None if value is None else node(value, number, start, comment))

    def move(self, number: int, at: int, item: int, key: str) -> None:
        """Go to what holds a line that begins in the column *at*, which may have an *item*, or a *key*."""
        if self.name:
            if at < self.column + (not item):
                raise UnusualError
            if item or key:
                self.enter(begun(number, at, item), at)
            return
        while at < self.column:
            self.holds, self.column = self.around.pop()
        if not item and type(self.holds) is List:  # whose dashes are in the column of the key above them
            self.holds, self.column = self.around.pop()
        if at != self.column or bool(item) is not (type(self.holds) is List):
            raise UnusualError

    def enter(self, inside: Map | List, column: int) -> None:
        """Go into what is *inside* of where one is, and begins in a *column*."""
        if len(self.around) == DEEP:
            raise UnusualError
        self.around.append((self.holds, self.column))
        if self.name:
            self.holds[self.name], self.name = inside, ""
        else:
            self.holds.append(inside)
        self.holds, self.column = inside, column

    def put(self, number: int, key: str, value: Node | None) -> None:
        """Put a *value* with its *key* where one is; where there is no value, the next line begins one."""
        holds = self.holds
        if key:
            if key in holds:
                raise UnusualError
            holds.starts.append((number, self.column))
            if value is None:
                self.name = key
            else:
                holds[key] = value
        elif self.name:
            holds[self.name], self.name = value, ""
        elif value is not None and type(holds) is List:
            holds.append(value)
        else:
            raise UnusualError


def begun(number: int, column: int, item: int = 0) -> Map | List:
    """Return what begins on the line of this *number* in a *column*: a list where that has an *item*."""
    inside: Map | List
    if item:
        inside = List()
    else:
        inside = Map()
        inside.starts = []
    inside.start = (number, column)
    return inside


def node(value: str | Flow, number: int, column: int, comment: str) -> Node:
    """Return the node for a *value* that begins on the line of this *number* in a *column*, before a *comment*."""
    if isinstance(value, Flow):
        return made(value, number, (0, column))
    text = Remarked(value) if comment else Text(value)
    text.start = (number, column)
    if comment:
        text.comment = comment
    return text


@lru_cache(maxsize=KEPT)
def said(row: str) -> Line | None:
    """Return what a *row* says, None for a comment; raises UnusualError, or OpenError where more rows may help."""
    if len(row) > LONGEST or not row.replace("\n", "").isprintable():
        raise UnusualError
    if row.isspace() or row.lstrip(" ").startswith("#"):
        return None
    match = found(LINE, row, 0)
    value: str | Flow | None = None
    start, end, comment, bar = match.end(), match.end(), "", ""
    kind = match.lastindex
    if kind == PLAIN:
        start = match.start(kind)
        value = exact(match[kind].rstrip(" "), plain=True)
        behind = row[start + len(match[kind].rstrip(" ")) :]
        comment = behind if "#" in behind else ""
    elif kind in QUOTES:
        start, value = match.start(kind) - 1, exact(match[kind])
    elif kind == BRACKET:
        value, end = inside(row, end, 0)
    elif kind == BAR:
        start, bar = match.start(kind), match[kind]
    key = exact(match[3] or "")
    if not (key if bar else key or value is not None) or not REST.fullmatch(row, end):
        raise UnusualError
    at = match.end(1)
    return Line(at, match.end(2) if match[2] else 0, key, start, value, comment, bar)


def several(rows: list[str], first: int) -> tuple[Line | None, int]:
    """Return what the row *first* says with those that close its bracket, and the row behind them."""
    depth = 0
    for last in range(first, min(first + ROWS, len(rows))):
        depth += sum(map(rows[last].count, "{[")) - sum(map(rows[last].count, "]}"))
        if depth <= 0:
            return said("\n".join(rows[first : last + 1])), last + 1
    raise UnusualError


def inside(text: str, place: int, depth: int) -> tuple[Flow, int]:
    """Return what the bracket at a *place* in *text* and the one that closes it have between them, and where that ends.

    It is in so many brackets itself. Raises UnusualError, or OpenError where it is not closed.
    """
    closing = "}" if text[place] == "{" else "]"
    keys: list[str] = []
    spots: list[Place] = []
    values: list[Value] = []
    sign = ","
    while sign == ",":
        place = found(GAP, text, place + 1).end()
        if closing == "}":
            name = found(NAME, text, place)
            keys.append(exact(name[1]))
            spots.append(spot(text, place))
            place = name.end()
        value: str | Flow
        if text[place : place + 1] in {"{", "["} and depth < DEEP:
            value, end = inside(text, place, depth + 1)
        else:
            word = found(WORD, text, place)
            plain, double, single = word.groups("")
            value, end = exact(plain.rstrip(" "), plain=True) if plain else exact(double or single), word.end()
        values.append((*spot(text, place), value))
        place = found(GAP, text, end).end()
        sign = text[place : place + 1]
    if not sign:
        raise OpenError
    if sign != closing or len({*keys}) < len(keys):
        raise UnusualError
    return Flow(tuple(keys), tuple(spots), tuple(values)), place + 1


def found(what: re.Pattern[str], text: str, place: int) -> re.Match[str]:
    """Return *what* is at a *place* in *text*; raises UnusualError, or OpenError at its end."""
    match = what.match(text, place)
    if match is None:
        raise OpenError if place == len(text) else UnusualError
    return match


def spot(text: str, place: int) -> Place:
    """Return the line and the column of a *place* in *text*, counted from 0."""
    return text.count("\n", 0, place), place - text.rfind("\n", 0, place) - 1


def made(flow: Flow, number: int, place: Place) -> Map | List:
    """Return the node for what is in brackets at a *place*, on lines of which the first has this *number*."""
    values: list[Node] = []
    for line, column, value in flow.values:
        if isinstance(value, str):
            text = Text(value)
            text.start = (number + line, column)
            values.append(text)
        else:
            values.append(made(value, number, (line, column)))
    whole: Map | List
    if flow.keys:
        whole = Map(zip(flow.keys, values, strict=True))
        whole.starts = [(number + line, column) for line, column in flow.spots]
    else:
        whole = List(values)
    whole.start = (number + place[0], place[1])
    return whole


def below(rows: list[str], first: int, column: int, bar: str) -> tuple[str, int]:
    """Return the text that begins on the row *first*, below a key in a *column* with a *bar*, and the row behind it.

    Raises UnusualError.
    """
    if first == len(rows):
        raise UnusualError
    margin = len(rows[first]) - len(rows[first].lstrip(" "))
    lead, last = " " * margin, first
    while last < len(rows) and (rows[last].startswith(lead) or not rows[last]):
        last += 1
    inner = [row[margin:] for row in rows[first:last]]
    blank = not inner[0] or any(map(str.isspace, (*inner, *rows[last : last + 1])))
    going_on = last == len(rows) and rows[-1]  # behind many empty lines, or without an end
    if blank or going_on or margin <= column or not "".join(inner).isprintable():
        raise UnusualError
    return exact("\n".join(inner).rstrip("\n") + ("\n" if bar == "|" else "")), last


def exact(text: str, *, plain: bool = False) -> str:
    """Return *text* in NFC; raises UnusualError for one that is too long or cannot be printed, or a *plain* nothing."""
    if len(text) >= LONGEST or (plain and text in NOTHING):
        raise UnusualError
    if text.isascii():
        return text
    if gate.search(text):
        raise UnusualError
    return unicodedata.normalize("NFC", text)
