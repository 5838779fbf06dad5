"""Builds what a YAML file says of the events of PyYAML's parser, in C where that is there."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import field
from typing import Any

import yaml

from docgen import gate
from docgen.frozen import dataclass
from docgen.problem import Mark, stop
from docgen.source import LONGEST, NOTHING, List, Map, Node, Nothing, Place, Source, Text, placed

DEPTH = 32
NODES = 5_000_000
KNOWN = 1_000  # keys that are likely to come again
# What the parser stops at, or takes for the end of a line; it is shown something else, and each value says its own.
# None of it is printable to Python, which can tell without this expression.
UNREADABLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
BEHIND = re.compile(r"\s+#.*")
COMBINING = "\u0300"  # the first sign that may be one with what stands before it, so that below it all text is NFC
LOST = "\N{REPLACEMENT CHARACTER}"
ESCAPE = "(?<=[xuU])[0-9A-Fa-f]{2,8}"
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
HINTS = {
    "cannot start any token": "put quotes around the value",
    "mapping values are not allowed": "a value with a colon and a space in it needs quotes around it",
    "did not find expected": "check the indentation and the quotes on this line and the one before",
    "could not find expected ':'": "a line without a colon stands where `key: value` is expected",
    "invalid Unicode character escape": "no text can hold that character; delete it",
    "unexpected end of stream": "the quote that was opened here is not closed",
}


def built(source: Source, data: bytes) -> Node | None:
    """Return the only document of *data*, the content of *source*, or None if there is none; `read` says the rest."""
    return Builder(source, dict(source.lines.having(b"#"))).build(shown(data))


def shown(data: bytes) -> bytes | str:
    """Return what the parser is shown of *data*: the same, but for what it stops at or takes for the end of a line."""
    text = data.decode("utf-8", "surrogatepass")
    if text.replace("\n", "").isprintable():
        return data
    return re.sub(UNREADABLE, LOST, text) if re.search(UNREADABLE, text) else data


def begin(event: Any) -> Place:
    """Return where *event* begins."""
    mark = event.start_mark
    return mark.line, mark.column


@dataclass(slots=True)
class Builder:
    """Turns the parser's events into nodes; only one is alive at a time, for one file."""

    source: Source
    hashed: dict[int, int]  # the numbers of the lines that may have a comment, counted from 0, and where each begins
    get: Callable[[], Any] = int  # the parser's next event
    keys: dict[str, str] = field(default_factory=dict)  # those seen, as most are in many mappings
    failed: str | None = None  # the key of the value that could not be read, empty where there is none
    root: Node | None = None
    nodes: int = 0

    def build(self, content: bytes | str) -> Node | None:
        """Return the only document of *content*, or None if there is none."""
        loader = None
        try:
            loader = LOADER(content)
            self.get = loader.get_event
            for event in iter(self.get, None):
                if type(event) is yaml.DocumentStartEvent:
                    self.document(event)
        except yaml.YAMLError as error:
            raise self.unreadable(error) from None
        except SystemError:  # which is all that the parser in C says where there is no room
            raise MemoryError from None
        finally:
            if loader:
                loader.dispose()
        return self.root

    def document(self, event: Any) -> None:
        """Read the document that begins with *event*; a second one is refused."""
        if self.root is not None:
            raise stop("a second document (---) begins here; a file holds one", self.place(event))
        self.root = self.node(self.get(), "", 0)

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
        if "character escape" in reason and (escaped := re.compile(ESCAPE).match(place.source, place.column - 1)):
            field, code = self.failed, int(escaped[0], 16)
            named = gate.reason(chr(code)) if code < sys.maxunicode else f"U+{code:X} is no character; delete it"
            message = f"`{field}`: {named}" if field else named
        found = stop(message, place)
        found.problems = (*self.source.problems, *found.problems)
        return found

    def node(self, event: Any, field: str, depth: int) -> Node:
        """Return the value of *field* that begins with *event*, so many mappings and lists deep."""
        if type(event) is yaml.ScalarEvent:
            return self.text(event, field)
        if type(event) is yaml.AliasEvent:
            return self.alias(event)
        node = Map() if type(event) is yaml.MappingStartEvent else List()
        node.start = begin(event)
        if event.anchor or event.tag:
            self.refuse(node, event)
        if depth == DEPTH:
            raise stop(f"nested too deeply: {DEPTH} levels are the most", self.place(event))
        if isinstance(node, Map):
            self.mapping(node, depth + 1)
        else:
            self.list(node, field, depth + 1)
        return node

    def list(self, node: List, field: str, depth: int) -> None:
        """Put into *node*, the value of *field*, what comes."""
        try:
            while type(event := self.get()) is not yaml.SequenceEndEvent:
                self.nodes += 1
                if self.nodes > NODES:
                    raise self.crowded(event)
                node.append(self.node(event, field, depth))
        except yaml.YAMLError:
            self.failed = field if self.failed is None else self.failed
            raise

    def mapping(self, node: Map, depth: int) -> None:
        """Put into *node* the keys and values that come."""
        get, known, scalar, end, key = self.get, self.keys.get, yaml.ScalarEvent, yaml.MappingEndEvent, ""
        starts = node.starts = []
        try:
            while type(event := get()) is not end:
                key = known(event.value, "") if type(event) is scalar and not event.anchor and not event.tag else ""
                if not key:
                    key = self.key(event)
                self.nodes += 2
                if self.nodes > NODES:
                    raise self.crowded(event)
                if key in node:
                    self.again(node, key, event)
                    self.node(get(), key, depth)
                    continue
                starts.append(begin(event))
                event = get()
                node[key] = self.text(event, key) if type(event) is scalar else self.node(event, key, depth)
        except yaml.YAMLError:
            if self.failed is None:
                self.failed = key if len(starts) > len(node) else ""
            raise

    def place(self, event: Any) -> Mark:
        """Return where *event* begins."""
        return self.source.at(event.start_mark.line + 1, event.start_mark.column + 1)

    def crowded(self, event: Any) -> Exception:
        """Return the Problems for more than there is room for, as of *event*."""
        return stop(f"more than {NODES:,} entries in one file", self.place(event))

    def text(self, event: Any, field: str) -> Text:
        """Return the scalar *event*, the value of *field*, as text in NFC; what cannot be printed is reported."""
        value = event.value
        if (
            value in NOTHING
            or len(value) > LONGEST
            or not (value.isascii() and value.isprintable())
            or event.anchor
            or event.tag
            or not (event.style or event.end_mark.line not in self.hashed)
        ):
            return self.unusual(event, field)
        node = Text(value)
        node.start = begin(event)
        return node

    def unusual(self, event: Any, field: str) -> Text:
        """Return what `text` does, of one that is not as most are."""
        value, bad = event.value, None
        if len(value) > LONGEST:
            found = f"the value has {len(value):,} characters; {LONGEST:,} are the most"
            raise stop(f"`{field}`: {found}" if field else found, self.place(event))
        lines = value.replace("\n", "")
        if not lines.isprintable() or not (lines.isascii() or max(lines) < COMBINING):
            bad = gate.search(value)
            value = value if bad else unicodedata.normalize("NFC", value)
        said = event.style or value not in NOTHING
        if said and not event.style and (comment := self.comment(event.end_mark)):
            node = placed(value, begin(event), comment)
        else:
            node = Text(value) if said else Nothing(value)
            node.start = begin(event)
        if bad:
            self.source.refuse(node, event.end_mark, field)
        if event.anchor or event.tag:
            self.refuse(node, event)
        return node

    def alias(self, event: Any) -> Text:
        """Return an empty text in place of the alias *event*, which is reported."""
        found = placed("", begin(event))
        self.source.report(found, f"the alias *{event.anchor} is not used here: put quotes around it, or repeat it")
        return found

    def key(self, event: Any) -> str:
        """Return the key that *event* is, without its place where that says all; it is known when it comes again."""
        if isinstance(event, yaml.CollectionStartEvent):
            if event.anchor or event.tag:
                self.refuse(placed("", begin(event)), event)
            raise stop("a key must be a word", self.place(event))
        before = len(self.source.problems)
        found = self.text(event, "") if type(event) is yaml.ScalarEvent else self.alias(event)
        if found == "<<" and not event.style:
            self.source.report(found, "merge keys (<<) are not used here; repeat the entries")
        if found.comment:
            return found
        if len(self.keys) < KNOWN and len(self.source.problems) == before:
            self.keys[event.value] = str(found)
        return str(found)

    def again(self, parent: Map, key: str, event: Any) -> None:
        """Report that *key*, of *event*, is in *parent* already."""
        first = next(one for one, _ in parent.placed() if one == key)
        message = f"the key `{key}` stands here a second time; the first is on line {first.line}"
        self.source.report(placed(key, begin(event)), message)

    def comment(self, end: Any) -> str:
        """Return the comment right behind a plain value that ends at *end*, from the last space before it."""
        begin = self.hashed.get(end.line)
        found = None if begin is None else BEHIND.match(self.source.lines.line_at(begin), end.column)
        return found[0] if found else ""

    def refuse(self, node: Node, event: Any) -> None:
        """Report a tag or an anchor on *node*."""
        if event.anchor:
            self.source.report(node, f"the anchor &{event.anchor} is not used here; put quotes around the value")
        if event.tag not in (None, "!"):
            self.source.report(node, f"the tag {event.tag} is not used here; put quotes around the value")
