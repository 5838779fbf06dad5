"""Reads YAML as the owner typed it: every value stays text, with its place, and a record's schema gives it a type.

PyYAML's own types would turn the country NO into False, a postcode into an octal number and a sum into a float,
so the parser's events are read here instead, and what a plain record has no use for (tags, anchors, aliases,
merge keys, a key given twice) is refused.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

import yaml

from docgen import gate
from docgen.problem import Mark, Problem, Problems, stop

BYTES = 64 << 20  # ten thousand clients with their projects take twelve
DEPTH = 32
NODES = 5_000_000
LONGEST = 5_000  # characters of one value
MISTAKES = 500  # in one file, before it is laid aside
BREAKS = re.compile("\r\n|[\r\n]")
# What the parser stops at, or takes for the end of a line; it is shown something else, and each value says its own.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
BEHIND = re.compile(r"\s+#.*")
LOST = "\N{REPLACEMENT CHARACTER}"
ESCAPE = re.compile("(?<=[xuU])[0-9A-Fa-f]{2,8}")
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
HINTS = {
    "cannot start any token": "put quotes around the value",
    "mapping values are not allowed": "a value with a colon and a space in it needs quotes around it",
    "did not find expected": "check the indentation and the quotes on this line and the one before",
    "could not find expected ':'": "a line without a colon stands where `key: value` is expected",
    "invalid Unicode character escape": "no text can hold that character; delete it",
    "unexpected end of stream": "the quote that was opened here is not closed",
}


class Text(str):
    """A value as typed, and where; *comment* is what stands behind it on its line after a ``#``."""

    __slots__ = ("column", "comment", "line", "plain")
    line: int
    column: int
    plain: bool
    comment: str


class Map(dict[str, "Node"]):
    """Keys with their values, and where they begin."""

    __slots__ = ("column", "line")
    line: int
    column: int

    def placed(self) -> Iterator[tuple[Text, Node]]:
        """Yield keys and values, the keys with their places."""
        yield from cast("dict[Text, Node]", self).items()


class List(list["Node"]):
    """Values in their order, and where they begin."""

    __slots__ = ("column", "line")
    line: int
    column: int


Node: TypeAlias = Text | Map | List


@dataclass(slots=True)
class Source:
    """A YAML file that was read: its name, its lines, its content, and what was refused on the way."""

    name: str
    lines: list[str]
    root: Map = field(default_factory=Map)
    problems: list[Problem] = field(default_factory=list)

    def mark(self, place: Node | None) -> Mark:
        """Return the mark of *place* in this file."""
        if place is None or not hasattr(place, "line"):
            return Mark(self.name)
        return self.at(place.line, place.column)

    def at(self, line: int, column: int) -> Mark:
        """Return the mark of a *line* and *column*, both counted from 1."""
        shown = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Mark(self.name, line, column, shown)

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
            found = gate.REFUSED.search(line, start, end.column if number == end.line + 1 else len(line))
            if found:
                mark, why = self.at(number, found.start() + 1), gate.reason(found[0])
                break
        else:  # the file writes it another way
            mark, why = self.mark(text), gate.refused(text)
        self.add(Problem(mark, f"`{field}`: {why}" if field else why))


Taking: TypeAlias = "Callable[[Source, Map, Text, Map], None]"


def read(data: bytes, name: str, under: str = "", take: Taking | None = None) -> Source:
    """Return the content of *data*; raises Problems where it is not readable as plain YAML at all.

    Each mapping in that of the key *under* is given to *take* as soon as it is read, with all before it and its key.
    """
    text = decode(data, name)
    source = Source(name, BREAKS.split(text) if "\r" in text else text.split("\n"))
    hashed = (
        frozenset(number for number, line in enumerate(source.lines) if "#" in line) if "#" in text else frozenset()
    )
    root = Builder(source, hashed, under, take).build(text)
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


