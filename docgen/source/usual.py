"""Reads YAML as nearly all of it is typed: lines of `key: value` and `- item`, {a: b}, [a, b], and texts below a bar.

What is read here is what the builder makes of the parser's events, to the letter, in about half the time: a line that
was there before, as most lines of a file of many clients were, is not looked at again. Where anything at all is
written in another way, or is wrong, nothing is read here, and the parser has to read it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any, TypeAlias

from docgen import gate
from docgen.frozen import NamedTuple
from docgen.source import LONGEST, NOTHING, List, Map, Node, Place, Text, placed

MUCH = 4 << 20  # characters, in which there cannot be more entries than a file may have
DEEP = 12  # levels of lines, and as many of brackets
ROWS = 200  # lines of one pair of brackets, or one text in quotes
KEPT = 5_000  # lines that may come again
KEY = r"(\w[\w./-]{0,99}):"
FIRST = r"(?:[^\x00-#%-'*,\-:-@[-^`{-\x7f]|-(?=\w))"  # of a text without quotes: what YAML has no other use for
QUOTED = r"\"([^\"\\\n]*)\"|'([^'\n]*)'"
LINE = re.compile(
    rf"( *)(?:-( +))?(?:{KEY}(?: +|$))?"
    rf"(?:({FIRST}[^:#\n]*(?:(?::(?=[^ \n])|(?<=[^ ])#)[^:#\n]*)*)|{QUOTED}|(?=([{{[]))|(\|-?))?"
)
PLAIN, QUOTES, BRACKET, BAR = 4, (5, 6), 7, 8  # groups of a line
REST = re.compile(r" *(?:(?<= )#.*)?")
BARE = rf"({FIRST}[^,:#?{{}}\[\]\n]*)"
ENTRY = re.compile(rf"(?:{KEY} +)?(?:{BARE}|{QUOTED})?")
WORD = 2  # group of an entry, and the two behind it have quotes
PAIR = rf"{KEY} {BARE}"
PAIRS = re.compile(rf"\{{{PAIR}(?:, {PAIR})*\}}")  # as most brackets are
GAP = re.compile(r" *(?:\n +)*")
BEHIND = re.compile(rf"{GAP.pattern}([,}}\]]?){GAP.pattern}")
BREAKS = re.compile("\n+")
BETWEEN = re.compile("(\n{64,})")  # what a piece of a file has in place of others


class UnusualError(Exception):
    """Something is not written as most is."""


class OpenError(UnusualError):
    """A bracket or a quote is not closed on its line."""


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
    parts = BETWEEN.split(text.replace("\r\n", "\n"))
    nest, number = Nest(), 0
    try:
        for part, gap in zip(parts[::2], [*parts[1::2], ""], strict=True):
            nest.read(part.split("\n"), number)
            number += part.count("\n") + len(gap)
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
            if isinstance(value, Flow):
                self.put(number, key, made(value, number, (0, start)))
            else:
                self.put(number, key, None if value is None else placed(value, (number, start), comment))

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


@lru_cache(maxsize=KEPT)
def said(row: str) -> Line | None:
    """Return what a *row* says, None for a comment; raises UnusualError, or OpenError where more rows may help."""
    if len(row) > LONGEST or not ((row.isascii() and row.isprintable()) or exact(row)):
        raise UnusualError
    match = found(LINE, row, 0)
    kind, start, end = match.lastindex, match.end(), match.end()
    value: str | Flow | None = None
    comment = bar = ""
    if kind == PLAIN:
        start, value = match.start(kind), match[kind].rstrip(" ")
        behind = row[start + len(value) :]
        comment = behind if "#" in behind else ""
        if value in NOTHING:
            raise UnusualError
    elif kind in QUOTES:
        start, value = match.start(kind) - 1, match[kind]
    elif kind == BRACKET:
        pairs = PAIRS.match(row, end)
        value, end = (paired(row, end, pairs.end()), pairs.end()) if pairs else inside(row, end, 0)
    elif kind == BAR:
        start, bar = match.start(kind), match[kind]
    key = match[3] or ""
    if not key and (bar or value is None):
        if kind == 1 and row[end : end + 1] in {"", "#"}:
            return None
        raise OpenError if row[end : end + 1] == "'" else UnusualError
    if end < len(row) and not REST.fullmatch(row, end):
        raise OpenError if row[end] == "'" else UnusualError
    return Line(match.end(1), match.end(2) if match[2] else 0, key, start, value, comment, bar)


def several(rows: list[str], first: int) -> tuple[Line | None, int]:
    """Return what the row *first* says with those that close its bracket or quote, and the row behind them."""
    depth = 0
    for last in range(first, min(first + ROWS, len(rows))):
        depth += sum(map(rows[last].count, "{[")) - sum(map(rows[last].count, "]}"))
        if depth <= 0 and last == first:
            return quoted(rows, first)
        if depth <= 0:
            return said("\n".join(rows[first : last + 1])), last + 1
    raise UnusualError


def quoted(rows: list[str], first: int) -> tuple[Line | None, int]:
    """Return what the row *first* says with those that close its quote, as PyYAML writes lines, and the row behind."""
    head, _, begin = rows[first].partition("'")
    last = next((last for last in range(first + 1, min(first + ROWS, len(rows))) if "'" in rows[last]), 0)
    end, _, behind = rows[last].partition("'")
    inner = rows[first + 1 : last]
    line = said(f"{head}''")
    if not last or line is None or "'" in begin or behind.strip(" ") or not begin.strip(" "):
        raise UnusualError
    if not all(row.startswith(" ") for row in (*inner, f"{end} ") if row) or not exact("\n".join((begin, *inner, end))):
        raise UnusualError
    text = "\n".join((begin.rstrip(" "), *[row.strip(" ") for row in inner], end.lstrip(" ")))
    text = BREAKS.sub(lambda found: "\n" * (len(found[0]) - 1) or " ", text)
    if len(text) > LONGEST:
        raise UnusualError
    return line._replace(value=text), last + 1


def paired(row: str, start: int, end: int) -> Flow:
    """Return what the brackets in *row* from *start* to *end* have between them, which are PAIRS; may be unusual."""
    keys: list[str] = []
    spots: list[Place] = []
    values: list[Value] = []
    place = start + 1
    for pair in row[place : end - 1].split(", "):
        key, _, text = pair.partition(": ")
        value = text.rstrip(" ")
        if value in NOTHING:
            raise UnusualError
        keys.append(key)
        spots.append((0, place))
        values.append((0, place + len(key) + 2, value))
        place += len(pair) + 2
    if len({*keys}) < len(keys):
        raise UnusualError
    return Flow(tuple(keys), tuple(spots), tuple(values))


def inside(text: str, place: int, depth: int) -> tuple[Flow, int]:
    """Return what the bracket at a *place* in *text* and the one that closes it have between them, and where that ends.

    It is in so many brackets itself. Raises UnusualError, or OpenError where it is not closed.
    """
    mapping, lines = text[place] == "{", "\n" in text
    keys: list[str] = []
    spots: list[Place] = []
    values: list[Value] = []
    sign, place = ",", found(GAP, text, place + 1).end()
    while sign == ",":
        entry = found(ENTRY, text, place)
        key, kind = entry[1], entry.lastindex or 0
        if (key is not None) is not mapping:
            raise OpenError if place == len(text) else UnusualError
        if key:
            keys.append(key)
            spots.append(spot(text, place, lines=lines))
        start, end = entry.end(), entry.end()
        value: str | Flow
        if kind == WORD:
            start, value = entry.start(kind), entry[kind].rstrip(" ")
            if value in NOTHING:
                raise UnusualError
        elif kind > WORD:
            start, value = entry.start(kind) - 1, entry[kind]
        elif text[end : end + 1] in {"{", "["} and depth < DEEP:
            value, end = inside(text, end, depth + 1)
        else:
            raise OpenError if end == len(text) else UnusualError
        values.append((*spot(text, start, lines=lines), value))
        behind = found(BEHIND, text, end)
        sign, place = behind[1], behind.end()
    if sign != "]}"[mapping] or len({*keys}) < len(keys):
        raise UnusualError if sign or place < len(text) else OpenError
    return Flow(tuple(keys), tuple(spots), tuple(values)), place


def found(what: re.Pattern[str], text: str, place: int) -> re.Match[str]:
    """Return *what* is at a *place* in *text*, which may be nothing."""
    match = what.match(text, place)
    if match is None:
        raise UnusualError
    return match


def spot(text: str, place: int, *, lines: bool) -> Place:
    """Return the line and the column of a *place* in *text*, counted from 0, which may have several *lines*."""
    return (text.count("\n", 0, place), place - text.rfind("\n", 0, place) - 1) if lines else (0, place)


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
    text = "\n".join(inner).rstrip("\n") + ("\n" if bar == "|" else "")
    blank = not inner[0] or any(map(str.isspace, (*inner, *rows[last : last + 1])))
    going_on = last == len(rows) and rows[-1]  # behind many empty lines, or without an end
    if blank or going_on or margin <= column or len(text) > LONGEST or not exact(text):
        raise UnusualError
    return text, last


def exact(text: str) -> bool:
    """Return whether *text*, which may have several lines, is printed as it is: in NFC, and with no odd character."""
    bare = text.replace("\n", "")
    if not bare.isprintable():
        return False
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and not gate.search(text))
