"""Reads the values of one mapping, notes what is wrong with each, and goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

from docgen import money
from docgen.money import Money
from docgen.problem import Mark, meant
from docgen.records import typed
from docgen.records.typed import Choice, Most
from docgen.source import List, Map, Node, Nothing, Source, Text

T = TypeVar("T")
# The keys that a mapping may have, in the order in which they are named, each with what reads its value where that is
# a text by itself, and None where the value is asked for.
Form: TypeAlias = Mapping[str, Any]
NO_FORM: Form = MappingProxyType({})
FEW = 8  # items that never are too many
PASSAGE = typed.at_most(Most.PASSAGE)
UNKNOWN = object()  # what a form does not have


class Entry:
    """A mapping being read; *clean* stays true while nothing was wrong with it."""

    __slots__ = ("asked", "clean", "form", "node", "source", "strange", "what")

    def __init__(self, source: Source, node: Map, what: str) -> None:
        """Read from *node*, called *what* in messages."""
        self.source, self.node, self.what = source, node, what
        self.form = NO_FORM
        self.asked: list[str] = []
        self.clean = self.strange = True  # until it is filled

    def report(self, place: Node | str | None, message: str) -> None:
        """Note what is wrong at *place*, a node or the name of a key."""
        if isinstance(place, str) and not isinstance(place, Text):
            place = self.node.get(place) or self.key(place)
        self.clean = False
        self.source.report(place if place is not None else self.node, message)

    def key(self, name: str) -> Text | None:
        """Return the key *name* as it stands in the file."""
        return next((key for key, _ in self.node.placed() if key == name), None)

    def mark(self, name: str = "") -> Mark:
        """Return where the mapping, or the value of its key *name*, stands."""
        return self.source.mark(self.node.get(name, self.node) if name else self.node)

    def has(self, name: str) -> bool:
        """Return whether the key is there."""
        self.asked.append(name)
        return name in self.node

    def finish(self) -> None:
        """Report every key that the form does not have and nobody asked for, with the name that was probably meant."""
        if not self.strange:
            return
        known = {**self.form, **dict.fromkeys(self.asked)}
        for key, _ in self.node.placed():
            if key not in known:
                near = meant(key.lower(), known)
                hint = f"; did you mean `{near}`?" if near else f"; {self.what} may have: {', '.join(known)}"
                self.clean = False
                self.source.report(key, f"unknown key `{key}`{hint}")

    def fill(self, form: Form, needed: Iterable[str] = ()) -> dict[str, Any]:
        """Return what *form* makes of the values that are there, by their keys; what is wrong or missing is reported.

        No key that is not there is looked at, which would cost most.
        """
        self.form, self.strange, found = form, False, {}
        for name, value in self.node.items():
            read = form.get(name, UNKNOWN)
            if read is UNKNOWN:
                self.strange = True
            elif read is not None:
                text = value if type(value) is Text else self.scalar(name, needed=False)
                if text is not None:
                    try:
                        found[name] = read(text)
                    except ValueError as error:
                        self.report(text, f"`{name}`: {error}")
        for name in needed:
            if name not in found:
                self.need(name)
        return found

    def need(self, name: str) -> None:
        """Report that *name* is not there, if it is not."""
        if name not in self.node:
            self.report(self.node, f"{self.what} has no `{name}`")

    def raw(self, name: str, *, needed: bool) -> Node | None:
        """Return the value of *name*; None, reported where it is *needed*, if there is none."""
        self.asked.append(name)
        value = self.node.get(name)
        if value is None:
            if needed:
                self.need(name)
            return None
        if isinstance(value, Nothing):
            self.report(value or self.key(name), nothing(name, value))
            return None
        return value

    def scalar(self, name: str, *, needed: bool) -> Text | None:
        """Return the value of *name* as typed; a list or mapping in its place is reported."""
        value = self.raw(name, needed=needed)
        if value is None or isinstance(value, Text):
            return value
        self.report(value, f"`{name}` must be a single value")
        return None

    def parsed(self, name: str, default: T, parse: Callable[[Text], T], *, needed: bool) -> T:
        """Return what *parse* makes of the value of *name*; the ValueError it raises is reported."""
        value = self.node.get(name)
        if value is None and not needed:
            self.asked.append(name)
            return default
        if type(value) is Text:
            self.asked.append(name)
            return self.value(value, default, parse, name)
        text = self.scalar(name, needed=needed)
        return default if text is None else self.value(text, default, parse, name)

    def value(self, text: Text, default: T, parse: Callable[[Text], T], name: str) -> T:
        """Return what *parse* makes of *text*; the ValueError it raises is reported."""
        try:
            return parse(text)
        except ValueError as error:
            self.report(text, f"`{name}`: {error}")
            return default

    def text(self, name: str, default: str = "", most: Most = Most.LINE, *, needed: bool = False) -> str:
        """Return one line of text, of no more than *most* characters."""
        if not needed and name not in self.node:
            self.asked.append(name)
            return default
        return self.parsed(name, default, lambda text: typed.line(text, most), needed=needed)

    def lines(self, name: str, *, needed: bool = False) -> tuple[str, ...]:
        """Return a text of several lines."""
        return self.parsed(name, (), typed.several, needed=needed)

    def items(self, name: str, *, needed: bool = False) -> tuple[str, ...]:
        """Return a list of texts, each of one line."""
        value = self.raw(name, needed=needed)
        if value is None:
            return ()
        if not isinstance(value, List):
            self.report(value, f"`{name}` must be a list: [one, two] or a line with `- ` for each")
            return ()
        return tuple([self.one(name, item) for item in value]) if self.few(name, value) else ()

    def few(self, name: str, value: List | Map) -> bool:
        """Return whether *value*, which is under *name*, is not too long to be read; one that is, is reported."""
        if len(value) <= FEW:
            return True
        try:
            Most.ITEMS.hold(len(value), "items")
        except ValueError as error:
            self.report(value, f"`{name}` {error}")
            return False
        return True

    def one(self, name: str, item: Node) -> str:
        """Return an *item* of a list as one line of text."""
        if isinstance(item, Text) and item.strip():
            return self.value(item, "", PASSAGE, name)
        self.report(item, f"`{name}` holds something that is not a line of text")
        return ""

    def whole(self, name: str, default: int = 0) -> int:
        """Return a whole number, not negative."""
        return self.parsed(name, default, typed.whole, needed=False)

    def share(self, name: str, default: Decimal = money.ZERO, most: int = 100) -> Decimal:
        """Return a percentage as a fraction, from 0 to *most* per cent."""
        return self.parsed(name, default, lambda text: typed.share(text, most), needed=False)

    def yes(self, name: str, *, default: bool) -> bool:
        """Return true or false."""
        return self.parsed(name, default, typed.yes, needed=False)

    def date(self, name: str, *, needed: bool = False) -> date | None:
        """Return a date."""
        return self.parsed(name, None, typed.day, needed=needed)

    def choice(self, name: str, choices: type[Choice], default: Choice) -> Choice:
        """Return one of *choices*."""
        return self.parsed(name, default, lambda text: typed.chosen(text, choices), needed=False)

    def money(self, name: str, currency: str, *, needed: bool = False) -> Money:
        """Return an amount in *currency* with no more decimals than it has."""
        return self.parsed(name, Money(money.ZERO, currency), lambda text: typed.amount(text, currency), needed=needed)

    def currency(self, name: str, default: str, *, needed: bool = False) -> str:
        """Return the code of a currency."""
        return self.parsed(name, default, typed.currency, needed=needed)

    def map(self, name: str) -> Map | None:
        """Return the mapping under *name*, None if there is none."""
        value = self.raw(name, needed=False)
        if value is None or isinstance(value, Map):
            return value
        self.report(value, f"`{name}` must hold `key: value` entries")
        return None

    def entry(self, name: str, what: str) -> Entry | None:
        """Return the mapping under *name* to be read, None if there is none."""
        node = self.map(name)
        return None if node is None else Entry(self.source, node, what)

    def each(self, name: str, what: str, *, many: bool = False) -> Sequence[tuple[Text, Entry]]:
        """Return the entries of the mapping under *name*, which may be *many*; one that is no mapping is reported."""
        node = self.map(name)
        found: list[tuple[Text, Entry]] = []
        for key, value in node.placed() if node and (many or self.few(name, node)) else ():
            if isinstance(value, Map):
                found.append((key, Entry(self.source, value, f"{what} `{key}`")))
            else:
                self.report(key, f"{what} `{key}` must hold `key: value` entries")
        return found

    def list(self, name: str, what: str) -> Sequence[Entry]:
        """Return the entries of the list under *name*; one that is no mapping is reported."""
        value = self.raw(name, needed=False)
        if value is None:
            return ()
        if not isinstance(value, List):
            self.report(value, f"`{name}` must be a list, a line with `- ` for each")
            return ()
        found: list[Entry] = []
        for node in value if self.few(name, value) else ():
            if isinstance(node, Map):
                found.append(Entry(self.source, node, what))
            else:
                self.report(node, f"{what} must hold `key: value` entries")
        return found


def nothing(name: str, value: Text) -> str:
    """Return the message for a key without a value."""
    if value:
        return f"`{name}` is {value}, which says nothing: leave the key out, or put quotes around it to print it"
    return f"`{name}` has no value: leave the key out, or put quotes around a value that begins with # or &"
