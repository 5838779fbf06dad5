"""A language: its labels, and how it writes dates, sums and amounts in words; all of it is languages/<code>.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from docgen import money
from docgen.frozen import dataclass
from docgen.money import Money
from docgen.problem import Mark, stop
from docgen.shelf import Shelf
from docgen.source import Map

if TYPE_CHECKING:
    from babel import Locale

FOLDER = "languages"
SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
KEPT = 8192  # sums, figures and days
BLANK = re.compile(r"\{(\w+)\}")


def read(shelf: Shelf, code: str, country: str) -> Language:
    """Return the language called *code* as it is written in *country*; raises Problems if its file is not whole."""
    found = shelf.data(FOLDER, code)
    return Language(code, country, found.name, found.root)


@dataclass(frozen=True)
class Language:
    """A language as it is written in *country*; *data* is its file."""

    code: str
    country: str
    file: str
    data: Map

    def at(self, *path: str) -> Any:  # noqa: ANN401 - a text or a mapping, as the file has it
        """Return what the file holds at *path*; raises Problems if there is nothing."""
        node: Any = self.data
        for key in path:
            if not isinstance(node, Map) or key not in node:
                raise stop(f"the language has no `{'.'.join(path)}`", Mark(self.file))
            node = node[key]
        return node

    @cached_property
    def tag(self) -> str:
        """Return the BCP 47 tag, such as es-ES: the country's own variety if the file lists it."""
        return str(self.at("locales").get(self.country, self.at("locale")))

    @cached_property
    def labels(self) -> Map:
        """Return the labels of all kinds by their names."""
        found: Map = self.at("labels")
        return found

    @cached_property
    def locale(self) -> Any:  # noqa: ANN401 - babel is imported only when something is formatted
        """Return the locale by which babel formats."""
        from babel import Locale  # noqa: PLC0415 - reading the CLDR takes a while

        return Locale.parse(self.tag, sep="-")

    def label(self, name: str, law: str = "", /, **values: str) -> str:
        """Return the label called *name*, in the words of *law* if they differ, with its blanks filled."""
        labels = self.labels
        own = f"{name}.{law}"
        text = str(labels[own] if own in labels else self.at("labels", name))
        return BLANK.sub(lambda blank: values[blank[1]], text)

    def has(self, name: str) -> bool:
        """Return whether there is a label called *name*."""
        return name in self.labels

    def day(self, day: date) -> str:
        """Return *day* in its short form, for a table, on one line."""
        return dated(day, "medium", self.locale)

    def date(self, day: date) -> str:
        """Return *day* written out, kept on one line."""
        return dated(day, "long", self.locale)

    def number(self, value: Decimal) -> str:
        """Return *value* with all its decimals, without trailing zeros."""
        return decimal(str(value.normalize()), self.locale)

    def percent(self, value: Decimal) -> str:
        """Return the fraction *value* as a percentage with all its decimals."""
        return percentage(str(value.normalize()), self.locale)

    def days(self, count: int) -> str:
        """Return *count* days, such as ``1 day``; where nouns are inflected, in the nominative."""
        return self.counting(count, "day")

    def hours(self, count: int) -> str:
        """Return *count* hours, such as ``6 hours``; where nouns are inflected, in the nominative."""
        return self.counting(count, "hour")

    def counting(self, count: int, unit: str) -> str:
        """Return *count* of a *unit* of time, kept on one line."""
        return duration(count, unit, self.locale)

    def money(self, sum_: Money) -> str:
        """Return *sum_* rounded half up to its currency's decimals."""
        return self.formatted(sum_.rounded(), digits=True)

    def price(self, sum_: Money) -> str:
        """Return a unit price with all the decimals it has, and at least its currency's."""
        exact = sum_.amount.normalize()
        return self.formatted(sum_, digits=-int(exact.as_tuple().exponent) <= money.digits(sum_.currency))

    def formatted(self, sum_: Money, *, digits: bool) -> str:
        """Return *sum_*, with its currency's own number of decimals or all it has."""
        amount = sum_.amount if digits else sum_.amount.normalize()
        return currency(str(amount), sum_.currency, self.locale, digits=digits)

    def territory(self, country: str) -> str:
        """Return the name of a country."""
        return str(self.locale.territories[country])

    def list(self, items: Iterable[str]) -> str:
        """Return *items* as one enumeration."""
        from babel.lists import format_list  # noqa: PLC0415 - reading the CLDR takes a while

        return format_list(list(items), locale=self.locale)

    def words(self, sum_: Money) -> str:
        """Return *sum_* in words, the minor unit left out where there is none of it."""
        rounded = sum_.rounded().amount
        whole = int(rounded)
        rest = int((rounded - whole).scaleb(money.digits(sum_.currency)))
        names = self.at("words", "currencies")
        unit = names.get(sum_.currency)
        if not isinstance(unit, Map):
            return f"{self.cardinal(whole, '')} {sum_.currency}" + (f" {rest:02}/100" if rest else "")
        found = self.counted(whole, unit)
        minor = unit.get("minor")
        if rest and isinstance(minor, Map):
            found += f" {self.at('words', 'and')} {self.counted(rest, minor)}"
        return found

    def counted(self, count: int, unit: Map) -> str:
        """Return *count* of *unit*, in the unit's gender and with the form of its name that the number asks for."""
        number = self.cardinal(count, str(unit["gender"]))
        forms = self.at("words", "forms")
        form = next((name for name, pattern in forms.items() if re.search(str(pattern), number)), "other")
        return f"{number} {unit.get(form, unit['other'])}"

    def cardinal(self, count: int, gender: str) -> str:
        """Return *count* in words before a noun of *gender*; num2words knows the cardinals, the file the rest."""
        from num2words import num2words  # noqa: PLC0415 - it loads every language it knows

        found = str(num2words(count, lang=str(self.at("words", "cardinals"))))
        fixes = self.at("words", "fixes")
        for name in ("all", gender):
            for pattern, instead in fixes.get(name, {}).items():
                found = re.sub(str(pattern), str(instead), found)
        return found