@dataclass(slots=True)
class Builder:
    """Turns the parser's events into nodes; only one is alive at a time, for one file."""

    source: Source
    hashed: frozenset[int]  # the numbers of the lines that may have a comment, counted from 0
    under: str = ""
    given: Taking | None = None
    stack: list[tuple[Map | List | None, str]] = field(default_factory=list)  # what is open around the innermost
    parent: Map | List | None = None  # the innermost
    name: str = ""  # the key under which it stands
    key: Text | None = None  # that waits for its value
    root: Node | None = None
    nodes: int = 0
    documents: int = 0

    def build(self, text: str) -> Node | None:
        """Return the only document of *text*, or None if there is none."""
        loader, scalar = None, yaml.ScalarEvent
        try:
            loader = LOADER(UNREADABLE.sub(LOST, text))
            for event in iter(loader.get_event, None):
                if type(event) is scalar:
                    node = self.text(event)
                    parent, key = self.parent, self.key
                    if type(parent) is not Map or self.nodes >= NODES:
                        self.add(node, event)
                    elif key is not None:  # what most are, a value or a new key, costs no call
                        self.nodes += 1
                        parent.setdefault(key, node)
                        self.key = None
                    elif node in parent or node == "<<":
                        self.add(node, event)
                    else:
                        self.nodes += 1
                        self.key = node
                else:
                    self.take(event)
        except yaml.YAMLError as error:
            raise self.unreadable(error) from None
        finally:
            if loader:
                loader.dispose()
        return self.root

    def unreadable(self, error: yaml.YAMLError) -> Exception:
        """Return the Problems for what the parser says, with what a person can do about it."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "not readable as YAML"
        if "end of stream" in reason and getattr(error, "context_mark", None):
            mark = getattr(error, "context_mark", None)
        place = self.source.at(mark.line + 1, mark.column + 1) if mark else Mark(self.source.name)
        hint = next((hint for part, hint in HINTS.items() if part in reason), "")
        if re.match(" *\t", place.source):
            hint = "indent with spaces, not tabs"
        message = f"cannot be read as YAML: {reason}" + (f"; {hint}" if hint else "")
        if "character escape" in reason and (escaped := ESCAPE.match(place.source, place.column - 1)):
            field, code = self.field(), int(escaped[0], 16)
            named = gate.reason(chr(code)) if code < sys.maxunicode else f"U+{code:X} is no character; delete it"
            message = f"`{field}`: {named}" if field else named
        found = stop(message, place)
        found.problems = (*self.source.problems, *found.problems)
        return found

    def take(self, event: Any) -> None:
        """Add what *event* says, which is no scalar."""
        if isinstance(event, yaml.events.CollectionEndEvent):
            ended = self.parent
            (self.parent, self.name), self.key = self.stack.pop(), None
            if self.given and len(self.stack) == 2 and isinstance(ended, Map):  # noqa: PLR2004 - the root, and a key's
                self.give(self.given, ended)
        elif isinstance(event, yaml.MappingStartEvent):
            self.open(Map(), event)
        elif isinstance(event, yaml.SequenceStartEvent):
            self.open(List(), event)
        elif isinstance(event, yaml.AliasEvent):
            text = placed(Text(""), event)
            text.plain, text.comment = False, ""
            self.source.report(text, f"the alias *{event.anchor} is not used here: put quotes around it, or repeat it")
            self.add(text, event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise stop("a second document (---) begins here; a file holds one", self.place(event))

    def give(self, take: Taking, node: Map) -> None:
        """Give *node* to who takes what is under a key, if it is."""
        root, parent = self.root, self.parent
        if isinstance(root, Map) and isinstance(parent, Map) and parent is root.get(self.under):
            key = next(reversed(cast("dict[Text, Node]", parent)))
            if parent[key] is node:
                take(self.source, root, key, node)

    def place(self, event: Any) -> Mark:
        """Return where *event* begins."""
        return self.source.at(event.start_mark.line + 1, event.start_mark.column + 1)

    def text(self, event: Any) -> Text:
        """Return the scalar *event* as text in NFC; one too long, or with what cannot be printed, is reported."""
        value, bad = event.value, None
        if len(value) > LONGEST:
            found = f"the value has {len(value):,} characters; {LONGEST:,} are the most"
            raise stop(f"`{self.field()}`: {found}" if self.field() else found, self.place(event))
        if not (value.isascii() and value.isprintable()):
            bad = gate.REFUSED.search(value)
            value = value if bad else unicodedata.normalize("NFC", value)
        node, start = Text(value), event.start_mark
        node.line, node.column = start.line + 1, start.column + 1
        node.plain = plain = not event.style
        node.comment = self.comment(event.end_mark) if plain and self.hashed else ""
        if bad:
            self.source.refuse(node, event.end_mark, self.field())
        if event.anchor or event.tag:
            self.refuse(node, event)
        return node

    def field(self) -> str:
        """Return the key under which the next value comes, empty where a key comes or there is none."""
        return self.key or "" if isinstance(self.parent, Map) else self.name

    def comment(self, end: Any) -> str:
        """Return the comment right behind a plain value that ends at *end*, from the last space before it."""
        lines, number, column = self.source.lines, end.line, end.column
        if number not in self.hashed or column >= len(lines[number]) or not lines[number][column].isspace():
            return ""
        found = BEHIND.match(lines[number], column)
        return found[0] if found else ""

    def open(self, node: Map | List, event: Any) -> None:
        """Begin a mapping or a list."""
        name, start = self.field(), event.start_mark
        node.line, node.column = start.line + 1, start.column + 1
        if event.anchor or event.tag:
            self.refuse(node, event)
        self.add(node, event)
        self.stack.append((self.parent, self.name))
        self.parent, self.name, self.key = node, name, None
        if len(self.stack) > DEPTH:
            raise stop(f"nested too deeply: {DEPTH} levels are the most", self.place(event))

    def add(self, node: Node, event: Any) -> None:
        """Put *node* where it belongs."""
        self.nodes += 1
        if self.nodes > NODES:
            raise stop(f"more than {NODES:,} entries in one file", self.place(event))
        parent, key = self.parent, self.key
        if parent is None:
            self.root = node
        elif isinstance(parent, List):
            parent.append(node)
        elif key is None:
            self.key = self.named(parent, node, event)
        else:
            parent.setdefault(key, node)
            self.key = None

    def refuse(self, node: Node, event: Any) -> None:
        """Report a tag or an anchor on *node*."""
        if event.anchor:
            self.source.report(node, f"the anchor &{event.anchor} is not used here; put quotes around the value")
        if event.tag not in (None, "!"):
            self.source.report(node, f"the tag {event.tag} is not used here; put quotes around the value")

    def named(self, parent: Map, node: Node, event: Any) -> Text:
        """Return *node* as a key of *parent*; one that stands there already is reported."""
        if not isinstance(node, Text):
            raise stop("a key must be a word", self.place(event))
        if node == "<<" and node.plain:
            self.source.report(node, "merge keys (<<) are not used here; repeat the entries")
        if node in parent:
            first = next(key for key, _ in parent.placed() if key == node)
            self.source.report(node, f"the key `{node}` stands here a second time; the first is on line {first.line}")
        return node


def placed(node: Any, event: Any) -> Any:
    """Return *node* with the place of *event* on it."""
    node.line, node.column = event.start_mark.line + 1, event.start_mark.column + 1
    return node
