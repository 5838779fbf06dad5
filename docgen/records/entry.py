"""Reads the values of one mapping, notes what is wrong with each, and goes on."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from docgen import money
from docgen.money import Money
from docgen.problem import Mark
from docgen.source import List, Map, Node, Source, Text

Choice = TypeVar("Choice", bound=StrEnum)
T = TypeVar("T")

GROUPED = re.compile(r"(\d{1,3}([.,'\u00a0 ]\d{3})+)([.,]\d+)?")
LONG = 2000
NAME = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?")
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


class Entry:
    """A mapping being read; *clean* stays true while nothing was wrong with it."""

    def __init__(self, source: Source, node: Map, what: str) -> None:
        """Read from *node*, called *what* in messages."""
        self.source, self.node, self.what = source, node, what
        self.asked: list[str] = []
        self.clean = True

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
        """Report every key that nobody asked for, with the name that was probably meant."""
        for key, _ in self.node.placed():
            if key not in self.asked:
                near = difflib.get_close_matches(key.lower(), self.asked, 1)
                hint = f"; did you mean `{near[0]}`?" if near else f"; {self.what} may have: {', '.join(self.asked)}"
                self.clean = False
                self.source.report(key, f"unknown key `{key}`{hint}")

    def raw(self, name: str, *, needed: bool) -> Node | None:
        """Return the value of *name*; None, reported where it is *needed*, if there is none."""
        if not self.has(name):
            if needed:
                self.report(self.node, f"{self.what} has no `{name}`")
            return None
        value = self.node[name]
        if isinstance(value, Text) and value.plain and value.lower() in ("", "~", "null"):
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
        value = self.scalar(name, needed=needed)
        return default if value is None else self.value(value, default, parse, name)

    def value(self, text: Text, default: T, parse: Callable[[Text], T], name: str) -> T:
        """Return what *parse* makes of *text*; the ValueError it raises is reported."""
        try:
            return parse(text)
        except ValueError as error:
            self.report(text, f"`{name}`: {error}")
            return default

    def text(self, name: str, default: str = "", *, needed: bool = False) -> str:
        """Return one line of text."""
        return self.parsed(name, default, line, needed=needed)

    def lines(self, name: str, *, needed: bool = False) -> tuple[str, ...]:
        """Return a text of several lines."""
        return self.parsed(name, (), several, needed=needed)

    def items(self, name: str, *, needed: bool = False) -> tuple[str, ...]:
        """Return a list of texts, each of one line."""
        value = self.raw(name, needed=needed)
        if value is None:
            return ()
        if not isinstance(value, List):
            self.report(value, f"`{name}` must be a list: [one, two] or a line with `- ` for each")
            return ()
        return tuple(self.one(name, item) for item in value)

    def one(self, name: str, item: Node) -> str:
        """Return an *item* of a list as one line of text."""
        if isinstance(item, Text) and item.strip():
            return self.value(item, "", line, name)
        self.report(item, f"`{name}` holds something that is not a line of text")
        return ""

    def whole(self, name: str, default: int = 0) -> int:
        """Return a whole number, not negative."""
        return self.parsed(name, default, whole, needed=False)

    def share(self, name: str, default: Decimal = money.ZERO, most: int = 100) -> Decimal:
        """Return a percentage as a fraction, from 0 to *most* per cent."""
        return self.parsed(name, default, lambda text: share(text, most), needed=False)

    def yes(self, name: str, *, default: bool) -> bool:
        """Return true or false."""
        return self.parsed(name, default, yes, needed=False)

    def date(self, name: str, *, needed: bool = False) -> date | None:
        """Return a date."""
        return self.parsed(name, None, day, needed=needed)

    def choice(self, name: str, choices: type[Choice], default: Choice) -> Choice:
        """Return one of *choices*."""
        return self.parsed(name, default, lambda text: chosen(text, choices), needed=False)

    def money(self, name: str, currency: str, *, needed: bool = False) -> Money:
        """Return an amount in *currency* with no more decimals than it has."""
        return self.parsed(name, Money(money.ZERO, currency), lambda text: amount(text, currency), needed=needed)

    def currency(self, name: str, default: str, *, needed: bool = False) -> str:
        """Return the code of a currency."""
        return self.parsed(name, default, currency, needed=needed)

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

    def each(self, name: str, what: str) -> Iterator[tuple[Text, Entry]]:
        """Yield the entries of the mapping under *name*; one that is no mapping is reported."""
        for key, node in (self.map(name) or Map()).placed():
            if isinstance(node, Map):
                yield key, Entry(self.source, node, f"{what} `{key}`")
            else:
                self.report(key, f"{what} `{key}` must hold `key: value` entries")

    def list(self, name: str, what: str) -> Iterator[Entry]:
        """Yield the entries of the list under *name*; one that is no mapping is reported."""
        value = self.raw(name, needed=False)
        if value is None:
            return
        if not isinstance(value, List):
            self.report(value, f"`{name}` must be a list, a line with `- ` for each")
            return
        for node in value:
            if isinstance(node, Map):
                yield Entry(self.source, node, what)
            else:
                self.report(node, f"{what} must hold `key: value` entries")


def nothing(name: str, value: Text) -> str:
    """Return the message for a key without a value."""
    if value:
        return f"`{name}` is {value}, which says nothing: leave the key out, or put quotes around it to print it"
    return f"`{name}` has no value: leave the key out, or put quotes around a value that begins with # or &"


def cut(text: Text) -> Text:
    """Return *text*; raises ValueError where a ``#`` behind it was probably meant to be printed."""
    comment = text.comment
    if re.match(r"\s#", comment):
        raise ValueError(
            f"YAML takes everything from {comment.strip()!r} on as a comment: put quotes around the value, "
            "or at least two spaces before a comment"
        )
    return text


