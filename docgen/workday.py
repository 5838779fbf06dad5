"""Working days of a country and its regions: no weekends, no public holidays, and no half days."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

ONE = timedelta(1)
LISTED = Path(__file__).with_name("regions.txt")
SATURDAY = 5
FEDERAL = frozenset({"US"})  # where the holidays of the states close no bank and no post office


def add(day: date, days: int, country: str, region: str = "") -> date:
    """Return the working day that comes *days* working days after *day*."""
    found = day
    for _ in range(days):
        found = on_or_after(found + ONE, country, region)
    return found


def on_or_after(day: date, country: str, region: str = "") -> date:
    """Return *day*, or the next working day if it is none."""
    while not is_open(day, country, region):
        day += ONE
    return day


def is_open(day: date, country: str, region: str = "") -> bool:
    """Return whether *day* is a working day; without a *region*, a holiday in any of the country's closes it."""
    weekend, closed = year(country, region, day.year)
    return day.weekday() not in weekend and day not in closed


def known(country: str) -> bool:
    """Return whether the holidays of *country* are known; where they are not, only weekends close a day."""
    return table(country) is not None


def has_region(country: str, code: str) -> bool:
    """Return whether *country* has a region called *code*; who asks for one that is listed loads no holidays."""
    return code in listed().get(country, ()) or code in regions(country)


@cache
def listed() -> dict[str, list[str]]:
    """Return the regions of each country as they were when `make regions` wrote them down."""
    lines = (line.split("\t") for line in LISTED.read_text(encoding="utf-8").splitlines())
    return {country: codes for country, *codes in lines}


def regions(country: str) -> tuple[str, ...]:
    """Return the codes of the country's regions that have holidays of their own, as in ISO 3166-2."""
    found = table(country)
    return tuple(found.subdivisions) if found else ()


@cache
def year(country: str, region: str, number: int) -> tuple[frozenset[int], frozenset[date]]:
    """Return the days of the week and the dates of a year on which *country* does not work."""
    found = table(country)
    if found is None:
        return frozenset({SATURDAY, SATURDAY + 1}), frozenset()
    parts = [None] if country in FEDERAL else [region] if region else [None, *found.subdivisions]
    # The categories and the language are always said: left out, they follow the environment or miss half days.
    kinds = tuple(kind for kind in ("public", "half_day") if kind in found.supported_categories)
    language = found.default_language
    tables = [found(years=number, subdiv=part, categories=kinds, language=language) for part in parts]
    return frozenset(tables[0].weekend), frozenset(day for one in tables for day in one)


@cache
def table(country: str) -> Any:  # noqa: ANN401 - a class of the library's
    """Return the library's class for *country*, None where it has none."""
    import holidays  # noqa: PLC0415 - loading it takes a while

    apart("holidays.countries")
    try:
        return type(holidays.country_holidays(country))
    except NotImplementedError:
        return None


def apart(package: str) -> None:
    """Let each module of *package* be loaded without all others, which the package would load itself."""
    spec = importlib.util.find_spec(package)
    if spec:
        sys.modules.setdefault(package, importlib.util.module_from_spec(spec))
