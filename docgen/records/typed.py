"""Makes typed values of text: each function returns the value or raises ValueError with what would be right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import TypeVar

from docgen import gate, money
from docgen.money import Money
from docgen.problem import meant
from docgen.source import Text

Choice = TypeVar("Choice", bound=StrEnum)

GROUPED = r"(\d{1,3}([.,'\u00a0 ]\d{3})+)([.,]\d+)?"
FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)
NAME = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?")
LONGEST_NAME, LARGEST_NAME = 64, 100  # characters and bytes, which leave room for a date and a document's name
ONE_LINE = "must be one line of text, and U+000A ends a line in it"
KEPT = 4096  # values that are likely to be typed again, such as a date
RESERVED = re.compile(r"(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)", re.ASCII | re.IGNORECASE)


class Most(IntEnum):
    """How many characters a text may have, and how many lines or items a field, by what it is for."""

    LABEL = 60  # a number to call or to look up, a unit, a place
    NAME = 200  # a person or a business
    LINE = 250  # a title, an address or a line of one, what something was about
    PASSAGE = 500  # a line of an invoice, a deliverable, words of a contract
    NOTE = 2000
    LINES = 10  # of an address
    ITEMS = 500

    def hold(self, count: int, what: str = "characters") -> None:
        """Raise ValueError if *count* is more."""
        if count > self:
            raise ValueError(f"has {count:,} {what}; {int(self):,} are the most here")


def cut(text: Text) -> Text:
    """Return *text*; raises ValueError where a ``#`` behind it was probably meant to be printed."""
    comment = text.comment
    if comment and re.match(r"\s#", comment):
        raise ValueError(
            f"YAML takes everything from {comment.strip()!r} on as a comment: put quotes around the value, "
            "or at least two spaces before a comment"
        )
    return text


def line(text: Text, most: Most = Most.LINE) -> str:
    """Return *text* on one line; raises ValueError if there are more, or if it is empty or has more than *most*."""
    found = (cut(text) if text.comment else text).strip()
    if not found:
        raise ValueError("is empty")
    if "\n" in found:
        raise ValueError(ONE_LINE)
    if len(found) > most:
        most.hold(len(found))
    return spaced(found) if "  " in found or "\t" in found else found


def at_most(most: Most) -> Callable[[Text], str]:
    """Return what reads one line of text of no more than *most* characters."""
    return lambda text: line(text, most)


def several(text: Text) -> tuple[str, ...]:
    """Return the lines of *text* without the empty ones; raises ValueError if there are none, or too much of them."""
    found = tuple([spaced(bare) for part in cut(text).split("\n") if (bare := part.strip())])
    if not found:
        raise ValueError("is empty")
    Most.LINES.hold(len(found), "lines")
    for part in found:
        Most.LINE.hold(len(part), "characters on one line")
    return found


def spaced(text: str) -> str:
    """Return *text* with a single space where there were several, or tabs."""
    return " ".join(re.split(r"[ \t]+", text)) if "  " in text or "\t" in text else text


def loose(text: str, most: Most) -> str:
    """Return *text*, which comes from no YAML, as a line in NFC; raises ValueError where it cannot be printed."""
    if why := gate.refused(text):
        raise ValueError(why)
    most.hold(len(text))
    return " ".join(unicodedata.normalize("NFC", text).split())


def whole(text: Text) -> int:
    """Return a whole number from 0 to 9999; raises ValueError for anything else."""
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise ValueError(f"{text!r} is not a whole number from 0 to 9999")
    return int(text)


@lru_cache(KEPT)
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


@lru_cache(KEPT)
def day(text: Text) -> date:
    """Return an ISO date; raises ValueError for any other form and for a day that is not in the calendar."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(f"{text!r} is not a date; write it as year-month-day, 2026-11-21")
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is not a day of the calendar") from None
    if not FIRST <= found <= LAST:
        raise ValueError(f"{text} is not between {FIRST.year} and {LAST.year}")
    return found


@lru_cache(KEPT)
def chosen(text: Text, choices: type[Choice]) -> Choice:
    """Return the choice called *text*; raises ValueError naming all there are."""
    try:
        return choices(text)
    except ValueError:
        names = [choice.value for choice in choices]
        near = meant(text.lower(), names)
        hint = f"; did you mean `{near}`?" if near else ""
        raise ValueError(f"{text!r} is not one of {', '.join(names)}{hint}") from None


def among(choices: type[Choice]) -> Callable[[Text], Choice]:
    """Return what reads one of *choices*."""
    names = {choice.value: choice for choice in choices}
    return lambda text: names[text] if text in names else chosen(text, choices)


@lru_cache(KEPT)
def currency(text: Text) -> str:
    """Return the code of a currency; raises ValueError for anything else."""
    if not money.known(text):
        raise ValueError(f"{text!r} is not the code of a currency, such as EUR or USD")
    return str(text)


@lru_cache(KEPT)
def country(text: Text) -> str:
    """Return the code of a country; raises ValueError for anything else."""
    from babel.core import get_global  # noqa: PLC0415 - reading the CLDR takes a while

    # What is spoken in each is in the file that currencies are in too; what each is called would be another to read.
    if (
        not re.fullmatch("[A-Z]{2}", text)
        or text in ("EU", "EZ", "UN", "ZZ", "XA", "XB", "QO")
        or text not in get_global("territory_languages")
    ):
        hint = "; the United Kingdom is GB" if text.upper() == "UK" else ""
        raise ValueError(f"{text!r} is not the code of a country by ISO 3166, such as ES or US{hint}")
    return str(text)


def readings(text: str) -> str:
    """Return both ways in which a number with groups can be meant."""
    found = re.fullmatch(GROUPED, text)
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


@lru_cache(KEPT)
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


@lru_cache(KEPT)
def price(text: Text, code: str) -> Money:
    """Return a unit price in currency *code*, which may be finer than the currency, such as 0.085 a word."""
    value = plain(text)
    if -int(value.as_tuple().exponent) == 3 and money.digits(code) != 3 and abs(value) >= 1:  # noqa: PLR2004 - the digits of thousands
        raise ValueError(both(text, code, money.digits(code)))
    return Money(value, code)


def both(text: str, code: str, most: int) -> str:
    """Return the message for an amount such as 1.250 in a currency without three decimals."""
    head, tail = text.split(".")
    small = f"{head}.{tail[:most]}" if most else head
    return f"{text} can be read as {head}{tail} or as {small} {code}; write {head}{tail} or {small}"


def name(text: Text) -> str:
    """Return *text* if a file can be called so on every system; raises ValueError if not."""
    if not NAME.fullmatch(text) or len(text) > LONGEST_NAME:
        most = f"{LONGEST_NAME} at most"
        raise ValueError(f"{text!r} cannot be part of a file's name: use letters, digits, - _ and . inside, {most}")
    size = len(text) if text.isascii() else len(text.encode())
    if size > LARGEST_NAME:
        raise ValueError(f"takes {size} bytes in a file's name; {LARGEST_NAME} are the most")
    if RESERVED.match(text if text.isascii() else unicodedata.normalize("NFKC", text)):
        raise ValueError(f"{text!r} is a name Windows keeps for itself; choose another")
    return str(text)