def line(text: Text) -> str:
    """Return *text* on one line; raises ValueError if there are more, or if it is empty or very long."""
    found = cut(text).strip()
    if not found:
        raise ValueError("is empty")
    if "\n" in found:
        raise ValueError("must be one line of text")
    if len(found) > LONG:
        raise ValueError(f"is longer than {LONG} characters")
    return " ".join(re.split(r"[ \t]+", found))


def several(text: Text) -> tuple[str, ...]:
    """Return the lines of *text* without the empty ones; raises ValueError if there are none."""
    found = tuple(part.strip() for part in cut(text).split("\n") if part.strip())
    if not found:
        raise ValueError("is empty")
    if max(map(len, found)) > LONG:
        raise ValueError(f"has a line longer than {LONG} characters")
    return found


def whole(text: Text) -> int:
    """Return a whole number from 0 to 9999; raises ValueError for anything else."""
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise ValueError(f"{text!r} is not a whole number from 0 to 9999")
    return int(text)


def share(text: Text, most: int = 100) -> Decimal:
    """Return a percentage such as ``50%`` as a fraction; raises ValueError, also above *most* per cent."""
    found = re.fullmatch(r"([0-9]{1,4}(?:\.[0-9]{1,6})?)\s?%", text)
    if not found:
        raise ValueError(f"{text!r} is not a percentage; write it as 50% or 1.5%")
    if Decimal(found[1]) > most:
        raise ValueError(f"{text} is more than {most}%")
    return Decimal(found[1]) / 100


def yes(text: Text) -> bool:
    """Return whether *text* is ``true``; raises ValueError if it is not ``false`` either."""
    if text not in ("true", "false"):
        raise ValueError(f"{text!r} must be true or false")
    return text == "true"


def day(text: Text) -> date:
    """Return an ISO date; raises ValueError for any other form and for a day that is not in the calendar."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(f"{text!r} is not a date; write it as year-month-day, 2026-11-21")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is not a day of the calendar") from None


def chosen(text: Text, choices: type[Choice]) -> Choice:
    """Return the choice called *text*; raises ValueError naming all there are."""
    try:
        return choices(text)
    except ValueError:
        names = [choice.value for choice in choices]
        near = difflib.get_close_matches(text.lower(), names, 1)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        raise ValueError(f"{text!r} is not one of {', '.join(names)}{hint}") from None


def currency(text: Text) -> str:
    """Return the code of a currency; raises ValueError for anything else."""
    if not money.known(text):
        raise ValueError(f"{text!r} is not the code of a currency, such as EUR or USD")
    return str(text)


def country(text: Text) -> str:
    """Return the code of a country; raises ValueError for anything else."""
    from babel import Locale  # noqa: PLC0415 - reading the CLDR takes a while

    if (
        not re.fullmatch("[A-Z]{2}", text)
        or text in ("EU", "EZ", "UN", "ZZ", "XA", "XB", "QO")
        or (text not in Locale("en").territories)
    ):
        hint = "; the United Kingdom is GB" if text.upper() == "UK" else ""
        raise ValueError(f"{text!r} is not the code of a country by ISO 3166, such as ES or US{hint}")
    return str(text)


def readings(text: str) -> str:
    """Return both ways in which a number with groups can be meant."""
    found = GROUPED.fullmatch(text)
    if not found:
        return ""
    if found[3] is None and re.fullmatch(r"\d+[.,]\d{3}", text):
        head, tail = re.split("[.,]", text)
        return f"; if it is {head}.{tail} with decimals, or {head}{tail} without, write it so that it can only be one"
    digits = re.sub(r"\D", "", found[1]) + (found[3] or "").replace(",", ".")
    return f"; write {digits}"


def plain(text: Text) -> Decimal:
    """Return the number typed as *text*; raises ValueError where it could be read in two ways."""
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,9})?", text):
        raise ValueError(f"{text!r} is not a plain number: digits, and a point before the decimals{readings(text)}")
    return Decimal(str(text))


def amount(text: Text, code: str) -> Money:
    """Return an exact amount in currency *code*; raises ValueError where its decimals are not the currency's."""
    value = plain(text)
    most = money.digits(code)
    given = -int(value.as_tuple().exponent)
    if given == 3 and most != 3:  # noqa: PLR2004 - three digits behind the point look like thousands
        raise ValueError(both(text, code, most))
    if value != value.quantize(Decimal(1).scaleb(-most)):
        raise ValueError(f"{text} has more decimals than {code}, which has {most or 'none'}")
    return Money(value, code)


def price(text: Text, code: str) -> Money:
    """Return a unit price in currency *code*, which may be finer than the currency, such as 0.085 a word."""
    value = plain(text)
    if -int(value.as_tuple().exponent) == 3 and money.digits(code) != 3 and abs(value) >= 1:  # noqa: PLR2004
        raise ValueError(both(text, code, money.digits(code)))
    return Money(value, code)


def both(text: str, code: str, most: int) -> str:
    """Return the message for an amount such as 1.250 in a currency without three decimals."""
    head, tail = text.split(".")
    small = f"{head}.{tail[:most]}" if most else head
    return f"{text} can be read as {head}{tail} or as {small} {code}; write {head}{tail} or {small}"


def name(text: Text) -> str:
    """Return *text* if a file can be called so on every system; raises ValueError if not."""
    if not NAME.fullmatch(text) or len(text) > 64:  # noqa: PLR2004 - leaves room for a document's name
        raise ValueError(f"{text!r} cannot be part of a file's name: use letters, digits, - _ and . inside, 64 at most")
    if text.lower().split(".")[0] in RESERVED:
        raise ValueError(f"{text!r} is a name Windows keeps for itself; choose another")
    return str(text)