# What a document says in two places, or another does too, is written once; by its figures, as 0 and -0 are equal.
@lru_cache(maxsize=KEPT)
def dated(day: date, form: str, locale: Locale) -> str:
    """Return *day* in that *form*, on one line."""
    from babel.dates import format_date  # noqa: PLC0415 - reading the CLDR takes a while

    return format_date(day, form, locale).replace(" ", SPACE)


@lru_cache(maxsize=KEPT)
def duration(count: int, unit: str, locale: Locale) -> str:
    """Return *count* of a *unit* of time, on one line."""
    from babel.units import format_unit  # noqa: PLC0415 - reading the CLDR takes a while

    return format_unit(count, f"duration-{unit}", locale=locale).replace(" ", SPACE)


@lru_cache(maxsize=KEPT)
def decimal(value: str, locale: Locale) -> str:
    """Return *value* with all its decimals."""
    from babel.numbers import format_decimal  # noqa: PLC0415 - reading the CLDR takes a while

    return minus(format_decimal(Decimal(value), locale=locale, decimal_quantization=False))


@lru_cache(maxsize=KEPT)
def percentage(value: str, locale: Locale) -> str:
    """Return the fraction *value* as a percentage with all its decimals."""
    from babel.numbers import format_percent  # noqa: PLC0415 - reading the CLDR takes a while

    return minus(format_percent(Decimal(value), locale=locale, decimal_quantization=False))


@lru_cache(maxsize=KEPT)
def currency(amount: str, code: str, locale: Locale, *, digits: bool) -> str:
    """Return *amount* of the currency *code*, with that one's own number of decimals or all it has."""
    from babel.numbers import format_currency  # noqa: PLC0415 - reading the CLDR takes a while

    written = format_currency(Decimal(amount), code, locale=locale, currency_digits=digits, decimal_quantization=digits)
    # The CLDR's own spacing rule, which babel leaves out: a code and a figure never touch.
    return minus(re.sub(r"([A-Z]{3})(?=\d)", rf"\1{SPACE}", written))


def minus(text: str) -> str:
    """Return *text* with a true minus sign."""
    return text.replace("-", MINUS)
